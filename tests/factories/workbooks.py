"""Workbooks as tests need them: cases made up for any framework, cells filled in, files converted by LibreOffice."""

from __future__ import annotations

import hashlib
import io
import subprocess
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from lxml import etree
from python_calamine import CalamineWorkbook
from tests.factories import small

from caselight.formats.workbook.contents import Contents
from caselight.method.answers.events import AnswerEvent, payload_digest
from caselight.method.caseload.case import Subject
from caselight.method.framework.definition import Framework
from caselight.method.inspection.facts import with_facts
from caselight.method.inspection.package import CaseloadCase, Package

NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HOLIDAYS = {
    year: (date(year, 1, 1), date(year, 5, 1), date(year, 12, 25), date(year, 12, 26)) for year in range(2014, 2018)
}
ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"""


# ── cases made up for a framework ────────────────────────────────────────────────────────────────────────────────────


class Chance:
    """Choices that look like chance and come out the same everywhere."""

    def __init__(self, *seed: object) -> None:
        self._seed = "/".join(map(str, seed))
        self._times = 0

    def below(self, most: int) -> int:
        self._times += 1
        return int(hashlib.sha256(f"{self._seed}/{self._times}".encode()).hexdigest(), 16) % most

    def one(self, of: Iterable[str]) -> str:
        choices = list(of)
        return choices[self.below(len(choices))]

    def day(self) -> date:
        return date(2015, 9, 20) + timedelta(days=self.below(120))


def made_up(framework: Framework, cases: int, seed: str = "") -> Package:
    """An inspection with cases whose facts and answers are chosen by chance, some of them not known or contested."""
    screening = framework.screenings[0].id
    inspection = small.inspection(
        framework={"id": framework.id, "version": framework.version, "screening": screening},
        languages=list(framework.languages)[:1],
    )
    kinds = [subject for subject in framework.subjects if not subject.found_in]
    subjects = [
        Subject(kind.id, f"{kind.id}-{n:03}", f"{kind.id} {n:03}") for kind in kinds for n in range(1, cases + 1)
    ]
    events = [event for subject in subjects for event in _events(framework, subject, seed)]
    first = framework.subjects[0].id
    caseload = tuple(
        CaseloadCase(s.key, eligible=True, reason="", facts=_supplied(framework, s, seed))
        for s in subjects
        if s.kind == first
    )
    made = Package(
        inspection, framework, tuple(subjects), caseload=caseload, events=tuple(sorted(events)), holidays=HOLIDAYS
    )
    return replace(made, subjects=with_facts(made.subjects, made.caseload, made.events, framework))


def _supplied(framework: Framework, subject: Subject, seed: str) -> dict[str, object]:
    found = {}
    for fact in framework.facts:
        chance = Chance(seed, "supplied", subject.key, fact.id)
        if fact.subject == subject.kind and chance.below(4):
            found[fact.id] = _typed(fact.type, _fact(fact, chance))
    return found  # type: ignore[return-value]


def _typed(type_: str, text: str) -> object:
    return int(text) if type_ == "integer" else date.fromisoformat(text) if type_ == "date" else text


def _fact(fact: object, chance: Chance) -> str:
    values = fact.values()  # type: ignore[attr-defined]
    if values is not None:
        return chance.one(values)
    return _value(fact.type, chance)  # type: ignore[attr-defined]


def _value(type_: str | None, chance: Chance) -> str:
    if type_ == "integer":
        return str(chance.below(25))
    return chance.day().isoformat() if type_ == "date" else chance.one(["Ashford", "ashford", "x=1", "Über & <b>"])


def _events(framework: Framework, subject: Subject, seed: str) -> Iterator[AnswerEvent]:
    yield from _of_kind(framework, subject, subject.kind, "", seed)
    for kind in framework.subjects:
        if kind.found_in == subject.kind:
            for row in range(Chance(seed, "rows", subject.key, kind.id).below(4)):
                yield from _of_kind(framework, subject, kind.id, f"r{row + 1}", seed)


def _of_kind(framework: Framework, subject: Subject, kind: str, row: str, seed: str) -> Iterator[AnswerEvent]:
    tool = next((tool.id for tool in framework.tools if tool.subject == kind), "")
    where = {"table": kind if row else "", "row_key": row, "subject_kind": subject.kind, "tool": tool}
    for fact in framework.facts:
        chance = Chance(seed, "fact", subject.key, row, fact.id)
        if fact.subject == kind and tool and not chance.below(1 if row else 4):
            yield _event(framework, subject.key, f"fact:{fact.id}", _fact(fact, chance), **where)
    for question in framework.questions.values():
        chance = Chance(seed, "question", subject.key, row, question.id)
        if framework.subject_of(question) != kind or (question.computed and not question.computed.may_override):
            continue
        where["tool"] = question.tool
        times = 0 if not chance.below(5) else 2 if not chance.below(12) else 1
        for at in range(times if question.computed is None else times and not chance.below(4)):
            yield _answer(framework, question, subject.key, chance, at, where)


def _answer(  # noqa: PLR0917 - what an event needs
    framework: Framework, question: object, key: str, chance: Chance, at: int, where: dict[str, str]
) -> AnswerEvent:
    name = question.id  # type: ignore[attr-defined]
    if not chance.below(8) and framework.not_relevant_reasons and not question.never_not_relevant:  # type: ignore[attr-defined]
        reason = framework.not_relevant_reasons[0].id
        return _event(framework, key, name, "not_relevant", at, reasons=(reason,), note="Because.", **where)
    scale = framework.scale_by_id.get(question.scale or "")  # type: ignore[attr-defined]
    if scale is None:
        value = chance.one(("yes", "no")) if question.computed else _value(question.type, chance)  # type: ignore[attr-defined]
    elif scale.multiple:
        value = "|".join(o.value for o in scale.options if not chance.below(3)) or scale.options[0].value
    else:
        value = chance.one(option.value for option in scale.options)
    note = "A note." if question.computed or not chance.below(2) else ""  # type: ignore[attr-defined]
    return _event(framework, key, name, value, at, note=note, **where)


def _event(framework: Framework, key: str, name: str, value: str, at: int = 0, **more: object) -> AnswerEvent:
    where = {"pass_": "first"} | more
    digest = hashlib.sha256(f"{key}/{more.get('row_key')}/{name}/{value}/{at}".encode()).hexdigest()
    op_id = f"0151a0a1-{digest[:4]}-7{digest[4:7]}-8{digest[7:10]}-{digest[10:22]}"
    made = small.event(key, name, value, op_id, framework_version=framework.version, **where)
    return made._replace(payload_sha256=payload_digest(made))


# ── files ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def grid(data: bytes | Path, sheet: str) -> list[list[object]]:
    """The cells of a sheet, by row and column from 0."""
    source = io.BytesIO(data) if isinstance(data, bytes) else data
    return CalamineWorkbook.from_object(source).get_sheet_by_name(sheet).to_python(skip_empty_area=False)  # type: ignore[return-value]


def grids(data: bytes) -> dict[str, list[list[object]]]:
    """The cells of every sheet by its name."""
    book = CalamineWorkbook.from_object(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}  # type: ignore[misc]


def names(data: bytes | Path) -> list[str]:
    """The names of the sheets."""
    return CalamineWorkbook.from_object(io.BytesIO(data) if isinstance(data, bytes) else data).sheet_names


def cell(data: bytes, sheet: str, item: str, field: str) -> str:
    """The cell of an entry, by the names of its line and its column: ``E12``."""
    rows = grid(data, sheet)
    keys = next(row for row in rows if row[0] == "keys")
    if field in keys:
        row = next(at for at, line in enumerate(rows) if line[0] == item)
        return f"{letters(keys.index(field))}{row + 1}"
    raise KeyError(field)


def letters(column: int) -> str:
    """The letters of a column from 0."""
    return (letters(column // 26 - 1) if column >= 26 else "") + chr(65 + column % 26)


def fill(data: bytes, cells: Mapping[tuple[str, str], str | float | None], *, formulas: bool = False) -> bytes:
    """A copy with cells of sheets filled in as a spreadsheet program does it: texts, numbers, or formulas."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    order = names(data)
    for name in {sheet for sheet, _ in cells}:
        part = f"xl/worksheets/sheet{order.index(name) + 1}.xml"
        root = etree.fromstring(parts[part])
        found = {one.get("r"): one for one in root.iter(f"{NS}c")}
        for (sheet, at), value in cells.items():
            if sheet == name:
                _fill(found[at], value, formulas=formulas)
        parts[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return packed(parts)


def _fill(one: etree._Element, value: str | float | None, *, formulas: bool) -> None:
    for inside in list(one):
        one.remove(inside)
    one.attrib.pop("t", None)
    if value is None:
        return
    if formulas:
        etree.SubElement(one, f"{NS}f").text = str(value)
    elif isinstance(value, str):
        one.set("t", "inlineStr")
        etree.SubElement(etree.SubElement(one, f"{NS}is"), f"{NS}t").text = value
    else:
        etree.SubElement(one, f"{NS}v").text = repr(value)


def parts_of(data: bytes) -> dict[str, bytes]:
    """Every part of a file by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A zip of parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def forgetful(data: bytes) -> bytes:
    """A copy whose formulas have no value, so that nothing can be read from it that was not worked out again."""
    parts = parts_of(data)
    for name, content in parts.items():
        if name.startswith("xl/worksheets/sheet"):
            root = etree.fromstring(content)
            for one in root.iter(f"{NS}c"):
                value = one.find(f"{NS}v")
                if one.find(f"{NS}f") is not None and value is not None:
                    one.attrib.pop("t", None)
                    value.text = "777"
            parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return packed(parts)


class Office:
    """LibreOffice without a window, which works out every formula of a file that it opens."""

    def __init__(self, program: str, folder: Path) -> None:
        self._program, self._folder = program, folder
        (folder / "profile" / "user").mkdir(parents=True)
        (folder / "profile" / "user" / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE, "utf-8")

    def saved_as(self, data: bytes, ending: str, name: str = "book", source: str = "xlsx") -> bytes:
        """The file opened, worked out, and saved in another form."""
        before = self._folder / f"{name}.{source}"
        before.write_bytes(data)
        out = self._folder / "out"
        command = [
            self._program, f"-env:UserInstallation=file://{self._folder / 'profile'}", "--headless", "--convert-to",
            ending, "--outdir", str(out), str(before),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=600)
        return (out / f"{name}.{ending}").read_bytes()


def contents(package: Package, **wish: str) -> Contents:
    """What a workbook of a package is made from."""
    return Contents(package, **wish)
