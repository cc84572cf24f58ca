"""The rule language: reading and checking a framework of 1,000 questions, and settling one case of 250.

What reading is held against is PyYAML's C parser alone on the same file: events and nothing else. Settling a case is
held against two milliseconds: every question of one case gets its standing, from facts and answers that are there.
Reasons in words are not made, because nobody asked for them. A tenth of the questions use time between days, counts and
decision tables; the rest are those of the large framework.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.large_framework import FACTS, OWN, framework_files
from benchmarks.measuring import ROOT, Line, Run, compared, doing, in_turns, inside, machine, table, told

QUESTIONS, CASES = 1_000, 200
LIMIT_PARSER, LIMIT_CASE = 10, 0.002
PER_THEME = 25
SCALE = {
    "id": "item",
    "options": [{"value": "strength", "label": "Strength", "outcome": "sufficient"},
                {"value": "need", "label": "Area needing improvement", "outcome": "insufficient"}],
}  # fmt: skip


def lines(folder: Path, *, times: int = 5) -> list[Line]:
    """Everything about rules, measured now; the frameworks are written into ``folder``."""
    large, small = _written(folder, QUESTIONS), _written(folder, 250)
    with doing(f"Reading {QUESTIONS:,} questions and parsing them, {times} times each"):
        runs = in_turns(times, ours=lambda: _run("read", large), parser=lambda: _run("parse", large))
    with doing(f"Settling {CASES} cases of 250 questions, {times} times"):
        cases = in_turns(times, ours=lambda: _run("settle", small))["ours"]
    what = f"{QUESTIONS:,} questions: read and check; the C parser alone"
    return [compared(what, runs, LIMIT_PARSER, ("ours", "parser")), _one_case(cases)]


def _one_case(runs: list[Run]) -> Line:
    """By processor seconds: a hundredth of a second of waiting would be five times what is measured."""
    best = min(run.processor for run in runs) / CASES
    what = "One case of 250 questions: what applies, and how each stands"
    return Line(what, f"{best * 1000:.2f} ms", f"{LIMIT_CASE * 1000:.0f} ms", best / LIMIT_CASE, 1)


def _run(side: str, folder: Path) -> Run:
    return told("benchmarks.rules", "--inside", side, str(folder))


def _written(folder: Path, questions: int) -> Path:
    """A framework of so many questions in one file."""
    import yaml

    target = folder / f"{questions}-questions"
    if not target.exists():
        target.mkdir(parents=True)
        text = yaml.dump(
            framework_data(questions), Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=120
        )
        (target / "framework.yaml").write_text(text, "utf-8")
    return target


def framework_data(questions: int) -> dict[str, Any]:
    """The large framework in one file, with the newer operators in a tenth of its questions."""
    from caselight.formats.located_yaml import read_yaml

    files = framework_files(questions // PER_THEME)
    data = files.pop("framework.yaml")
    del data["parts"]
    data["themes"] = [_with_new_rules(theme) for file in files.values() for theme in file["themes"]]
    data["scales"].append(SCALE)
    words = ROOT / "packs" / "english" / "wording.yaml"
    return data | {"wording": read_yaml(words.read_bytes(), words.name).value["wording"]}


def _with_new_rules(theme: dict[str, Any]) -> dict[str, Any]:
    """A count, a span of time and a decision table in each theme."""
    name = theme["id"]
    by_id = {question["id"]: question for question in theme["questions"]}
    first = [f"{name}.0{number}" for number in (1, 2, 3)]
    by_id[f"{name}.08"]["when"] = {"count": first, "outcome": "insufficient", "at_most": 2}
    span = {"from": {"fact": "started"}, "to": {"fact": "assessed"}, "in": "months"}
    by_id[f"{name}.07"]["when"] = {"any": [{"elapsed": span, "at_most": 6}, {"fact": FACTS[0], "is": "yes"}]}
    lines = [
        {"value": "strength", "when": {"count": first, "outcome": "insufficient", "is": 0}, "provenance": OWN},
        {"value": "need", "when": {"count": first, "outcome": "insufficient", "at_least": 1}, "provenance": OWN},
    ]
    if f"{name}.23" in by_id:
        by_id[f"{name}.23"] |= {"scale": "item", "computed": {"table": {"lines": lines}}}
    return theme


def _inside_read(folder: Path) -> None:
    from caselight.formats.framework_yaml import framework_faults

    def work() -> None:
        framework, faults = framework_faults(folder)
        if framework is None or faults:
            raise SystemExit(f"The framework has faults: {faults[:3]}")

    inside(work)


def _inside_parse(folder: Path) -> None:
    import yaml

    text = (folder / "framework.yaml").read_text("utf-8")

    def work() -> None:
        for _event in yaml.parse(text, Loader=yaml.CSafeLoader):
            pass

    inside(work)


def _inside_settle(folder: Path) -> None:
    from caselight.formats.framework_yaml import read_framework
    from caselight.method.answers.events import heads
    from caselight.method.answers.sheet import sheets
    from caselight.method.caseload.case import Subject

    framework = read_framework(folder)
    facts = dict.fromkeys(FACTS, "yes") | {"started": date(2015, 9, 1), "assessed": date(2015, 9, 20)}
    cases = [Subject("case", f"c{number}", "", facts, facts) for number in range(CASES)]
    recorded = heads(_answers([case.key for case in cases]))
    holidays = {2015: (date(2015, 12, 25),)}
    made = sheets(framework, cases, recorded, screening="all", holidays=holidays)
    names = list(framework.questions)

    def work() -> None:
        for sheet in made:
            for name in names:
                sheet.standing(name)

    work_once = sheets(framework, cases[:1], recorded, screening="all", holidays=holidays)
    for name in names:
        work_once[0].standing(name)  # what is built on first use is built once for a whole process
    inside(work)


def _answers(keys: list[str]) -> list[Any]:
    """Every question answered for every case: what applies is worked out, not looked up."""
    from benchmarks.large_framework import QUESTIONS as ASKED
    from caselight.method.answers.events import COUNTED_PASSES, AnswerEvent

    blank = AnswerEvent(*[""] * 22)
    return [
        blank._replace(
            op_id=f"{key}/{asked.id}", tool="case", subject_kind="case", subject_key=key, question_id=asked.id,
            pass_=COUNTED_PASSES[1], value="no" if (number + at) % 7 == 0 else "yes", reasons=(), themes=(), notable=False,
            withdrawn=False, base_op_ids=(), framework_version="1.0",
        )
        for number, key in enumerate(keys)
        for at, asked in enumerate(ASKED)
        if asked.kind != "computed"
    ]  # fmt: skip


SIDES = {"read": _inside_read, "parse": _inside_parse, "settle": _inside_settle}


def main() -> None:
    """Measure rules alone and print the table; or, for ourselves, be one side of it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rules", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="keep the frameworks here")
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--inside", choices=sorted(SIDES), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.inside:
        SIDES[arguments.inside](arguments.folder)
        return
    with tempfile.TemporaryDirectory() as place:
        found = lines(arguments.folder or Path(place), times=arguments.times)
    sys.stdout.write(f"{machine()}\n\n{table(found)}")


if __name__ == "__main__":
    main()
