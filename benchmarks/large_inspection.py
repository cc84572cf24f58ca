"""Writes a valid inspection of any number of cases × 250 questions: ``python -m benchmarks.large_inspection FOLDER``.

Each question that applies is answered once, and about one answer in four was recorded again, so that 1,000 cases give
about 250,000 rows of ``answers.csv``. What is answered follows from hashes, so the same size gives the same bytes.
Rows are written as they are made: 10,000 cases need no more memory than ten.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from pathlib import Path

import yaml

from benchmarks.large_framework import EACH, FACTS, GOOD, REASONS, THEMES, Asked, framework_files, questions
from caselight.formats.package import layout
from caselight.method.answers.events import AnswerEvent, payload_digest

WORDING = Path(__file__).parents[1] / "packs" / "english" / "wording.yaml"
FIRST = datetime(2024, 1, 8, 9, tzinfo=UTC)
CASES_OF_A_MANAGER = 20
WITHDRAWN = False
HOLIDAYS = [(f"{year}-{day}",) for year in (2022, 2023, 2024) for day in ("01-01", "12-25")]
NOTES = (
    "The plan names what will be done, by whom and by when; it does not say why.",
    "School and health were asked. Their answers are on file, and were not used.",
    "Seen late: the case was allocated twice, “by mistake”, as the manager put it.",
    "The record holds one visit, of 12 May, and no account of what was said.",
)
INSPECTION = """\
schema: caselight.inspection/1
id: large
title: A large inspection, made for measuring
service: {name: Largeshire Youth Offending Service, short: Largeshire, areas: [{name: Largeshire}]}
dates: {announced: 2024-01-02, fieldwork_from: 2024-01-08, fieldwork_to: 2024-12-20}
languages: [en]
framework: {id: large, version: "1.0", screening: all}
team:
  - {key: lead, role: lead_inspector}
