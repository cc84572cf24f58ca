"""The audit as a package: a caseload, a draw, the ten written cases given to those drawn, answers, actions, the grade.

``given/`` holds inspection.yaml and holidays.csv. letter.md, README.md, accepted.csv and expected.csv in the example's
folder are written by people and left alone; expected.csv is a count by hand.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path

from examples.generate.chance import Chance
from examples.generate.local_audit.written import Book, Written, read_book
from examples.generate.plain.answering import Answering, Where, value_of
from examples.generate.plain.plan import Plan

from caselight.formats.framework_yaml import copy_framework
from caselight.formats.package.layout import COLUMNS
from caselight.formats.package.reading import read_package
from caselight.formats.package.seal import seal
from caselight.formats.package.writing import write_package
from caselight.method.answers.events import AnswerEvent, heads, payload_digest
from caselight.method.answers.fact_values import fact_value
from caselight.method.answers.sheet import sheets
from caselight.method.caseload.case import FactValue, Subject
from caselight.method.caseload.eligibility import judge, window
from caselight.method.framework.questions import Question
from caselight.method.inspection.package import Action, CaseloadCase, Identity, Package
from caselight.procedures.sampling import draw_sample, remove_case

GIVEN = Path(__file__).parent / "given"
PACK = Path(__file__).parents[3] / "packs" / "local-case-audit"
SEED = "local-audit"
COURT, OUT_OF_COURT = 32, 17  # cases on the service's list
WORKERS = 7
KEPT = ("accepted.csv", "expected.csv")  # written by people
LISTED = {
    "started": {"days": ["2025-04-21", "2026-01-12"]},
    "report": {"yes": 3, "no": 2},
    "wellbeing_level": {"low": 3, "medium": 4, "high": 2, "very_high": 1},
    "harm_level": {"low": 4, "medium": 4, "high": 2},
    "exploitation_flag": {"yes": 1, "no": 6},
    "sex": {"male": 4, "female": 1},
    "age": {"from": 12, "to": 17},
    "ethnicity": {"white": 6, "black": 2, "mixed": 2, "asian": 2, "not_stated": 1},
    "cared_for": {"yes": 1, "no": 5},
    "communication_needs": {"yes": 1, "no": 3},
    "audited_recently": {"yes": 1, "no": 9},
    "team": {"North": 1, "South": 1},
}
DISPOSALS = {
    "court": {"referral_order": 5, "youth_rehabilitation_order": 4, "custody": 1},
    "out_of_court": {"community_resolution": 4, "caution": 2, "conditional_caution": 3},
}
FIRST = (
    "Alder", "Bram", "Cerys", "Dov", "Elsbeth", "Farid", "Gwen", "Hollis", "Imran", "Juno", "Kester", "Lark", "Mabon",
    "Nerys", "Osric", "Pippa", "Quill", "Rhoswen",
)  # fmt: skip
LAST = (
    "Ashcombe", "Bellwether", "Crake", "Dunmore", "Eastlake", "Fallowfield", "Garnet", "Hathersage", "Inkpen", "Jessop",
    "Kilburne", "Larkham",
)  # fmt: skip


def local_audit(folder: Path) -> None:
    """Write the package into ``folder``, keeping what people wrote there, and seal it."""
    book, chance = read_book(), Chance(SEED)
    _begin(folder)
    write_package(replace(read_package(folder), caseload=tuple(_caseload(read_package(folder), chance))), folder)
    draw_sample(folder)
    remove_case(folder, _first_of_court(read_package(folder)), book.removed["reason"], book.removed["note"])
    made = Made(read_package(folder), book, chance)
    if unknown := book.unused(made.given.framework):
        raise ValueError(f"cases.yaml names what the framework does not have: {sorted(unknown)}")
    write_package(made.package, folder)
    seal(folder)


def _begin(folder: Path) -> None:
    """An audit without cases: what is given, the framework, and empty tables."""
    folder.mkdir(parents=True, exist_ok=True)
    for made in [*folder.glob("*.csv"), *folder.glob("datapackage.json")]:
        if made.name not in KEPT:
            made.unlink()
    for path in sorted(GIVEN.iterdir()):
        shutil.copyfile(path, folder / path.name)
    for name, columns in COLUMNS.items():
        if not (folder / name).exists():
            (folder / name).write_text(",".join(columns) + "\n", encoding="utf-8")
    shutil.rmtree(folder / "framework", ignore_errors=True)
    copy_framework(PACK, folder / "framework", leave_out=("letter*.md",))
    if not (folder / "letter.md").exists():
        shutil.copyfile(PACK / "letter.md", folder / "letter.md")


def _caseload(given: Package, chance: Chance) -> Iterator[CaseloadCase]:
    """What the service listed, eligible and not."""
    framework, dates = given.framework, given.inspection.dates
    assert framework.eligibility  # noqa: S101 - the pack has a window
    span = window(framework.eligibility, dates.announced, dates.fieldwork_from)
    for number in range(COURT + OUT_OF_COURT):
        key = f"c-{chance.key('case', number)}"
        route = "court" if number < COURT else "out_of_court"
        facts: dict[str, FactValue] = {
            "route": route, "disposal": value_of(DISPOSALS[route], chance, key, "disposal"),
            **{name: value_of(wanted, chance, key, name) for name, wanted in LISTED.items()},
        }  # fmt: skip
        facts |= _days(facts, chance, key)
        verdict = judge(facts, span, framework.eligibility)
        worker = f"w-{chance.below(WORKERS, 'worker', key) + 1}"
        yield CaseloadCase(key, verdict.eligible, verdict.reason, facts, worker)


def _days(facts: Mapping[str, FactValue], chance: Chance, key: str) -> dict[str, FactValue]:
    """The days that the service recorded about a listed case, counted from the day the disposal began."""
    began = facts["started"]
    assert isinstance(began, date)  # noqa: S101 - every listed case has one
    found: dict[str, FactValue] = {"assessment_done": began + timedelta(days=chance.between(3, 30, key, "assessed"))}
    if facts["route"] == "out_of_court":
        found["decided"] = began - timedelta(days=chance.between(0, 5, key, "decided"))
        found["referred"] = found["decided"] - timedelta(days=chance.between(5, 35, key, "referred"))
    return found


def _first_of_court(package: Package) -> str:
    return next(case.case_key for case in package.sample if case.status == "drawn" and case.stratum.endswith("=court"))


@dataclass(frozen=True)
class Made:
    """What is recorded once the ten are drawn."""

    given: Package
    book: Book
    chance: Chance

    @cached_property
    def keys(self) -> Mapping[str, str]:
        """The key of the drawn case that each written case is given to: one of a court for one of a court."""
        routes = {case.key: case.facts["route"] for case in self.given.caseload}
        free = [case.case_key for case in self.given.sample if case.examined]
        given: dict[str, str] = {}
        for name, case in self.book.cases.items():
            wanted = [key for key in free if routes[key] == case.facts["route"]]
            given[name] = self.chance.order(wanted, "given", name)[0]
            free.remove(given[name])
        return given

    @cached_property
    def package(self) -> Package:
        """The whole package."""
        return replace(
            self.given,
            subjects=self.subjects,
            caseload=tuple(self._with_written_facts(case) for case in self.given.caseload),
            events=tuple(self._events()),
            actions=tuple(self._actions()),
            identities=tuple(self._identities()),
        )

    @cached_property
    def subjects(self) -> tuple[Subject, ...]:
        """The cases drawn with the facts of the written ones, the workers, and the service."""
        drawn = {subject.key: subject for subject in self.given.subjects if subject.kind == "case"}
        cases = []
        for at, (name, key) in enumerate(self.keys.items(), start=1):
            facts = self._facts(self.book.cases[name])
            manager = next(case.managed_by for case in self.given.caseload if case.key == key)
            cases.append(replace(drawn[key], label=f"Case {at:02}", facts=facts, supplied=facts, managed_by=manager))
        workers = [Subject("worker", f"w-{n}", f"Worker {n}") for n in range(1, WORKERS + 1)]
        return (*cases, *workers, Subject("service", "the-service", "The service"))

    def _with_written_facts(self, case: CaseloadCase) -> CaseloadCase:
        names = {key: name for name, key in self.keys.items()}
        return replace(case, facts=self._facts(self.book.cases[names[case.key]])) if case.key in names else case

    def _facts(self, written: Written) -> dict[str, FactValue]:
        """The facts of a written case, each of its type."""
        found: dict[str, FactValue] = {}
        for name, text in written.facts.items():
            found[name], wrong = fact_value(self.given.framework.fact_by_id[name], str(text))
            if wrong:
                raise ValueError(wrong)
        return found

    def _events(self) -> Iterator[AnswerEvent]:
        answering = Answering(self.given, Plan(pack=PACK.name, caseload=COURT + OUT_OF_COURT), self.chance)
        by_key = {subject.key: subject for subject in self.subjects}
        first = self.given.inspection.dates.fieldwork_from
        for number, (name, key) in enumerate(self.keys.items()):
            begun = _at(first, day=number % 5 + 7 * (number // 5), hour=9 + 4 * (number % 2))
            yield from self._case(answering, by_key[key], self.book.cases[name], begun)
        lead = Where(by_key["the-service"], "service", "lead")
        overall = {"value": self.book.overall["grade"], "note": self.book.overall["note"]}
        yield answering.event(lead, "OVERALL.grade", overall, _at(first, day=11, hour=15))

    def _case(self, answering: Answering, subject: Subject, written: Written, begun: datetime) -> Iterator[AnswerEvent]:
        where = Where(subject, "case", written.auditor)
        events = [answering.event(where, name, said, begun) for name, said in written.facts_recorded()]
        at = begun
        for question in self.given.framework.questions.values():
            if question.tool == "case" and question.computed is None and self._applies(question, subject, events):
                at += timedelta(seconds=self.chance.between(60, 240, "pause", subject.key, question.id))
                events.append(answering.event(where, question.id, written.answer(question), at))
        yield from events
        for name, said in written.moderations():
            at = _at(self.given.inspection.dates.fieldwork_from, day=10, hour=14)
            event = answering.event(replace(where, actor="lead"), name, said, at)
            event = event._replace(pass_="moderated")  # noqa: S106 - the name of a pass
            yield event._replace(payload_sha256=payload_digest(event))

    def _applies(self, question: Question, subject: Subject, events: list[AnswerEvent]) -> bool:
        corrected = {
            event.question_id.removeprefix("fact:"): event.value for event in events if ":" in event.question_id
        }
        known = replace(subject, facts={**subject.facts, **corrected})
        (sheet,) = sheets(self.given.framework, [known], heads(events), screening="full", holidays=self.given.holidays)
        return sheet.standing(question.id).relevant is True

    def _actions(self) -> Iterator[Action]:
        for row in self.book.actions:
            key = self.keys[row["case"]] if "case" in row else ""
            yield Action(
                row["id"], "case" if key else "", key, row.get("question", ""), row["text"], row["owner"],
                date.fromisoformat(row["due"]), row["status"],
            )  # fmt: skip

    def _identities(self) -> Iterator[Identity]:
        """Invented names, so that the check for names has something to find."""
        people = [*self.keys.values(), *(f"w-{n}" for n in range(1, WORKERS + 1))]
        first, last = self.chance.order(FIRST, "first"), self.chance.order(LAST, "last")
        for number, key in enumerate(people):
            name = f"{first[number % len(first)]} {last[number % len(last)]}"
            yield Identity(key, name, local_id=f"HM-{self.chance.between(1000, 9999, 'local', key)}")


def _at(first: date, *, day: int, hour: int) -> datetime:
    return datetime(first.year, first.month, first.day, hour, tzinfo=UTC) + timedelta(days=day)
