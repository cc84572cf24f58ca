"""The whole inspection: what is given, then caseload, sample, answers, evidence and people, written as a package.

``given/`` holds what is fact or decision: inspection.yaml, holidays.csv, comparators.csv, external.csv. The framework is the
SQS pack as it is. letter.md, README.md and accepted.csv in the folder are written by people and left alone.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from examples.generate.chance import Chance
from examples.generate.west_london.cases.caseload import Listed, listed
from examples.generate.west_london.cases.facts import facts_of
from examples.generate.west_london.cases.people import identities
from examples.generate.west_london.cases.sample import drawn, matched
from examples.generate.west_london.figures.solve import Solved, solve
from examples.generate.west_london.figures.targets import CASE_MANAGERS
from examples.generate.west_london.recorded.answers import Answering
from examples.generate.west_london.recorded.events import Recorder
from examples.generate.west_london.recorded.evidence import excerpts, locators
from examples.generate.west_london.recorded.interviews import opinions
from examples.generate.west_london.recorded.revisions import Revising
from examples.generate.west_london.recorded.timetable import Slot, as_table, timetable

from caselight.formats.framework_yaml import copy_framework
from caselight.formats.package.reading import read_package
from caselight.formats.package.seal import seal
from caselight.formats.package.writing import write_package
from caselight.method.answers.events import AnswerEvent
from caselight.method.caseload.case import FactValue, Subject
from caselight.method.caseload.eligibility import judge, window
from caselight.method.inspection.package import CaseloadCase, Package, SampledCase

GIVEN = Path(__file__).parent / "given"
PACK = Path(__file__).parents[3] / "packs" / "sqs"
SEED = "west-london"
MANAGED = (4, 4, 3, 3, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1)  # examined cases of each of the 16 case managers
EMPTY = {
    "subjects.csv": "subject_kind,subject_key,label,managed_by\n",
    "answers.csv": "op_id,tool,subject_kind,subject_key,table,row_key,question_id,pass,value,reasons,note,themes,"
    "notable,withdrawn,actor,device,base_op_ids,resolves_reason,client_time,server_time,framework_version,"
    "payload_sha256\n",
}
MADE = ("caseload.csv", "sample.csv", "locators.csv", "excerpts.csv", "interviews.csv", "private/identities.csv")


def west_london(folder: Path) -> None:
    """Write the package into ``folder``, keeping what people wrote there, and seal it."""
    _begin(folder)
    write_package(Made(read_package(folder)).package, folder)
    seal(folder)


def _begin(folder: Path) -> None:
    """An inspection without cases: what is given, the framework, and empty tables."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(GIVEN.iterdir()):
        shutil.copyfile(path, folder / path.name)
    shutil.rmtree(folder / "framework", ignore_errors=True)
    copy_framework(PACK, folder / "framework")
    for name, text in EMPTY.items():
        (folder / name).write_text(text, encoding="utf-8")
    for name in MADE:
        (folder / name).unlink(missing_ok=True)


