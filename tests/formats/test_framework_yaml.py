"""A framework's folder: parts are merged, every fault has file, line and column, nothing but faults is raised."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories import framework_of, minimal, minimal_text, told

from caselight.formats.framework_yaml import canonical, copy_framework, digest, framework_faults, read_framework
from caselight.formats.located_yaml import LARGEST
from caselight.method.faults import Faults, Severity

THEMES = minimal_text().partition("themes:\n")[2].partition("populations:\n")[0]
WITHOUT_THEMES = minimal_text().replace("themes:\n" + THEMES, "")
FIRST, SECOND = THEMES.partition("  - id: W\n")[0], "  - id: W\n" + THEMES.partition("  - id: W\n")[2]
PARTS = "parts: [themes/a.yaml, themes/w.yaml]\n"


def write(folder: Path, **files: str | bytes) -> Path:
    for name, text in files.items():
        path = folder / (name.replace("__", "/") + ".yaml")
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def in_parts(folder: Path, first: str = FIRST, second: str = SECOND, main: str = WITHOUT_THEMES + PARTS) -> Path:
    return write(folder, framework=main, themes__a="themes:\n" + first, themes__w="# workers\nthemes:\n" + second)


def faults_in(folder: Path) -> list[tuple[str, str]]:
    return [(fault.code, str(fault.place)) for fault in framework_faults(folder)[1]]


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_framework_in_parts_is_the_framework_in_one_file(tmp_path: Path) -> None:
    assert read_framework(in_parts(tmp_path)) == minimal()


def test_a_fault_in_a_part_names_that_file_and_its_line(tmp_path: Path) -> None:
    in_parts(tmp_path, second=SECOND.replace("scale: topics", "scale: topic"))
    assert faults_in(tmp_path) == [("framework.unknown-id", "themes/w.yaml:11:16")]


def test_faults_come_in_the_order_of_the_files(tmp_path: Path) -> None:
    in_parts(
        tmp_path,
        first=FIRST.replace("scale: gate", "scale: gates"),
        second=SECOND.replace("scale: topics", "scale: topic"),
        main=(WITHOUT_THEMES + PARTS).replace("strata: [order]", "strata: [orders]"),
    )
    files = [place.partition(":")[0] for _, place in faults_in(tmp_path)]
    assert files == ["framework.yaml", "themes/a.yaml", "themes/w.yaml"]


def test_a_word_before_file_names_can_be_asked_for(tmp_path: Path) -> None:
    in_parts(tmp_path, second=SECOND.replace("scale: topics", "scale: topic"))
    _, faults = framework_faults(tmp_path, within="framework/")
    assert str(faults[0].place) == "framework/themes/w.yaml:11:16"


def test_mappings_of_two_files_are_merged_by_key(tmp_path: Path) -> None:
    write(tmp_path, framework=minimal_text() + "parts: [more.yaml]\n", more="sources: {FILM: A film}\n")
    assert read_framework(tmp_path).sources == {"BOOK": "A book that nobody wrote", "FILM": "A film"}


def test_a_warning_does_not_stop_reading() -> None:
    text = minimal_text(("title: A small framework for tests", "title: {en: Small, cy: Bach}"))
    assert framework_of(text).id == "minimal"


# ── faults of folders and files ─────────────────────────────────────────────────────────────────────────────────────


def test_the_same_key_in_two_files_names_both_places(tmp_path: Path) -> None:
    write(tmp_path, framework=minimal_text() + "parts: [more.yaml]\n", more="sources:\n  BOOK: Another\nid: x\n")
    _, faults = framework_faults(tmp_path)
    assert [(fault.code, str(fault.place)) for fault in faults] == [
        ("framework.part-key-twice", "more.yaml:2:3"),
        ("framework.part-key-twice", "more.yaml:3:1"),
    ]
    assert "in framework.yaml on line 9" in faults[0].says


@pytest.mark.parametrize(
    ("code", "place", "parts"),
    [
        ("framework.part-outside", "framework.yaml:1:9", "[../more.yaml]"),
        ("framework.part-outside", "framework.yaml:1:9", "[/more.yaml]"),
        ("framework.part-outside", "framework.yaml:1:9", "['c:\\more.yaml']"),
        ("framework.part-outside", "framework.yaml:1:9", "[more.txt]"),
        ("framework.part-outside", "framework.yaml:1:9", "['']"),
        ("framework.file-missing", "framework.yaml:1:9", "[missing.yaml]"),
        ("framework.file-missing", "framework.yaml:1:9", "[folder.yaml]"),
        ("framework.parts", "framework.yaml:1:8", "more.yaml"),
        ("framework.parts", "framework.yaml:1:8", "[1]"),
        ("framework.parts", "framework.yaml:1:8", "[more.yaml, more.yaml]"),
        ("framework.parts", "framework.yaml:1:8", "[framework.yaml]"),
        ("framework.parts", "nested.yaml:1:1", "[nested.yaml]"),
        ("framework.not-a-mapping", "list.yaml:1:1", "[list.yaml]"),
        ("yaml.syntax", "broken.yaml:1:5", "[broken.yaml]"),
    ],
)
def test_parts_are_files_inside_the_folder(tmp_path: Path, code: str, place: str, parts: str) -> None:
    folder = tmp_path / "pack"
    (folder / "folder.yaml").mkdir(parents=True)
    write(tmp_path, more="id: x\n")
    write(folder, more="{}", list="- a\n", nested="parts: []\n", broken="a: b: c\n")
    write(folder, framework=f"parts: {parts}\n" + minimal_text())
    assert faults_in(folder) == [(code, place)]


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    write(tmp_path, secret="id: x\n")
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    write(folder, framework="parts: [link.yaml]\n" + minimal_text())
    assert faults_in(folder) == [("framework.part-outside", "framework.yaml:1:9")]


def shared_parts(tmp_path: Path) -> Path:
    """A pack whose themes stand in a folder beside it, listed flat and quoted."""
    write(tmp_path, shared__themes="themes:\n" + THEMES)
    pack = tmp_path / "pack"
    pack.mkdir()
    return write(pack, framework=WITHOUT_THEMES + 'parts:\n  - "../shared/themes.yaml"\n', letter="a: b\n")


def test_a_part_may_be_shared_with_the_packs_beside_it(tmp_path: Path) -> None:
    assert read_framework(shared_parts(tmp_path)) == minimal()


def test_a_copy_stands_alone_with_the_same_digest(tmp_path: Path) -> None:
    source, target = shared_parts(tmp_path), tmp_path / "elsewhere" / "framework"
    copy_framework(source, target, leave_out=("letter*",))
    assert digest(read_framework(target, within="framework/")) == digest(read_framework(source))
    assert sorted(path.name for path in target.rglob("*")) == ["framework.yaml", "shared", "themes.yaml"]


def test_an_inspection_reads_no_part_from_outside(tmp_path: Path) -> None:
    faults = framework_faults(shared_parts(tmp_path), within="framework/")[1]
    assert [fault.code for fault in faults] == ["framework.part-outside"]


@pytest.mark.parametrize("name", ["../../x/a.yaml", "../shared/../../a.yaml", "../a.yaml", "../shared/a.txt"])
def test_a_shared_part_stands_one_folder_away(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "one" / "pack"
    folder.mkdir(parents=True)
    write(folder, framework=f"parts: [{name}]\n" + minimal_text())
    assert faults_in(folder) == [("framework.part-outside", "framework.yaml:1:9")]


def test_a_folder_without_a_framework_is_told(tmp_path: Path) -> None:
    assert faults_in(tmp_path / "nothing") == [("framework.file-missing", "framework.yaml")]


def test_files_that_are_too_large_together_are_refused(tmp_path: Path) -> None:
    filler = b"#" * (LARGEST - 20_000)
    write(tmp_path, framework="parts: [a.yaml, b.yaml]\n" + minimal_text(), a=filler, b=b"#" * 30_000)
    assert [code for code, _ in faults_in(tmp_path)] == ["yaml.empty", "framework.too-large"]


# ── what the model refuses ──────────────────────────────────────────────────────────────────────────────────────────

TITLE = "title: A small framework for tests"
RULE = "{all: [{answer: A2.due, is: yes}, {fact: report, is: yes}]}"


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("yaml.unknown-key", [(TITLE, TITLE + "\n«titles: x")]),
        ("yaml.unknown-key", [(RULE, "{«al: [{fact: report, is: yes}]}")]),
        ("yaml.unknown-key", [(RULE, "{not: {not: {fact: report, «iss: yes}}}")]),
        ("yaml.unknown-key", [(RULE, "{fact: report, «is_: yes}")]),
        ("yaml.missing-key", [("- id: A2.due\n        kind: gate", "- «kind: gate")]),
        ("yaml.missing-key", [("{id: late, label: Late}", "«{id: late}")]),
        ("yaml.wrong-type", [('version: "1"\ntitle', "version: «1.0\ntitle")]),
        ("yaml.wrong-type", [(TITLE, "title: «[a]")]),
        ("yaml.wrong-type", [(TITLE, "title: {en: «1}")]),
        ("yaml.wrong-type", [("number: 1", "number: «'1'")]),
        ("yaml.wrong-type", [("multiple: true", "multiple: «yes")]),
        ("yaml.wrong-type", [("languages: [en]", "languages: «en")]),
        ("yaml.wrong-type", [(RULE, "«always")]),
        ("yaml.wrong-type", [(RULE, "{all: [{fact: report, is: «true}]}")]),
        ("yaml.wrong-type", [("short: training needed", "short: x\n        reasons: «{a: b}")]),
        ("yaml.unlisted-value", [("kind: gate", "kind: «gates")]),
        ("yaml.unlisted-value", [("{mark: documented", "{mark: «document")]),
        ("yaml.unlisted-value", [("schema: caselight.framework/1", "schema: «caselight.framework/2")]),
        ("yaml.not-an-identifier", [("- id: W\n", "- id: «1 W\n")]),
        ("yaml.not-an-identifier", [("- id: A2.due\n", "- id: «A2@due\n")]),
        ("yaml.wrong-length", [("languages: [en]", "languages: «[]")]),
        ("yaml.out-of-range", [("reserves: 1", "reserves: «-1")]),
        ("yaml.does-not-fit", [(RULE, "«{fact: report}")]),
        ("yaml.does-not-fit", [("from: 50%, to: 100%", "from: 50%, to: 40%"), ("- {words: [most]", "- «{words: [most]")]),
        ("yaml.does-not-fit", [("from: 50%, to: 100%", "from: 1/0, to: 100%"), ("- {words: [most]", "- «{words: [most]")]),
    ],
)  # fmt: skip
def test_what_has_the_wrong_shape_is_told_where_it_stands(code: str, changes: list[tuple[str, str]]) -> None:
    faults, place = told(*changes)
    assert faults == [(code, place)]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ((TITLE, TITLE + "\nscreening: x"), "The key “screening” is not known here. Did you mean screenings"),
        (
            ('version: "1"\ntitle', "version: 1.0\ntitle"),
            "the number 1.0, but text is needed. Put it between quotation",
        ),
        (
            ("multiple: true", "multiple: yes"),
            "the text “yes”, but true or false is needed. Write true or false, without",
        ),
        (("kind: gate", "kind: gates"), "the text “gates” is not among them. Did you mean gate"),
        ((TITLE, "title:"), "nothing, but text or a mapping of keys to values is needed. Give it a value, or remove"),
        (("languages: [en]", "languages: []"), "Number of entries here: 0. Allowed: at least 1."),
        (("reserves: 1", "reserves: -1"), "The number -1 is out of range. It must be at least 0."),
    ],
)
def test_a_fault_is_a_sentence_with_a_cure(changes: tuple[str, str], sentence: str) -> None:
    with pytest.raises(Faults) as caught:
        framework_of(minimal_text(changes))
    assert sentence in str(caught.value)


def test_all_wrong_shapes_are_told_at_once() -> None:
    faults, _ = told((TITLE, "titles: x"), ("kind: gate", "kind: gates"), ("number: 1", "number: '1'"))
    assert [code for code, _ in faults] == [
        "yaml.missing-key",
        "yaml.unknown-key",
        "yaml.wrong-type",
        "yaml.unlisted-value",
    ]


def test_every_error_of_the_checks_stops_reading() -> None:
    with pytest.raises(Faults) as caught:
        framework_of(minimal_text(("scale: topics", "scale: topic")))
    assert [fault.severity for fault in caught.value] == [Severity.ERROR]


# ── digest ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_digest_does_not_depend_on_the_layout(tmp_path: Path) -> None:
    spelled_out = minimal_text(('version: "1"\ntitle', "version: '1'\nsmall_number: 7  # the default\ntitle"))
    assert digest(read_framework(in_parts(tmp_path))) == digest(minimal()) == digest(framework_of(spelled_out))


def test_the_digest_changes_with_any_word() -> None:
    assert digest(framework_of(minimal_text(("Was the plan good enough?", "Was the plan good?")))) != digest(minimal())


def test_canonical_json_reads_back_as_the_same_framework() -> None:
    assert framework_of(canonical(minimal()).decode()) == minimal()


def test_the_digest_of_a_framework_is_fixed_for_ever() -> None:
    # Inspections are pinned by it. It may change with the minimal framework, and with nothing else.
    assert digest(minimal()) == "06aa30922c4ad6b99729e6a6e0c81502230c1ae0bcd54d7876ec78355024c598"


# ── arbitrary bytes ─────────────────────────────────────────────────────────────────────────────────────────────────

LINES = minimal_text().splitlines(keepends=True)


def nothing_but_faults(data: bytes, part: bytes = b"{}") -> None:
    with TemporaryDirectory() as folder:
        write(Path(folder), framework=data, part=part)
        framework, faults = framework_faults(Path(folder))
        assert framework is not None or faults


@given(data=st.binary(max_size=200), part=st.binary(max_size=50))
@settings(deadline=None)
def test_arbitrary_bytes_raise_nothing_but_faults(data: bytes, part: bytes) -> None:
    nothing_but_faults(data, part)
    nothing_but_faults(b"parts: [part.yaml]\n" + minimal_text().encode() + data, part)


@given(
    cut=st.integers(0, len(LINES) - 1),
    junk=st.sampled_from(
        ["", "x", "1", "[]", "{}", "a: 1", "- b", "null", "[{}]", "{all: [{}]}", "{not: 3}", "1/0", "9" * 30]
    ),
)
@settings(max_examples=200, deadline=None)
def test_a_framework_with_any_value_replaced_raises_nothing_but_faults(cut: int, junk: str) -> None:
    line = LINES[cut]
    key = line.partition(":")[0]
    nothing_but_faults("".join([*LINES[:cut], f"{key}: {junk}\n", *LINES[cut + 1 :]]).encode())