"""


class Chance:
    """Numbers from nought up to one hundred that follow from a name: eight of them, one after the other."""

    def __init__(self, name: str) -> None:
        self.bytes = blake2b(name.encode(), digest_size=32).digest()
        self.hex = self.bytes[20:].hex()
        self._at = 0

    def percent(self) -> float:
        """The next number."""
        self._at += 2
        return int.from_bytes(self.bytes[self._at - 2 : self._at]) / 655.36

    def one_of(self, items: tuple[str, ...]) -> str:
        """One of these, by the next number."""
        return items[int(self.percent() * len(items) / 100)]


class Recorder:
    """Makes the events of one case after the other; each is five seconds later than the one before."""

    def __init__(self) -> None:
        self.made = 0

    def event(
        self, case: str, question: str, chance: Chance, said: tuple[str, tuple[str, ...], str], *bases: str
    ) -> AnswerEvent:
        """One event: ``said`` is the value, the reasons and the note; ``bases`` are the events it takes the place of."""
        self.made += 1
        instant = FIRST + timedelta(seconds=5 * self.made)
        milliseconds = int(instant.timestamp()) * 1000
        text = chance.hex if not bases else chance.hex[::-1]
        op_id = (
            f"{milliseconds >> 16:08x}-{milliseconds & 0xFFFF:04x}-7{text[:3]}-"
            f"{'89ab'[chance.bytes[0] % 4]}{text[3:6]}-{text[6:18]}"
        )
        inspector = f"inspector-{1 + int(case[1:]) % 10}"
        value, reasons, note = said
        made = AnswerEvent(
            op_id, "case", "case", case, "", "", question, "first", value, reasons, note, (), chance.bytes[1] < 3, WITHDRAWN,
            inspector, f"device-{inspector}", bases, "", _written(instant), _written(instant + timedelta(seconds=2)),
            "1.0", "",
        )  # fmt: skip
        return made._replace(payload_sha256=payload_digest(made))


def _written(instant: datetime) -> str:
    return instant.isoformat()[:19] + "Z"


def write_large_inspection(folder: Path, cases: int, themes: int = THEMES, each: int = EACH) -> None:
    """Write an inspection of so many cases into a folder that does not exist yet: themes, and questions of each."""
    asked = questions(themes, each)
    (folder / "framework" / "themes").mkdir(parents=True)
    (folder / "inspection.yaml").write_text(INSPECTION + _team(), "utf-8")
    (folder / "framework" / "wording.yaml").write_bytes(WORDING.read_bytes())
    for name, data in framework_files(themes, each).items():
        text = yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=110)
        (folder / "framework" / name).write_text(text, "utf-8")
    _table(folder, layout.HOLIDAYS, iter(HOLIDAYS))
    _table(folder, layout.SUBJECTS, _subjects(cases))
    _table(folder, layout.CASELOAD, _caseload(cases), *FACTS, "started", "assessed", "school")
    _table(folder, layout.SAMPLE, ((_case(n), str(n), "all", "drawn", "", "", "") for n in range(1, cases + 1)))
    _table(folder, layout.ANSWERS, _answers(cases, asked))


def _team() -> str:
    return "".join(f"  - {{key: inspector-{number}, role: inspector}}\n" for number in range(1, 11))


def _table(folder: Path, of: layout.Layout, rows: Iterator[tuple[str, ...]], *more: str) -> None:
    with (folder / of.file).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow((*of.columns, *more))
        writer.writerows(rows)


def _case(number: int) -> str:
    return f"k{number:07}"


def _manager(number: int) -> str:
    return f"m{1 + number // CASES_OF_A_MANAGER:06}"


def _subjects(cases: int) -> Iterator[tuple[str, ...]]:
    for number in range(1, cases + 1):
        yield "case", _case(number), f"Case {number}", _manager(number)
    for manager in sorted({_manager(number) for number in range(1, cases + 1)}):
        yield "case_manager", manager, f"Case manager {int(manager[1:])}", ""


def facts_of(number: int) -> dict[str, str]:
    """The facts of one case: each of the eight holds for about six cases in ten."""
    chance = Chance(f"facts of {number}")
    return {name: "yes" if chance.percent() < 60 else "no" for name in FACTS}


def _caseload(cases: int) -> Iterator[tuple[str, ...]]:
    """Half as many cases again as are examined; the others have no manager of ours."""
    for number in range(1, cases + cases // 2 + 1):
        chance = Chance(f"dates of {number}")
        started = date(2023, 1, 2) + timedelta(days=int(chance.percent() * 2))
        assessed = started + timedelta(days=int(chance.percent() / 3))
        dates = started.isoformat(), assessed.isoformat()
        manager = _manager(number) if number <= cases else ""
        yield _case(number), "yes", "", manager, *facts_of(number).values(), *dates, ""


def _answers(cases: int, all_asked: tuple[Asked, ...]) -> Iterator[tuple[str, ...]]:
    recorder = Recorder()
    for number in range(1, cases + 1):
        case, facts = _case(number), facts_of(number)
        answered: dict[str, str] = {}
        again: list[tuple[Asked, AnswerEvent]] = []
        for asked in all_asked:
            if not _applies(asked, facts, answered):
                continue
            chance = Chance(f"{case} {asked.id}")
            event = recorder.event(case, asked.id, chance, _said(asked, chance))
            answered[asked.id] = event.value
            if chance.bytes[-1] < 66:
                again.append((asked, event))
            yield _row(event)
        for asked, before in again:
            said = before.value, before.reasons, before.note or NOTES[0]
            yield _row(recorder.event(case, asked.id, Chance(before.op_id), said, before.op_id))


def _applies(asked: Asked, facts: dict[str, str], answered: dict[str, str]) -> bool:
    if asked.kind == "computed":
        return False
    return (not asked.gate or answered.get(asked.gate) == "yes") and (not asked.fact or facts[asked.fact] == "yes")


def _said(asked: Asked, chance: Chance) -> tuple[str, tuple[str, ...], str]:
    """The value, its reasons and a note."""
    luck = chance.percent()
    if asked.kind == "gate":
        return ("yes" if luck < 80 else "no"), (), ""
    note = chance.one_of(NOTES) if chance.percent() < 15 else ""
    if luck < 3:
        return "not_relevant", ("done-elsewhere",), note
    if luck < 25:
        reasons = tuple(dict.fromkeys((chance.one_of(REASONS), chance.one_of(REASONS))))
        return "no", reasons, note or (NOTES[1] if "other" in reasons else "")
    return "yes", (chance.one_of(GOOD),) if luck > 90 else (), note


def _row(event: AnswerEvent) -> tuple[str, ...]:
    return (
        *event[:9], "|".join(event.reasons), event.note, "", "yes" if event.notable else "no", "no", event.actor,
        event.device, "|".join(event.base_op_ids), *event[17:],
    )  # fmt: skip


def main() -> None:
    """Read the command line and write."""
    parser = argparse.ArgumentParser(description=write_large_inspection.__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cases", type=int, default=1_000)
    arguments = parser.parse_args()
    write_large_inspection(arguments.folder, arguments.cases)


if __name__ == "__main__":
    main()
