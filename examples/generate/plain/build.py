"""A whole inspection from a plan: caseload, sample, subjects, answers, decisions; written as a package and sealed.

``inspection.yaml``, ``plan.yaml`` and whatever else stands in the plan's folder is given; letter.md, README.md and
accepted.csv in the example's folder are written by people and left alone.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path

from examples.generate.chance import Chance
from examples.generate.plain.answering import Answering, Where, value_of
from examples.generate.plain.plan import Plan, read_plan

from caselight.formats.framework_yaml import copy_framework
from caselight.formats.package.layout import COLUMNS
from caselight.formats.package.reading import read_package
from caselight.formats.package.seal import seal
from caselight.formats.package.writing import write_package
from caselight.method.analysis.figure import Figure
from caselight.method.analysis.figures import figures
from caselight.method.answers.events import AnswerEvent
from caselight.method.answers.fact_values import FACT
from caselight.method.caseload.case import Subject
from caselight.method.caseload.eligibility import judge, window
from caselight.method.inspection.package import CaseloadCase, Package
from caselight.procedures.sampling import draw_sample

PLANS = Path(__file__).parents[1] / "plans"
PACKS = Path(__file__).parents[3] / "packs"


def plain(name: str, folder: Path) -> None:
    """Write the example of a plan into ``folder``, keeping what people wrote there, and seal it."""
    plan = read_plan(PLANS / name)
    _begin(folder, PLANS / name, plan)
    given = read_package(folder)
    write_package(replace(given, caseload=tuple(_caseload(given, plan, Chance(name)))), folder)
    if given.inspection.sample is not None:
        draw_sample(folder)
    write_package(Made(read_package(folder), plan, Chance(name)).package, folder)
    _expected(folder, read_package(folder))
    seal(folder)


def _begin(folder: Path, given: Path, plan: Plan) -> None:
    """An inspection without cases: what is given, the framework, and empty tables."""
    folder.mkdir(parents=True, exist_ok=True)
    for made in [*folder.glob("*.csv"), *folder.glob("datapackage.json")]:
        if made.name != "accepted.csv":
            made.unlink()
    for name, columns in COLUMNS.items():
        if name != "accepted.csv" or not (folder / name).exists():
            (folder / name).write_text(",".join(columns) + "\n", encoding="utf-8")
    for path in sorted(given.iterdir()):
        if path.name != "plan.yaml":
            shutil.copyfile(path, folder / path.name)
    shutil.rmtree(folder / "framework", ignore_errors=True)
    copy_framework(PACKS / plan.pack, folder / "framework", leave_out=("letter*.md",))
    letter = folder / "letter.md"
    if not letter.exists():
        shutil.copyfile(PACKS / plan.pack / "letter.md", letter)


def _expected(folder: Path, package: Package) -> None:
    """The results beside the package: every figure that is counted or rated, on a line of its own."""
    with (folder / "expected.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("key", "kind", "result"))
        writer.writerows(
            (key, figure.kind, result(figure)) for key, figure in figures(package).items() if result(figure)
        )


def result(figure: Figure) -> str:
    """One figure on one line: ``28 of 32``, a number as an exact fraction, a grade with the one before a decision."""
    if figure.reached is not None:
        reached = figure.reached
        changed = f" (provisionally {reached.provisional})" if reached.grade != reached.provisional else ""
        return f"{reached.grade or reached.state}{changed}"
    if figure.number is not None:
        return "no value" if figure.number.value is None else str(figure.number.value)
    if figure.kind in ("share", "people"):
        return f"{figure.sufficient} of {figure.relevant}"
    return str(figure.sufficient) if figure.kind == "count" else ""


def _caseload(given: Package, plan: Plan, chance: Chance) -> Iterator[CaseloadCase]:
    """The cases that the service listed, with the facts that it supplied."""
    framework, dates = given.framework, given.inspection.dates
    kind = framework.subjects[0].id
    for number in range(plan.caseload):
        key = f"{plan.prefix[0]}-{chance.key('case', number)}"
        supplied = (fact.id for fact in framework.facts if fact.subject == kind and fact.supplied_by == "service")
        facts = {name: value_of(plan.facts.get(name, {}), chance, key, name) for name in supplied}
        if framework.eligibility is None:
            yield CaseloadCase(key, eligible=True, reason="", facts=facts)
        else:
            verdict = judge(
                facts, window(framework.eligibility, dates.announced, dates.fieldwork_from), framework.eligibility
            )
            yield CaseloadCase(key, verdict.eligible, verdict.reason, facts)


@dataclass(frozen=True)
class Made:
    """What is recorded about the cases drawn."""

    given: Package
    plan: Plan
    chance: Chance

    @cached_property
    def package(self) -> Package:
        """The whole package."""
        return replace(self.given, subjects=self.subjects, events=tuple(self._events()))

    @cached_property
    def subjects(self) -> tuple[Subject, ...]:
        """Who is examined: the cases drawn, or all of them without a sample, and the subjects that stand alone."""
        kind = self.given.framework.subjects[0].id
        drawn = self.given.subjects
        if not self.given.sample:
            listed = enumerate((case for case in self.given.caseload if case.eligible), start=1)
            drawn = tuple(
                Subject(kind, case.key, f"{self.plan.prefix.capitalize()} {at:02}", case.facts, case.facts)
                for at, case in listed
            )
        known = {subject.key for subject in drawn}
        alone = (
            Subject(kind, key, key.replace("-", " ").capitalize())
            for kind, given in self.plan.given.items()
            for key in given
            if key not in known and key != "*"
        )
        return (*drawn, *alone)

    def _events(self) -> Iterator[AnswerEvent]:
        answering = Answering(self.given, self.plan, self.chance)
        day = self.given.inspection.dates.fieldwork_from
        start = datetime(day.year, day.month, day.day, 9, 0, tzinfo=UTC)
        for number, subject in enumerate(self.subjects):
            begins = start + timedelta(hours=3 * (number % 2), days=number // 2 % 3, minutes=number)
            yield from self._about(subject, answering, begins)
        yield from self._decisions(answering, start + timedelta(days=3))

    def _about(self, subject: Subject, answering: Answering, start: datetime) -> Iterator[AnswerEvent]:
        framework = self.given.framework
        actor = self.chance.pick(self.plan.actors, "actor", subject.key)
        events: list[AnswerEvent] = []
        tools = [tool.id for tool in framework.tools if tool.subject == subject.kind]
        for name, value in self.plan.given_of(subject.kind, subject.key).items():
            if name in framework.fact_by_id:
                where = Where(subject, tools[0], actor)
                events.append(answering.event(where, FACT + name, {"value": str(value)}, start))
        for table, found in self.plan.found.items():
            if _parent(self.given, table) == subject.kind:
                events += self._rows(answering, Where(subject, found.tool, actor, table), start)
        for tool in tools:
            events += answering.sheet(Where(subject, tool, actor), start + timedelta(minutes=40), events)
        yield from events

    def _rows(self, answering: Answering, about: Where, start: datetime) -> Iterator[AnswerEvent]:
        """What is found within a subject: its facts first, then its questions."""
        found, key = self.plan.found[about.table], about.subject.key
        for at in range(1, int(self.chance.weighted(found.number, "found", about.table, key)) + 1):
            where = replace(about, row=f"{found.noun}-{at}")
            rows: list[AnswerEvent] = []
            for fact in (fact for fact in self.given.framework.facts if fact.subject == about.table):
                value = value_of(self.plan.facts.get(fact.id, {}), self.chance, key, about.table, at, fact.id)
                if value is not None:
                    rows.append(answering.event(where, FACT + fact.id, {"value": str(value)}, start))
            rows += answering.sheet(where, start + timedelta(minutes=5 * at), rows)
            yield from rows

    def _decisions(self, answering: Answering, at: datetime) -> Iterator[AnswerEvent]:
        """What a panel decided about ratings."""
        rated = self.given.framework.rated
        for row in self.plan.decided:
            subject = next(subject for subject in self.subjects if subject.kind == rated)
            tool = next(tool.id for tool in self.given.framework.tools if tool.subject == rated)
            said = {"value": row["grade"], "note": row["why"]}
            yield answering.event(Where(subject, tool, row["by"]), f"rating:{row['rating']}", said, at)


def _parent(package: Package, table: str) -> str | None:
    """The kind of subject within which another is found."""
    return next((subject.found_in for subject in package.framework.subjects if subject.id == table), None)
