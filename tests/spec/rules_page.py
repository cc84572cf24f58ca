"""Renders docs/reference/rules.md from the specification: ``python -m tests.spec.rules_page`` writes it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tests.spec.rules import COMPARISONS, OPERATORS

from caselight.method.framework.rules import AllOf, AnyOf, Not, Test, Truth
from caselight.method.framework.truth import Facts, truth

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "rules.md"
SIGN: dict[Truth, str] = {True: "T", False: "F", None: "?"}

BEGINNING = """\
# The rule language

A rule says for whom something holds: when a question applies, who belongs to a sub-population, when answers do not fit
together, which line of a decision table counts. It is a small closed tree, written as YAML. There is no arithmetic, no
coercion and no program in it, so that anybody can evaluate it by hand and every tool gets the same result.

This page is made from the specification tests of the language (`tests/spec`), and every row of its tables is evaluated.

## Three values

A rule is true, false or **unknown**. Unknown is not false: a fact that nobody supplied, a question that nobody has
answered, and a question with two answers that nobody has decided between all make a test unknown. A question whose rule
is unknown is *not yet answered*, never *not relevant*.

A question that does not apply has no answer, so every test of its answer or outcome is false. That is how a gate closes
everything behind it.

In the tables, *Given* is what is known of one case. `A = yes` is an answer or a fact; `A not relevant` a question that
does not apply; `placement(ended = yes)` something that was found in the case, with what is known of it; whatever is not
named is not known.

## Operators
"""

TESTS = """
## Tests

A test names exactly one of `fact`, `answer` and `outcome`, and exactly one comparison. `before`, `after` and `same_as`
may name another fact or answer to compare with: `{fact: begun, before: {answer: R1.day}}`.

"""

END = """
## What a rule may look at

- Facts of the same kind of subject, and questions that stand before it in the framework: so rules can always be settled
  from top to bottom, and no circle is possible.
- Where the subject is found in another, as a placement in a case, the facts and earlier questions of that other too.
- Inside `rows`, what was found and the case around it.
- Measures and ratings only in the rules of ratings, and there the facts and questions of what is rated.
- The rule of eligibility, and those of samples, look at facts alone, since they are used before anything is answered;
  working days cannot be counted there.

`caselight check` finds a rule that can never hold, one that always holds, a comparison that does not fit its fact, and a
value that is never recorded; lines of a decision table that overlap, and cases that none of them fits, each with an
example. Where there is too much to try, it says nothing.

## In words

Every rule can be put into a sentence, for the document that inspectors read: "when a pre-sentence report was prepared
and at least two placements were found". The words come from `rules` in the wording of each language, and from `said` of
facts and questions.
"""


def page() -> str:
    """The whole page."""
    operators = "".join(f"\n### {o.key}\n\n{_wrapped(o.says)}\n\n{_table(o.examples)}" for o in OPERATORS)
    fits = [(f"`{c.key}`", c.fits, c.holds) for c in COMPARISONS]
    tests = _rows(("Comparison", "Fits", "Holds when"), fits) + "\n"
    tests += _table(example for comparison in COMPARISONS for example in comparison.examples)
    return BEGINNING + operators + TESTS + tests + _truth_tables() + END


def _table(examples: Iterable[tuple[str, str, str]]) -> str:
    rows = ((f"`{rule}`".replace("|", r"\|"), given.replace("|", r"\|"), said) for rule, given, said in examples)
    return _rows(("Rule", "Given", "Is"), rows)


def _rows(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join("|" + "|".join(f" {cell} " if cell else " " for cell in row) + "|\n" for row in lines).replace(
        "| --- ", "|---"
    )


def _wrapped(text: str, width: int = 120) -> str:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] += (" " if lines[-1] else "") + word
    return "\n".join(lines)


class _Taken(Facts):
    def fact(self, name: str) -> str | None:
        return {"T": "yes", "F": "no"}.get(name)


def _truth_tables() -> str:
    text = "\n## Truth tables\n\n`T` is true, `F` false, `?` unknown.\n"
    for name, kind in (("all", AllOf), ("any", AnyOf)):
        rows = []
        for row in SIGN.values():
            cells = [kind(**{name: (_test(row), _test(column))}) for column in SIGN.values()]
            rows.append((f"**{row}**", *(SIGN[truth(cell, _Taken())] for cell in cells)))
        text += "\n" + _rows((name, *SIGN.values()), rows)
    negated = [(sign, SIGN[truth(Not(not_=_test(sign)), _Taken())]) for sign in SIGN.values()]
    return text + "\n" + _rows(("not", "is"), negated)


def _test(sign: str) -> Test:
    return Test(fact=sign, is_="yes")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
