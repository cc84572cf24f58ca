"""A worked example for a shipped pack: who was answered how, in a line or two, turned into an inspection and counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path

from tests.factories.small import event, inspection

from caselight.formats.framework_yaml import read_framework
from caselight.method.analysis.examined import Examined
from caselight.method.analysis.figure import Figure, Figures
from caselight.method.analysis.figures import figures
from caselight.method.answers.events import AnswerEvent
from caselight.method.answers.sheet import Sheet
from caselight.method.caseload.case import FactValue, Subject
from caselight.method.faults import Fault
from caselight.method.framework.definition import Framework
from caselight.method.framework.parts import Fact
from caselight.method.inspection.checks import check
from caselight.method.inspection.facts import with_facts
from caselight.method.inspection.package import CaseloadCase, External, Package, SampledCase
from caselight.procedures.checking_answers import answer_faults

HERE = Path(__file__).parents[2]
FOLDERS = {path.parent.name: path.parent for path in HERE.glob("packs/*/framework.yaml")}
FOLDERS |= {path.parent.name: path.parent for path in HERE.glob("tests/specimens/*/framework.yaml")}
HOLIDAYS: dict[int, tuple[date, ...]] = dict.fromkeys(range(2010, 2031), ())

Said = Mapping[str, str | int]
Rows = Mapping[str, Mapping[str, Mapping[str, Said]]]


@cache
def shipped(name: str) -> Framework:
    """A shipped pack or a specimen by the name of its folder."""
    return read_framework(FOLDERS[name])


@dataclass(frozen=True)
class Worked:
    """What was recorded. ``about`` maps each subject (a case, or the name of a kind that has one) to what was said.

    A name is a fact, a question, or ``rating:ID``. ``found`` maps a subject to kinds, rows and what was said of each.
    ``listed`` are cases of the caseload that were not examined. A value ``NA`` is *not relevant*, said by the inspector.
    """

    framework: Framework
    about: Mapping[str, Said]
    found: Rows = field(default_factory=dict)
    listed: Mapping[str, Said] = field(default_factory=dict)
    external: Mapping[str, str] = field(default_factory=dict)
    screening: str = ""

    @cached_property
    def figures(self) -> Figures:
        """Every figure."""
        return figures(self.package)

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with what was recorded."""
        return (*check(self.package), *answer_faults(self.package, Examined(self.package, "en")))

    def grade(self, rating: str) -> str:
        """The grade of a rating as it stands, or why it has none."""
        reached = self.figure(rating).reached
        assert reached is not None
        return reached.grade or reached.state

    def values(self, question: str) -> dict[str, str]:
        """In which cell each subject stands for a question."""
        return {key: cell.value for cell, keys in self.figure(question).cells.items() for key in keys}

    def sheet(self, key: str) -> Sheet:
        """The sheet of one subject."""
        return next(sheet for sheet in Examined(self.package, "en").everyone if sheet.subject.key == key)

    def figure(self, key: str) -> Figure:
        """One figure."""
        return self.figures[key]

    @cached_property
    def package(self) -> Package:
        """The inspection."""
        events = tuple(self._events())
        subjects = [
            Subject(self._kind(key), key, key, self._supplied(said), self._supplied(said))
            for key, said in self.about.items()
        ]
        first = self.framework.subjects[0].id
        cases = {key: said for key, said in self.about.items() if self._kind(key) == first} | dict(self.listed)
        caseload = tuple(CaseloadCase(key, True, "", self._supplied(said)) for key, said in cases.items())
        sample = tuple(SampledCase(key, n, "all", "drawn") for n, key in enumerate(cases, 1) if key not in self.listed)
        pinned = {"id": self.framework.id, "version": self.framework.version}
        pinned["screening"] = self.screening or self.framework.screenings[0].id
        return Package(
            inspection(framework=pinned),
            self.framework,
            with_facts(subjects, caseload, events, self.framework),
            caseload=caseload,
            sample=sample if self.listed else (),
            events=events,
            external=tuple(_external(key, value) for key, value in self.external.items()),
            holidays=HOLIDAYS,
        )

    def _kind(self, key: str) -> str:
        kinds = {subject.id for subject in self.framework.subjects}
        return key if key in kinds else self.framework.subjects[0].id

    def _supplied(self, said: Said) -> dict[str, FactValue]:
        facts = self.framework.fact_by_id
        return {
            name: _typed(facts[name], value) for name, value in said.items()
            if name in facts and facts[name].supplied_by == "service"
        }  # fmt: skip

    def _events(self) -> list[AnswerEvent]:
        made = [self._event(key, name, str(value)) for key, said in self.about.items() for name, value in said.items()]
        rows = [
            self._event(key, name, str(value), table=kind, row_key=row)
            for key, kinds in self.found.items()
            for kind, found in kinds.items()
            for row, said in found.items()
            for name, value in said.items()
        ]
        return [one for one in (*made, *rows) if one is not None]

    def _event(self, key: str, name: str, value: str, *, table: str = "", row_key: str = "") -> AnswerEvent | None:
        framework = self.framework
        fact = framework.fact_by_id.get(name)
        if fact is not None and fact.supplied_by == "service":
            return None
        kind = table or self._kind(key)
        question = framework.questions.get(name)
        tool = question.tool if question else next(tool.id for tool in framework.tools if tool.subject == kind)
        relevant = value != "NA"
        return event(
            key, f"fact:{name}" if fact else name, value if relevant else "not_relevant", f"{key}/{table}/{row_key}/{name}",
            tool=tool, subject_kind=self._kind(key), table=table, row_key=row_key, note="Said in a worked example." if _needs_note(framework, name, value) else "",
            reasons=() if relevant else (framework.not_relevant_reasons[0].id,), framework_version=framework.version,
        )  # fmt: skip


def _needs_note(framework: Framework, name: str, value: str) -> bool:
    """Decisions and overrides need one, and answers whose option does."""
    question = framework.questions.get(name)
    if question is None or question.computed is not None or value == "NA":
        return name not in framework.fact_by_id
    scale = framework.scale_by_id.get(question.scale or "")
    return any(option.needs_note for option in (scale.options if scale else ()) if option.value == value)


def _typed(fact: Fact, value: str | int) -> FactValue:
    return date.fromisoformat(str(value)) if fact.type == "date" else value


def _external(key: str, value: str) -> External:
    return External(key, "external", key, Decimal(value), "measure", "area", "cohort", "2016-01-01", "source")


def judged(
    question: str, yes: int, of: int, *, prefix: str = "c", **facts: str | int
) -> dict[str, dict[str, str | int]]:
    """So many cases answered yes of so many, each with the same facts.

    >>> judged("K", 1, 2, sex="male")
    {'c1': {'sex': 'male', 'K': 'yes'}, 'c2': {'sex': 'male', 'K': 'no'}}
    """
    return {f"{prefix}{n}": {**facts, question: "yes" if n <= yes else "no"} for n in range(1, of + 1)}


def merged(*parts: Mapping[str, Said]) -> dict[str, Said]:
    """Several answers about the same subjects as one."""
    found: dict[str, dict[str, str | int]] = {}
    for part in parts:
        for key, said in part.items():
            found.setdefault(key, {}).update(said)
    return dict(found)
