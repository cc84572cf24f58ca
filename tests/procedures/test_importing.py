"""A package goes into the store and comes out with the same bytes; the same again changes nothing; all of it or nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.factories.folders import EVENTS, answers, event, inspection_folder, op
from tests.factories.moving import AT, EXAMPLES, counted, files

from caselight.formats.package.archive import pack
from caselight.formats.package.reading import read_package
from caselight.formats.package.seal import seal
from caselight.method.analysis.figures import figures
from caselight.method.answers.events import heads
from caselight.method.answers.snapshot import snapshot
from caselight.method.faults import Faults
from caselight.procedures import importing
from caselight.procedures.beginning import new_inspection
from caselight.procedures.exporting import export_package
from caselight.procedures.importing import import_package
from caselight.procedures.migrating import By, migrate
from caselight.procedures.stored import store_package
from caselight.store.audit.models import AuditRow
from caselight.store.inspections.models import Inspection, State

pytestmark = pytest.mark.django_db


def brought_in(folder: Path) -> importing.Imported:
    return import_package(folder, by="lead", at=AT)


def codes(folder: Path) -> set[str]:
    with pytest.raises(Faults) as refused:
        brought_in(folder)
    return {fault.code for fault in refused.value}


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda path: path.name)
def test_a_published_example_goes_in_and_comes_out_with_the_same_bytes_and_figures(
    folder: Path, tmp_path: Path
) -> None:
    done = brought_in(folder)
    before = counted()
    assert done.new

    again = brought_in(folder)
    assert (again.changed, again.snapshot) == (False, done.snapshot)
    assert counted() == before

    export_package(done.key, tmp_path / "out", by="lead", at=AT, names=True)
    assert files(tmp_path / "out") == files(folder)

    package, stored = read_package(folder), store_package(done.key)
    assert stored == package
    assert snapshot(stored.events) == done.snapshot
    assert figures(stored) == figures(package)


def test_without_names_everything_but_the_names_has_the_same_bytes(tmp_path: Path) -> None:
    folder = next(path for path in EXAMPLES if path.name == "west-london")
    export_package(brought_in(folder).key, tmp_path / "out", by="lead", at=AT)
    given = {name: data for name, data in files(folder).items() if not name.startswith("private/")}
    out = files(tmp_path / "out")
    assert {name for name in out if name.startswith("private/")} == set()
    assert {name for name in given if given[name] != out.get(name)} <= {"datapackage.json"}
    assert out.keys() == given.keys()


def test_a_zip_goes_in_as_the_folder_does_and_comes_out_with_the_same_bytes(tmp_path: Path) -> None:
    folder = inspection_folder(tmp_path / "in")
    pack(folder, tmp_path / "in.zip")
    done = brought_in(tmp_path / "in.zip")
    export_package(done.key, tmp_path / "out.zip", by="lead", at=AT)
    export_package(done.key, tmp_path / "again.zip", by="lead", at=AT)
    assert (tmp_path / "out.zip").read_bytes() == (tmp_path / "again.zip").read_bytes()
    assert import_package(tmp_path / "out.zip", by="lead", at=AT).changed is False


def test_a_table_that_was_quoted_otherwise_comes_out_as_caselight_writes_it_and_says_the_same(tmp_path: Path) -> None:
    folder = inspection_folder(tmp_path / "in")  # every cell of its answers stands in quotation marks
    export_package(brought_in(folder).key, tmp_path / "out", by="lead", at=AT)
    assert files(tmp_path / "out")["answers.csv"] != files(folder)["answers.csv"]
    assert read_package(tmp_path / "out") == read_package(folder)
    export_package("test", tmp_path / "once more", by="lead", at=AT)
    assert files(tmp_path / "once more") == files(tmp_path / "out")


def test_a_folder_that_was_just_begun_goes_in_and_stays_in_setup(tmp_path: Path) -> None:
    new_inspection(tmp_path / "begun", "sqs", "Testshire Youth Offending Service")
    done = brought_in(tmp_path / "begun")
    export_package(done.key, tmp_path / "out", by="lead", at=AT)
    assert files(tmp_path / "out") == files(tmp_path / "begun")
    assert Inspection.objects.get(key=done.key).state == State.SETUP


def test_an_inspection_with_answers_begins_in_fieldwork(tmp_path: Path) -> None:
    brought_in(inspection_folder(tmp_path / "in"))
    assert Inspection.objects.get(key="test").state == State.FIELDWORK


@pytest.mark.parametrize(
    "changes",
    [
        {"letter.md": None},
        {"letter.md": ""},
        {"sample.csv": None, "external.csv": None},
        {"answers.csv": answers([])},
        {"answers.csv": answers([event(1), event(2, value="no", reasons=("late",))])},
        {"notes.txt": b"\xff\x00\xfe", "deep/er/unknown.csv": "a,b\n1\n", "README.md": "# About\n"},
        {"subjects.csv": "subject_kind,subject_key,label,managed_by,colour\ncase,k1,Case 1,,red\ncase,k2,Case 2,,\n"
         "worker,w1,Worker 1,,blue\n"},
        {"framework/note.md": "A note on the framework.\n"},
        {"interviews.csv": "day,who\n2015-12-14,k1\n"},
        {"actions.csv": "action_id,subject_kind,subject_key,question_id,text,owner,due,status\n"},
        {"letter.md": "# CRLF\r\n\r\nTwo lines.\r\n"},
    ],
    ids=["no letter", "empty letter", "no sample", "no answers", "contested", "unknown files", "unknown columns",
         "framework note", "interviews", "empty actions", "line ends"],
)  # fmt: skip
def test_a_package_in_any_state_comes_out_as_caselight_would_write_it(
    changes: dict[str, str | bytes | None], tmp_path: Path
) -> None:
    folder = inspection_folder(tmp_path / "in", changes)
    brought_in(folder)
    export_package("test", tmp_path / "out", by="lead", at=AT, names=True)
    out, given = files(tmp_path / "out"), files(folder)
    tables = {name for name in given if name in ("answers.csv", "subjects.csv", "caseload.csv", "sample.csv")}
    assert {name: data for name, data in out.items() if name not in tables} == {
        name: data for name, data in given.items() if name not in tables
    }
    assert read_package(tmp_path / "out") == read_package(folder) == store_package("test")
    assert brought_in(tmp_path / "out").changed is False


def test_a_migrated_inspection_keeps_its_former_framework_and_what_was_taken_over(tmp_path: Path) -> None:
    folder = inspection_folder(tmp_path / "in")
    later = shutil.copytree(folder / "framework", tmp_path / "later")
    text = (later / "framework.yaml").read_text()
    (later / "framework.yaml").write_text(text.replace('version: "1"', 'version: "2"', 1))
    migrate(folder, str(later), By("i1", "2016-01-20", "A new version."))
    brought_in(folder)
    export_package("test", tmp_path / "out", by="lead", at=AT)
    assert files(tmp_path / "out") == files(folder)
    package = store_package("test")
    assert package == read_package(folder)
    assert len(package.counted) < len(package.events)


def test_the_framework_in_other_words_comes_out_in_those_words(tmp_path: Path) -> None:
    first = inspection_folder(tmp_path / "first")
    brought_in(first)
    text = (first / "framework/framework.yaml").read_text() + "# A comment of the second folder.\n"
    second = inspection_folder(
        tmp_path / "second",
        {
            "framework/framework.yaml": text,
            "inspection.yaml": (first / "inspection.yaml").read_text().replace("id: test", "id: second"),
            "answers.csv": answers([event(9)]),
        },
    )
    brought_in(second)
    export_package("second", tmp_path / "out", by="lead", at=AT)
    assert (tmp_path / "out/framework/framework.yaml").read_text() == text
    export_package("test", tmp_path / "out of first", by="lead", at=AT)
    assert "second folder" not in (tmp_path / "out of first/framework/framework.yaml").read_text()


def test_a_framework_of_the_same_version_and_another_content_is_refused(tmp_path: Path) -> None:
    first = inspection_folder(tmp_path / "first")
    brought_in(first)
    framework = (first / "framework/framework.yaml").read_text()
    second = inspection_folder(
        tmp_path / "second",
        {
            "framework/framework.yaml": framework.replace("title: ", "title: Other ", 1),
            "inspection.yaml": (first / "inspection.yaml").read_text().replace("id: test", "id: second"),
            "answers.csv": answers([event(9)]),
        },
    )
    assert codes(second) == {"store.framework-differs"}


def test_a_copy_under_another_id_is_refused_because_its_answers_are_elsewhere(tmp_path: Path) -> None:
    first = inspection_folder(tmp_path / "first")
    brought_in(first)
    before = counted()
    text = (first / "inspection.yaml").read_text().replace("id: test", "id: copy")
    assert codes(inspection_folder(tmp_path / "copy", {"inspection.yaml": text})) == {"store.answers-elsewhere"}
    assert counted() == before


def test_more_answers_are_added_and_two_that_differ_are_contested(tmp_path: Path) -> None:
    brought_in(inspection_folder(tmp_path / "first"))
    more = (*EVENTS, event(7, "k1", "A2.due", "no"), event(8, "k2", "A2.due", "no"))
    done = brought_in(inspection_folder(tmp_path / "more", {"answers.csv": answers(more)}))
    assert (done.new, dict(done.rows)) == (False, {"answers.csv": 2})
    contested = [address for address, group in heads(store_package("test").events).items() if len(group) > 1]
    assert [(address.subject_key, address.question_id) for address in contested] == [("k1", "A2.due")]


def test_an_older_copy_with_fewer_answers_changes_nothing(tmp_path: Path) -> None:
    brought_in(inspection_folder(tmp_path / "first"))
    before = counted()
    done = brought_in(inspection_folder(tmp_path / "older", {"answers.csv": answers(EVENTS[:2])}))
    assert not done.changed
    assert counted() == before
    assert len(store_package("test").events) == len(EVENTS)


def test_another_content_under_the_same_id_is_set_aside_once_and_never_dropped(tmp_path: Path) -> None:
    brought_in(inspection_folder(tmp_path / "first"))
    other = (event(1, "k1", "A1", "yes"), *EVENTS[1:])
    folder = inspection_folder(tmp_path / "other", {"answers.csv": answers(other)})
    assert (brought_in(folder).aside, brought_in(folder).aside) == (1, 0)
    assert {made.op_id: made for made in store_package("test").events}[op(1)] == EVENTS[0]


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("caseload.csv", "k3,no,too early", "k3,no,too late"),
        ("sample.csv", "k2,2,all,drawn", "k2,2,all,reserve"),
        ("subjects.csv", "Case 2", "Case II"),
        ("external.csv", "43.6", "43.7"),
        ("holidays.csv", "Christmas Day", "Christmas"),
        ("letter.md", "A letter", "Another letter"),
        ("inspection.yaml", "title: Test", "title: Tests"),
        ("notes.txt", "first", "second"),
        ("framework/note.md", "first", "second"),
    ],
)
def test_what_only_the_store_may_change_is_refused_where_it_differs(
    file: str, before: str, after: str, tmp_path: Path
) -> None:
    folder = inspection_folder(tmp_path / "in", {"notes.txt": "first\n", "framework/note.md": "first\n"})
    brought_in(folder)
    rows = counted()
    text = (folder / file).read_text()
    (folder / file).write_text(text.replace(before, after))
    assert text != (folder / file).read_text()
    assert codes(folder) == {"store.file-differs"}
    assert counted() == rows


def test_an_excerpt_with_other_words_under_the_same_key_is_refused(tmp_path: Path) -> None:
    table = "excerpt_key,op_id,text,alias,alias_checked_by,speaker\ne1,{op},{text},,,\n"
    first = {"excerpts.csv": table.format(op=op(1), text="He said so.")}
    brought_in(inspection_folder(tmp_path / "first", first))
    other = {"excerpts.csv": table.format(op=op(1), text="She said so.")}
    assert codes(inspection_folder(tmp_path / "other", other)) == {"store.row-differs"}


def test_new_locators_excerpts_and_actions_are_added_beside_those_of_before(tmp_path: Path) -> None:
    brought_in(inspection_folder(tmp_path / "first"))
    folder = inspection_folder(
        tmp_path / "more",
        {
            "excerpts.csv": f"excerpt_key,op_id,text,alias,alias_checked_by,speaker\ne1,{op(1)},He said so.,,,\n",
            "locators.csv": f"op_id,document,where\n{op(1)},file note,page 2\n",
            "actions.csv": "action_id,subject_kind,subject_key,question_id,text,owner,due,status\n"
            "a1,case,k1,A1,Ask again,w1,2016-02-01,open\n",
        },
    )
    assert dict(brought_in(folder).rows) == {"excerpts.csv": 1, "locators.csv": 1, "actions.csv": 1}
    assert store_package("test") == read_package(folder)


def test_names_go_into_the_vault_and_come_out_only_when_asked_for_each_with_its_row(tmp_path: Path) -> None:
    names = "subject_key,name,nicknames,date_of_birth,local_id\nk1,Ada Lovelace,Ada|Countess,2001-12-10,4711\n"
    folder = inspection_folder(tmp_path / "in", {"private/identities.csv": names})
    assert brought_in(folder).names == 1
    assert brought_in(folder).changed is False
    export_package("test", tmp_path / "without", by="lead", at=AT)
    assert AuditRow.objects.filter(chain="reads:test").count() == 0
    assert not (tmp_path / "without/private").exists()
    export_package("test", tmp_path / "with", by="lead", at=AT, names=True)
    assert (tmp_path / "with/private/identities.csv").read_text() == names
    assert AuditRow.objects.filter(chain="reads:test", act="identity.read", object_key="k1").count() == 1


def test_another_private_file_is_left_where_it_is_with_a_warning(tmp_path: Path) -> None:
    folder = inspection_folder(tmp_path / "in", {"private/map.csv": "key,school\nk1,St Mary\n"})
    assert "store.private-not-taken" in {fault.code for fault in brought_in(folder).faults}
    export_package("test", tmp_path / "out", by="lead", at=AT, names=True)
    assert not (tmp_path / "out/private").exists()


def test_a_seal_that_no_longer_fits_is_renewed_and_one_that_fits_is_kept(tmp_path: Path) -> None:
    folder = inspection_folder(tmp_path / "in")
    export_package(brought_in(folder).key, tmp_path / "canonical", by="lead", at=AT)
    assert not (tmp_path / "canonical/datapackage.json").exists()
    shutil.copytree(tmp_path / "canonical", tmp_path / "sealed")
    seal(tmp_path / "sealed")
    text = (tmp_path / "sealed/inspection.yaml").read_text().replace("id: test", "id: sealed")
    (tmp_path / "sealed/inspection.yaml").write_text(text)
    (tmp_path / "sealed/answers.csv").write_text((folder / "answers.csv").read_text().splitlines()[0] + "\n")
    brought_in(tmp_path / "sealed")  # its seal fits no more
    export_package("sealed", tmp_path / "out", by="lead", at=AT)
    assert (tmp_path / "out/datapackage.json").read_bytes() != (tmp_path / "sealed/datapackage.json").read_bytes()
    assert [fault for fault in brought_in(tmp_path / "out").faults if fault.code == "package.edited-since-sealed"] == []


def test_an_import_that_is_interrupted_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = inspection_folder(tmp_path / "in")
    before = counted()

    def broken(**_: object) -> None:
        raise OSError("the disk is full")

    for step in ("create_inspection", "bring_in_caseload", "take_in", "keep_identity", "record"):
        with monkeypatch.context() as planted:
            planted.setattr(importing, step, broken)
            with pytest.raises(OSError, match="full"):
                brought_in(folder)
        assert counted() == before, step
    assert brought_in(folder).new


def test_a_faulty_package_is_refused_with_every_fault_and_nothing_is_brought_in(tmp_path: Path) -> None:
    folder = inspection_folder(tmp_path / "in", {"answers.csv": answers([event(1, "nobody"), event(2, question="Z9")])})
    before = counted()
    assert len(codes(folder)) > 1
    assert counted() == before


def test_a_key_that_is_too_long_for_the_store_is_refused(tmp_path: Path) -> None:
    text = (inspection_folder(tmp_path / "in") / "inspection.yaml").read_text()
    folder = inspection_folder(tmp_path / "long", {"inspection.yaml": text.replace("id: test", f"id: {'t' * 101}")})
    assert codes(folder) == {"store.too-long"}


def test_an_export_never_writes_over_something(tmp_path: Path) -> None:
    brought_in(inspection_folder(tmp_path / "in"))
    with pytest.raises(Faults) as refused:
        export_package("test", tmp_path / "in", by="lead", at=AT)
    assert [fault.code for fault in refused.value] == ["store.target-not-empty"]
    with pytest.raises(Faults) as refused:
        export_package("nothing", tmp_path / "out", by="lead", at=AT)
    assert [fault.code for fault in refused.value] == ["store.no-inspection"]