@dataclass(frozen=True)
class Made:
    """Everything that is made, each part from the ones before it."""

    given: Package

    @cached_property
    def chance(self) -> Chance:
        """All chance of this example."""
        return Chance(SEED)

    @cached_property
    def package(self) -> Package:
        """The whole package."""
        chance, framework = self.chance, self.given.framework
        return replace(
            self.given,
            subjects=tuple(self._subjects()),
            caseload=tuple(self._caseload()),
            sample=self.sample,
            events=self.events,
            locators=tuple(locators(self.events, framework, chance)),
            excerpts=tuple(excerpts(self.events, self.facts, chance)),
            identities=identities(self.facts, self.managers, chance),
            tables={**self.given.tables, "interviews.csv": as_table(self.slots)},
        )

    @cached_property
    def listed(self) -> tuple[Listed, ...]:
        """The cases that the service listed."""
        return listed(self.chance)

    @cached_property
    def sample(self) -> tuple[SampledCase, ...]:
        """The sample, drawn by the design of inspection.yaml."""
        design, defaults = self.given.inspection.sample, self.given.framework.sample
        assert design and defaults  # noqa: S101, PT018 - inspection.yaml and the SQS pack have both
        reasons = {reason.id for reason in defaults.removal_reasons}
        return drawn(self.listed, design, reasons, self.chance)

    @cached_property
    def solved(self) -> Mapping[str, Solved]:
        """The solved case behind each examined one."""
        return matched(self.sample, self.listed, solve(self.chance), self.chance)

    @cached_property
    def facts(self) -> Mapping[str, dict[str, FactValue]]:
        """What the service supplied for each listed case."""
        return {
            row.key: facts_of(row, self.solved.get(row.key), self.chance, self.given.holidays) for row in self.listed
        }

    @cached_property
    def managers(self) -> tuple[str, ...]:
        """The keys of the case managers."""
        return tuple(sorted("m-" + self.chance.key("manager", number) for number in range(CASE_MANAGERS)))

    @cached_property
    def managed_by(self) -> Mapping[str, str]:
        """Who manages each listed case: of the examined ones between one and four each."""
        hands = [manager for manager, cases in zip(self.managers, MANAGED, strict=True) for _ in range(cases)]
        examined = dict(zip(self.chance.order(self.solved, "managed"), hands, strict=True))
        return {
            row.key: examined.get(row.key) or self.chance.pick(self.managers, "manages", row.key) for row in self.listed
        }

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """Who met whom, and when."""
        return timetable({key: self.managed_by[key] for key in self.solved}, self.managers)

    @cached_property
    def events(self) -> tuple[AnswerEvent, ...]:
        """Every answer, with its changes of mind."""
        recorder = Recorder(self.chance, self.given.framework.version)
        meetings = {slot.subject: slot for slot in self.slots}
        sheets = {
            key: {event.question_id: event for event in self._sheet(key, meetings[key], places, recorder)}
            for key, places in self._places()
        }
        revised = Revising(sheets, self.solved, recorder, self.chance).revised()
        return (*revised, *self._interviews(meetings, recorder))

    def _places(self) -> Iterator[tuple[str, Mapping[str, int]]]:
        """Each examined case with its place among the cases that fail each question."""
        seen: Counter[str] = Counter()
        for key in sorted(self.solved):
            yield key, {question: seen[question] for question in self.solved[key].fails}
            seen.update(self.solved[key].fails)

    def _sheet(self, key: str, slot: Slot, places: Mapping[str, int], recorder: Recorder) -> Iterator[AnswerEvent]:
        answering = Answering(
            self.given.framework, key, self.solved[key], self.facts[key], places=places, chance=self.chance
        )
        return recorder.sheet("case", key, answering.given(), actor=slot.inspector, start=slot.start)

    def _interviews(self, meetings: Mapping[str, Slot], recorder: Recorder) -> Iterator[AnswerEvent]:
        for manager, given in opinions(self.managers, self.given.framework, self.chance):
            slot = meetings[manager]
            yield from recorder.sheet("interview", manager, given, actor=slot.inspector, start=slot.start)

    def _caseload(self) -> Iterator[CaseloadCase]:
        eligibility, dates = self.given.framework.eligibility, self.given.inspection.dates
        assert eligibility  # noqa: S101 - the SQS pack has a window
        span = window(eligibility, dates.announced, dates.fieldwork_from)
        for key, facts in self.facts.items():
            verdict = judge(facts, span, eligibility)
            yield CaseloadCase(key, verdict.eligible, verdict.reason, facts, self.managed_by[key])

    def _subjects(self) -> Iterator[Subject]:
        examined = [row.case_key for row in self.sample if row.examined]
        for number, key in enumerate(examined, start=1):
            yield Subject("case", key, f"Case {number:02}", managed_by=self.managed_by[key])
        for number, key in enumerate(self.managers, start=1):
            yield Subject("case_manager", key, f"Case manager {number:02}")
