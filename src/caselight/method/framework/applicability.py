"""Why a question applies or does not, in the framework's own words, and the words in which it is asked.

"Not asked because no pre-sentence report was prepared" is not written anywhere by hand: the rule is evaluated, the tests
that decided it are found, and each is put into words with the ``said`` phrases of its fact or gate.
"""

from __future__ import annotations

from caselight.method.framework.definition import Framework
from caselight.method.framework.explaining import explained, why_not
from caselight.method.framework.questions import Question, Variant
from caselight.method.framework.rules import Rule
from caselight.method.framework.truth import Facts, truth

__all__ = ["because", "variant", "why_not"]


def because(rule: Rule, facts: Facts, framework: Framework, language: str) -> tuple[str, ...]:
    """The tests that make a rule false for a subject, in words, each once and in the order of the rule.

    Empty when the rule is true or not yet known.
    """
    return explained(rule, facts, framework, language, wanted=False)


def variant(question: Question, facts: Facts) -> Variant | None:
    """The other words in which a question is asked of a subject: the first variant that holds.

    While an earlier one is not known, the question is asked in its own words.
    """
    for found in question.variants:
        held = truth(found.when, facts)
        if held is not False:
            return found if held else None
    return None
