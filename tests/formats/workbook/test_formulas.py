"""Rules as formulas: LibreOffice works out every state of every line, and gets what the sheet of the method says.

The formulas' remembered values are wiped first, so nothing is read that was not worked out there.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.factories import small
from tests.factories.workbooks import Chance, Office, contents, forgetful, grids, letters, made_up

from caselight.formats.framework_yaml import read_framework
from caselight.formats.workbook.contents import Contents
from caselight.formats.workbook.formulas.rules import OPERATORS
from caselight.formats.workbook.writing.workbook import workbook_bytes
from caselight.method.analysis.figure import Cell
from caselight.method.analysis.tallies import cell
from caselight.method.answers.sheet import Sheet
from caselight.method.faults import Faults
from caselight.method.framework import truth
from caselight.method.framework.definition import Framework
from caselight.method.framework.rules import Measured, Rated, Ratings, Truth
from caselight.method.inspection.package import Package

ROOT = Path(__file__).parents[3]
Grids = dict[str, list[list[object]]]
Worked = tuple[Contents, Grids, Grids]
LETTER = {
    Cell.SUFFICIENT: "S",
    Cell.INSUFFICIENT: "I",
    Cell.NOT_RELEVANT_BY_RULE: "R",
    Cell.NOT_RELEVANT_BY_INSPECTOR: "N",
    Cell.UNANSWERED: "U",
    Cell.CONTESTED: "C",
}


def worked_out(package: Package, office: Office, name: str, layout: str = "rows") -> Worked:
    """The workbook as written, and as LibreOffice saves it after working everything out afresh."""
    made = contents(package, layout=layout)
    data = workbook_bytes(made, made.book())
    return made, grids(data), grids(office.saved_as(forgetful(data), "ods", name))


def applies(sheet: Sheet, question_id: str) -> Truth:
    """Whether a question applies, by the rules of the framework alone."""
    question = sheet.framework.questions[question_id]
    try:
        held = truth.truth(question.when, sheet)
        if question.not_relevant_when is None or held is False:
            return held
        other = truth.truth(question.not_relevant_when, sheet)
    except Faults:  # working days of a year without listed holidays
        return None
    return held if other is False else truth.negated(other)


# ── every operator and every comparison, one question each ───────────────────────────────────────────────────────────

RULES: dict[str, dict[str, object]] = {
    "always": {"always": True},
    "all": {"all": [{"fact": "yes", "is": "yes"}, {"fact": "level", "is": "high"}]},
    "any": {"any": [{"fact": "yes", "is": "yes"}, {"fact": "level", "is": "high"}]},
    "not": {"not": {"fact": "yes", "is": "yes"}},
    "not-relevant": {"not_relevant": "GATED"},
    "deep": {"not": {"all": [{"not": {"any": [{"fact": "yes", "is": "yes"}, {"not": {"answer": "GATE", "is": "yes"}}]}},
                             {"not": {"fact": "level", "in": ["low", "high"]}}]}},
    "is-choice": {"fact": "level", "is": "high"},
    "is-none-of-its-options": {"fact": "level", "is": "nothing"},
    "is-number": {"fact": "age", "is": 12},
    "is-text": {"fact": "town", "is": "Ashford"},
    "in-choice": {"fact": "level", "in": ["low", "medium"]},
    "in-number": {"fact": "age", "in": [3, 5, 12]},
    "in-text": {"fact": "town", "in": ["Ashford", "x=1"]},
    "known": {"fact": "age", "known": True},
    "unknown": {"fact": "level", "known": False},
    "day-known": {"fact": "start", "known": True},
    "at-least": {"fact": "age", "at_least": 12},
    "at-most": {"fact": "age", "at_most": 11.5},
    "before": {"fact": "start", "before": "2015-11-15"},
    "after": {"fact": "start", "after": "2015-11-15"},
    "before-fact": {"fact": "start", "before": {"fact": "done"}},
    "after-answer": {"fact": "start", "after": {"answer": "DAY"}},
    "same-choice": {"fact": "level", "same_as": {"fact": "level2"}},
    "same-text": {"fact": "town", "same_as": {"fact": "town2"}},
    "answer": {"answer": "GATED", "is": "no"},
    "answer-known": {"answer": "GATED", "known": True},
    "answer-number": {"answer": "NUMBER", "at_least": 10},
    "answer-day": {"answer": "DAY", "before": "2015-12-01"},
    "outcome": {"outcome": "GATED", "is": "insufficient"},
    "outcome-in": {"outcome": "GATED", "in": ["sufficient", "insufficient"]},
    "computed": {"outcome": "RULED", "is": "sufficient"},
    "includes": {"answer": "MANY", "includes": "b"},
    "includes-any": {"answer": "MANY", "includes_any": ["a", "c"]},
    "includes-all": {"answer": "MANY", "includes_all": ["a", "c"]},
    "includes-none": {"answer": "MANY", "includes_none": ["a", "b"]},
    "days": {"elapsed": {"from": {"fact": "start"}, "to": {"fact": "done"}}, "at_least": -3, "at_most": 20},
    "weeks": {"elapsed": {"from": {"fact": "start"}, "to": {"fact": "done"}, "in": "weeks"}, "at_least": -1, "at_most": 3},
    "months": {"elapsed": {"from": {"fact": "start"}, "to": {"fact": "done"}, "in": "months"}, "at_least": 1},
    "months-0": {"elapsed": {"from": {"fact": "start"}, "to": {"fact": "done"}, "in": "months"}, "is": 0},
    "working": {"elapsed": {"from": {"fact": "start"}, "to": {"fact": "done"}, "in": "working_days"}, "at_most": 15},
    "working-back": {"elapsed": {"from": {"fact": "start"}, "to": {"fact": "done"}, "in": "working_days"}, "at_least": -5},
    "days-answer": {"elapsed": {"from": {"answer": "DAY"}, "to": {"fact": "done"}}, "at_least": 5},
    "working-old": {"elapsed": {"from": {"fact": "old"}, "to": {"fact": "done"}, "in": "working_days"}, "at_most": 15},
    "count-outcome": {"count": ["GATED", "FREE", "RULED"], "outcome": "insufficient", "at_most": 1},
    "count-answer": {"count": ["GATED", "FREE", "GATE"], "answer": "yes", "is": 2},
    "count-relevant": {"count": ["GATED", "FREE"], "relevant": True, "at_least": 2},
    "rows": {"rows": "crime", "at_least": 2},
    "rows-where": {"rows": "crime", "where": {"all": [{"answer": "CRIME", "is": "no"}, {"fact": "yes", "is": "yes"}]}, "at_most": 1},
}  # fmt: skip
OWN = "own-design"


def every_rule() -> Framework:
    """A framework with a question for each rule, what the rules look at, and every way to compute."""
    opinion = {"id": "opinion", "options": [
        {"value": "yes", "label": "Yes", "outcome": "sufficient", "points": 3},
        {"value": "no", "label": "No", "outcome": "insufficient"}, {"value": "cannot", "label": "Cannot say"}]}  # fmt: skip
    many = {"id": "many", "data_only": True, "multiple": True,
            "options": [{"value": value, "label": f"Option {value}"} for value in "abc"]}  # fmt: skip
    levels = [{"value": value, "label": value.capitalize()} for value in ("low", "medium", "high")]
    lines = [{"value": "no", "when": {"fact": "level", "is": "low"}},
             {"value": "not_relevant", "when": {"answer": "GATE", "is": "no"}},
             {"value": "yes", "when": {"fact": "yes", "is": "yes"}}]  # fmt: skip
    points = {"questions": ["GATED", "FREE", "RULED"]}
    plain = {"scale": "opinion", "reasons": []}
    asked = [
        small.question("GATE", kind="gate", scale="gate", reasons=[]),
        small.question("GATED", when={"answer": "GATE", "is": "yes"}, **plain),
        small.question("FREE", not_relevant_when={"fact": "level", "is": "low"}, **plain),
        small.question("NUMBER", kind="data", type="integer", scale=None, reasons=[]),
        small.question("DAY", kind="data", type="date", scale=None, reasons=[], when={"fact": "yes", "is": "yes"}),
        small.question("MANY", kind="data", scale="many", reasons=[]),
        small.question("RULED", kind="computed", when={"fact": "yes", "known": True},
                       computed={"sufficient_when": {"all": [{"answer": "GATED", "is": "yes"}, {"fact": "yes", "is": "yes"}]}}),
        small.question("TIMED", kind="computed", computed={"on_time": {"start": "start", "done": "done", "due": "old", "targets": [
            {"working_days": 20, "when": {"fact": "level", "is": "high"}, "provenance": OWN}, {"working_days": 0, "when": {"fact": "level", "is": "low"}, "provenance": OWN},
            {"working_days": 10, "provenance": OWN}]}}),
        small.question("FIRST", kind="computed", computed={"table": {"lines": lines, "first_match": True, "otherwise": "no"}}),
        small.question("APART", kind="computed", scale="opinion", computed={"may_override": True, "table": {"lines": [
            {"value": "no", "when": {"fact": "level", "is": "low"}}, {"value": "cannot", "when": {"fact": "level", "is": "high"}}]}}),
        *(small.question(f"P-{way}", kind="computed", computed={"points": {**points, "as": way}}) for way in ("sum", "mean", "share")),
        small.question("SCORED", when={"answer": "P-sum", "at_least": 3}, **plain),
        *(small.question(f"Q-{name}", when=rule, **plain) for name, rule in RULES.items()),
        small.question("CRIME", tool="crime", when={"any": [{"fact": "own", "is": "yes"}, {"answer": "GATE", "is": "yes"}]}, **plain),
        small.question("MATE", tool="crime", when={"rows": "crime", "where": {"fact": "own", "is": "no"}, "at_least": 1}, **plain),
    ]  # fmt: skip
    base = {"provenance": OWN}
    facts = [
        {"id": "yes", "label": "Yes or no", "type": "yes_no", **base},
        *({"id": name, "label": name, "type": "choice", "options": levels, **base} for name in ("level", "level2")),
        {"id": "age", "label": "Age", "type": "integer", **base},
        *({"id": name, "label": name, "type": "text", **base} for name in ("town", "town2")),
        *({"id": name, "label": name, "type": "date", **base} for name in ("start", "done", "old")),
        {"id": "own", "label": "Of the row", "type": "yes_no", "subject": "crime", **base},
    ]
    gate = small.framework().scale_by_id["gate"].model_dump()
    return small.framework(
        scales=[opinion, many, gate, {**opinion, "id": "sufficiency", "options": opinion["options"][:2]}],
        facts=facts,
        subjects=[{"id": "case", "one": "case", "many": "cases"},
                  {"id": "crime", "one": "crime", "many": "crimes", "sampled": False, "found_in": "case"}],
        tools=[{"id": "case", "subject": "case", "title": "Case"}, {"id": "crime", "subject": "crime", "title": "Crime"}],
        themes=[{"id": "T", "title": "The theme", "number": 1, "questions": asked}],
        populations=[], counts=[],
    )  # fmt: skip


@pytest.fixture(scope="module")
def ruled(office: Office) -> Worked:
    """Thirty cases of the framework of rules, worked out by LibreOffice."""
    return worked_out(made_up(every_rule(), 30), office, "rules", "sheets")


def test_libreoffice_gets_what_python_gets_in_every_cell(ruled: Worked) -> None:
    _, written, saved = ruled
    assert list(written) == list(saved)
    assert differing(written, saved) == []


def differing(written: Grids, saved: Grids) -> list[str]:
    """The cells of two files that differ, but for the last digits of a number."""
    found = []
    for sheet, before in written.items():
        after = saved[sheet]
        for row, line in enumerate(before):
            other = after[row] if row < len(after) else []
            for column, value in enumerate(line):
                now = other[column] if column < len(other) else ""
                near = isinstance(value, float) and isinstance(now, float) and abs(value - now) < 1e-9
                if value != now and not near:
                    found.append(f"{sheet}!{letters(column)}{row + 1}: {value!r} is {now!r}")
    return found


WORDS = {True: "yes", False: "no", None: "open"}


@pytest.mark.parametrize("name", RULES)
def test_a_question_is_greyed_exactly_where_its_rule_is_false(ruled: Worked, name: str) -> None:
    made, _, saved = ruled
    said, wanted = [], []
    for record in made.book().records:
        line = next(row for row in saved[record.label] if row[0] == f"Q-{name}")
        said.append(line[3])
        wanted.append(WORDS[applies(made.sheets[record.kind, record.key], f"Q-{name}")])
    assert said == wanted
    if name not in {"always", "is-none-of-its-options"}:
        assert len(set(wanted)) > 1, "the made-up cases do not tell this rule from a constant"


def test_the_rules_of_this_page_use_every_operator_and_every_comparison() -> None:
    questions = [every_rule().questions[f"Q-{name}"] for name in RULES]
    used = {type(part) for question in questions for part in _parts(question.when)}
    assert used == set(OPERATORS)
    assert {how for rule in RULES.values() for how in _hows(rule)} == set(truth.COMPARISONS) | {"known"}
    assert set(truth.OPERATORS) - set(OPERATORS) == {Measured, Rated, Ratings}


def _parts(rule: object) -> list[object]:
    from caselight.method.framework.rules import parts

    return [rule, *(inner for _, part in parts(rule) for inner in _parts(part))]  # type: ignore[arg-type]


def _hows(rule: object) -> set[str]:
    if isinstance(rule, dict):
        own = {key for key in rule if key in truth.COMPARISONS or key == "known"} if "elapsed" not in rule else set()
        return own.union(*(_hows(value) for value in rule.values()))
    return set().union(*map(_hows, rule)) if isinstance(rule, list) else set()


# ── the packs, in hundreds of cases ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
@pytest.mark.parametrize("pack", ["packs/sqs", "packs/local-case-audit"])
def test_hundreds_of_made_up_cases_count_as_the_method_counts_them(pack: str, office: Office) -> None:
    made, _, saved = worked_out(made_up(read_framework(ROOT / pack), 100), office, pack.rpartition("/")[2])
    letters_seen = set()
    many = {subject.id: subject.many.in_(made.language_) for subject in made.package.framework.subjects}
    for kind in dict.fromkeys(record.kind for record in made.book().records):
        said = saved[f"All {many[kind]}"]
        head = said[1]
        for row, record in zip(said[2:], (r for r in made.book().records if r.kind == kind), strict=False):
            sheet = made.sheets[record.kind, record.key]
            for column, question_id in enumerate(head[1:], 1):
                standing = sheet.standing(str(question_id))
                question = sheet.framework.questions[str(question_id)]
                wanted = LETTER[cell(standing)]
                if wanted == "N" and standing.by != "inspector" and question.kind in ("gate", "data"):
                    wanted = "A"  # answered, and counted nowhere
                assert row[column] == wanted, (record.key, question_id)
                letters_seen.add(wanted)
    assert letters_seen >= set("SIRNUC")


@pytest.mark.slow
@pytest.mark.parametrize(
    "pack",
    ["packs/youth-2018-25", "packs/facility-review", "packs/youth-national-standards", "packs/adult-social-care",
     "packs/child-family-review", "tests/specimens/crime-files", "tests/specimens/programme-points"],
)  # fmt: skip
def test_every_cell_of_every_pack_comes_out_in_libreoffice_as_it_was_written(pack: str, office: Office) -> None:
    package = made_up(read_framework(ROOT / pack), 8, seed=pack)
    _, written, saved = worked_out(package, office, pack.rpartition("/")[2], "sheets")
    assert differing(written, saved) == []


def test_chance_is_the_same_everywhere() -> None:
    assert [Chance("a").below(100), Chance("b").below(100)] == [Chance("a").below(100), Chance("b").below(100)]
