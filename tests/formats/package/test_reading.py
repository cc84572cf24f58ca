"""A folder becomes a package, and each thing that is wrong with it is named with file, row and column."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from tests.factories.folders import COLUMNS, EVENTS, INSPECTION, TABLES, answers, event, inspection_folder, op, row

from caselight.formats.package.reading import package_faults, read_package
from caselight.method.faults import Fault, Faults, Severity

CASES = TABLES["caseload.csv"]
SAMPLE = TABLES["sample.csv"]


def found(folder: Path, *, private: bool = False) -> list[tuple[str, str]]:
    return [(fault.code, str(fault.place)) for fault in package_faults(folder, private=private)[1]]


def test_a_good_folder_has_no_fault_and_becomes_one_value(tmp_path: Path) -> None:
    package, faults = package_faults(inspection_folder(tmp_path))
    assert faults == []
    assert package is not None
    assert [subject.key for subject in package.subjects] == ["k1", "k2", "w1"]
    assert package.subjects[0].facts == {"report": "yes", "begun": date(2015, 9, 20), "age": 15}
    assert package.subjects[1].facts == {"report": "no"}
    assert [(case.key, case.eligible, case.reason) for case in package.caseload] == [
        ("k1", True, ""),
        ("k2", True, ""),
        ("k3", False, "too early"),
    ]
    assert package.events == EVENTS
    assert package.external[0].value == Decimal("43.6")
    assert package.external[1].about == ("rate.a",)
    assert package.holidays == {2015: (date(2015, 12, 25),), 2016: (date(2016, 1, 1),)}
    assert package.letters == {"en": "# A letter\n"}


def test_shuffled_rows_with_spreadsheet_line_ends_and_a_byte_order_mark_give_the_same_package(tmp_path: Path) -> None:
    straight = read_package(inspection_folder(tmp_path / "a"))
    changed = {"answers.csv": answers(EVENTS[::-1]).encode("utf-8-sig")}
    for name, text in TABLES.items():
        header, *rows = text.splitlines()
        changed[name] = "\r\n".join([header, *rows[::-1], ""]).encode("utf-8-sig")
    assert read_package(inspection_folder(tmp_path / "b", changed)) == straight


def test_a_corrected_fact_stands_beside_what_was_supplied(tmp_path: Path) -> None:
    events = [event(1, "k1", "fact:age", "16"), event(2, "k2", "fact:begun", "2015-09-01")]
    k1, k2, _ = read_package(inspection_folder(tmp_path, {"answers.csv": answers(events)})).subjects
    assert (k1.facts["age"], k1.supplied["age"]) == (16, 15)
    assert (k2.facts["begun"], "begun" in k2.supplied) == (date(2015, 9, 1), False)


@pytest.mark.parametrize(
    ("events", "age"),
    [
        ([event(1, question="fact:age", value="16"), event(2, question="fact:age", value="17")], None),
        (
            [
                event(1, question="fact:age", value="16"),
                event(2, question="fact:age", value="17", base_op_ids=(op(1),)),
            ],
            17,
        ),
        ([event(1, question="fact:age", value="16", withdrawn=True)], 15),
        (
            [
                event(1, question="fact:age", value="16"),
                event(2, question="fact:age", value="17", pass_="moderated"),
            ],
            17,
        ),
        ([event(1, question="fact:age", value="16", pass_="second")], 15),
    ],
    ids=["contested", "amended", "withdrawn", "moderated", "second reader"],
)
def test_only_a_standing_correction_of_the_pass_that_counts_changes_a_fact_and_two_make_it_unknown(
    tmp_path: Path, events: list, age: int | None
) -> None:
    package, _ = package_faults(inspection_folder(tmp_path, {"answers.csv": answers(events)}))
    assert package is not None
    assert package.subjects[0].facts["age"] == age


def test_a_repeated_event_counts_once(tmp_path: Path) -> None:
    package, faults = package_faults(inspection_folder(tmp_path, {"answers.csv": answers([*EVENTS, EVENTS[1]])}))
    assert package is not None
    assert package.events == EVENTS
    assert [(fault.code, fault.severity) for fault in faults] == [("package.event-repeated", Severity.WARNING)]


FAULTS: list[tuple[str, str | bytes | None, str, str]] = [
    ("subjects.csv", None, "package.missing-file", "subjects.csv"),
    ("subjects.csv", "", "package.no-header", "subjects.csv:1"),
    ("subjects.csv", "subject_kind,subject_key,lable,managed_by\n", "package.missing-column", "subjects.csv:1:label"),
    (
        "subjects.csv",
        "subject_kind,subject_key,label,managed_by,label\n",
        "package.duplicate-column",
        "subjects.csv:1:label",
    ),
    ("subjects.csv", "subject_kind,subject_key,label,managed_by,\n", "package.unnamed-column", "subjects.csv:1"),
    ("subjects.csv", TABLES["subjects.csv"] + "case,k4,Case 4\n", "package.ragged-row", "subjects.csv:5"),
    ("subjects.csv", TABLES["subjects.csv"] + 'case,k4,"Case" 4,\n', "package.broken-quotes", "subjects.csv:5"),
    ("subjects.csv", TABLES["subjects.csv"] + 'case,k4,"Case 4,\n', "package.broken-quotes", "subjects.csv:5"),
    ("subjects.csv", TABLES["subjects.csv"].encode() + b"case,k4,Ren\xe9,\n", "file.not-utf8", "subjects.csv:5"),
    ("subjects.csv", TABLES["subjects.csv"].encode("utf-16"), "file.not-utf8", "subjects.csv:1"),
    ("subjects.csv", TABLES["subjects.csv"] + "case,k4,\0,\n", "file.nul", "subjects.csv:5"),
    (
        "subjects.csv",
        TABLES["subjects.csv"] + "case,k1,Again,\n",
        "package.duplicate-row",
        "subjects.csv:5:subject_key",
    ),
    (
        "subjects.csv",
        TABLES["subjects.csv"] + "cat,k4,Case 4,\n",
        "package.unknown-kind",
        "subjects.csv:5:subject_kind",
    ),
    (
        "subjects.csv",
        TABLES["subjects.csv"] + "case,k4,Case 4,w9\n",
        "package.unknown-manager",
        "subjects.csv:5:managed_by",
    ),
    ("subjects.csv", TABLES["subjects.csv"] + "case,k4,=1+1,\n", "package.formula-cell", "subjects.csv:5:label"),
    ("caseload.csv", CASES + "k4,perhaps,,,,,\n", "package.bad-flag", "caseload.csv:5:eligible"),
    ("caseload.csv", CASES + "k4,yes,,,maybe,,\n", "package.bad-fact", "caseload.csv:5:report"),
    ("caseload.csv", CASES + "k4,yes,,,,2015-02-30,\n", "package.bad-fact", "caseload.csv:5:begun"),
    ("caseload.csv", CASES + "k4,yes,,,,,15.5\n", "package.bad-fact", "caseload.csv:5:age"),
    ("caseload.csv", CASES + "k4,no,,,,,\n", "package.ineligible-without-reason", "caseload.csv:5:reason"),
    ("caseload.csv", CASES + "k1,yes,,,,,\n", "package.duplicate-row", "caseload.csv:5:case_key"),
    ("caseload.csv", CASES.replace("k1,yes,,w1", "k1,yes,,w9"), "package.unknown-manager", "caseload.csv:2:managed_by"),
    ("sample.csv", SAMPLE + "k9,3,all,drawn,,,\n", "package.sample-not-in-caseload", "sample.csv:4:case_key"),
    ("sample.csv", SAMPLE + "k3,3,all,reserve,,,\n", "package.sample-not-eligible", "sample.csv:4:case_key"),
    ("sample.csv", SAMPLE.replace("1,all", "one,all"), "package.bad-number", "sample.csv:2:order"),
    ("sample.csv", SAMPLE.replace("1,all,drawn", "1,all,taken"), "package.unknown-status", "sample.csv:2:status"),
    (
        "sample.csv",
        SAMPLE.replace("1,all,drawn,,,", "1,all,removed,,,"),
        "package.removed-without-reason",
        "sample.csv:2:removed_reason",
    ),
    (
        "sample.csv",
        SAMPLE.replace("1,all,drawn,,,", "1,all,removed,bored,,"),
        "package.unknown-removal-reason",
        "sample.csv:2:removed_reason",
    ),
    (
        "sample.csv",
        SAMPLE.replace("1,all,drawn,,,", "1,all,removed,other,,"),
        "package.reason-needs-note",
        "sample.csv:2:note",
    ),
    (
        "sample.csv",
        SAMPLE.replace("1,all,drawn,,,", "1,all,removed,not-eligible,k2,"),
        "package.unknown-replacement",
        "sample.csv:2:replaced_by",
    ),
    ("external.csv", TABLES["external.csv"].replace("43.6", "43.6%"), "package.bad-number", "external.csv:2:value"),
    (
        "external.csv",
        TABLES["external.csv"].replace("43.6", ""),
        "package.external-without-value",
        "external.csv:2:value",
    ),
    (
        "external.csv",
        TABLES["external.csv"].replace("worse", "sideways"),
        "package.unknown-direction",
        "external.csv:3:direction",
    ),
    ("holidays.csv", "date,name\n2015-02-29,No day\n", "package.bad-date", "holidays.csv:2:date"),
    ("locators.csv", f"op_id,document,where\n{op(99)},File,p. 3\n", "package.unknown-event", "locators.csv:2:op_id"),
    ("answers.csv", None, "package.missing-file", "answers.csv"),
    ("answers.csv", COLUMNS.replace("op_id", "opid", 1) + "\n", "package.missing-column", "answers.csv:1:op_id"),
    (
        "answers.csv",
        answers(EVENTS).replace('"","","yes",""', '"","","ja",""'),
        "package.bad-flag",
        "answers.csv:4:notable",
    ),
    ("answers.csv", answers([event(1, note="=HYPERLINK(1)")]), "package.formula-cell", "answers.csv:2:note"),
    ("answers.csv", answers([event(1, actor="@me")]), "package.formula-cell", "answers.csv:2:actor"),
    ("answers.csv", answers([event(1, value="perhaps")]), "package.not-an-option", "answers.csv:2:value"),
    ("answers.csv", answers([event(1, pass_="third")]), "package.unknown-pass", "answers.csv:2:pass"),
    ("inspection.yaml", None, "file.missing", "inspection.yaml"),
    ("inspection.yaml", INSPECTION + "colour: red\n", "yaml.unknown-key", "inspection.yaml:11:1"),
    ("inspection.yaml", INSPECTION.replace("2015-11-27", "20151127"), "package.bad-date", "inspection.yaml:6:20"),
    ("inspection.yaml", INSPECTION.replace("[en]", "[en, fr]"), "package.unknown-language", "inspection.yaml:7:17"),
    ("inspection.yaml", INSPECTION.replace('"1"', '"2"'), "package.framework-not-pinned", "inspection.yaml:8:35"),
    (
        "inspection.yaml",
        INSPECTION.replace("screening: all", "screening: al"),
        "package.unknown-screening",
        "inspection.yaml:8:51",
    ),
    ("framework/framework.yaml", None, "framework.file-missing", "framework/framework.yaml"),
    ("letter.md", b"\xff\xfe", "file.not-utf8", "letter.md:1"),
    ("answer.csv", "a,b\n", "package.unknown-file", "answer.csv"),
]


@pytest.mark.parametrize(("file", "text", "code", "place"), FAULTS)
def test_each_fault_names_file_row_and_column(
    tmp_path: Path, file: str, text: str | bytes | None, code: str, place: str
) -> None:
    assert (code, place) in found(inspection_folder(tmp_path, {file: text}))


def test_all_faults_of_all_files_are_found_at_once(tmp_path: Path) -> None:
    folder = inspection_folder(
        tmp_path, {"caseload.csv": CASES + "k4,perhaps,x,,maybe,,\n", "holidays.csv": "date,name\nsoon,\n"}
    )
    assert [code for code, _ in found(folder)] == ["package.bad-date", "package.bad-fact", "package.bad-flag"]
    with pytest.raises(Faults) as raised:
        read_package(folder)
    assert len(raised.value.faults) == 3


def test_a_mistake_in_every_row_is_listed_a_hundred_times_and_counted(tmp_path: Path) -> None:
    events = [event(number, f"k{number % 2 + 1}", "A1", "perhaps") for number in range(150)]
    _, faults = package_faults(inspection_folder(tmp_path, {"answers.csv": answers(events)}))
    options = [fault for fault in faults if fault.code == "package.not-an-option"]
    assert len(options) == 101
    assert options[-1].says == "50 more rows have the same fault."
    assert str(options[-1].place) == "answers.csv"


def test_row_numbers_count_rows_as_a_spreadsheet_does(tmp_path: Path) -> None:
    text = answers([EVENTS[0]]) + "\n" + row(event(5, value="perhaps"))  # a note of two lines, then an empty row
    assert ("package.not-an-option", "answers.csv:4:value") in found(inspection_folder(tmp_path, {"answers.csv": text}))


def test_names_are_only_read_when_asked_for_and_must_not_be_labels_or_aliases(tmp_path: Path) -> None:
    files = {
        "private/identities.csv": "subject_key,name,nicknames,date_of_birth,local_id\nk1,Ann Ock,Annie|Nan,2000-01-01,7\n",
        "subjects.csv": TABLES["subjects.csv"].replace("Case 1", "ann  ock"),
        "excerpts.csv": f"excerpt_key,op_id,text,alias,alias_checked_by,speaker\nx1,{op(1)},Words,Nan,i1,child\n",
    }
    folder = inspection_folder(tmp_path, files)
    assert found(folder) == []
    assert read_package(folder).identities == ()
    assert found(folder, private=True) == [
        ("package.name-as-label", "subjects.csv:2:label"),
        ("package.name-as-alias", "excerpts.csv:2:alias"),
    ]


def test_further_checks_get_their_place(tmp_path: Path) -> None:
    folder = inspection_folder(tmp_path, {"answers.csv": answers([EVENTS[3], EVENTS[0], EVENTS[1]])})
    _, faults = package_faults(folder, checks=[lambda package: [Fault("test.any", ("answers", 0, "pass_"), "", "")]])
    assert [str(fault.place) for fault in faults] == ["answers.csv:3:pass"]


def test_a_language_is_never_a_way_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("secret")
    files = {"inspection.yaml": INSPECTION.replace("[en]", "[en, x/../../secret]"), "letter.x/a": ""}
    package, _ = package_faults(inspection_folder(tmp_path / "folder", files))
    assert package is not None
    assert package.letters == {"en": "# A letter\n"}


def test_a_folder_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    assert found(tmp_path / "nowhere") == [("package.no-folder", "None")]
