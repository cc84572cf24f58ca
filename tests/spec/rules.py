"""The specification of the rule language: what each operator and each comparison gives, case by case.

`docs/reference/rules.md` is rendered from these tables (`python -m tests.spec.rules_page`), and every row is evaluated.
The second column is what is known of one case: `psr = yes` a fact or an answer, `R2 not relevant` a question that does
not apply, `placement(ended = yes)` something that was found in the case, with what is known of it.
"""

from __future__ import annotations

from typing import NamedTuple

T, F, U = "true", "false", "unknown"


class Operator(NamedTuple):
    """One operator: its key, what it says in a sentence or two, and what it gives."""

    key: str
    says: str
    examples: tuple[tuple[str, str, str], ...]


class Comparison(NamedTuple):
    """One comparison: what it fits, when it holds, and an example either way."""

    key: str
    fits: str
    holds: str
    examples: tuple[tuple[str, str, str], ...]


BOTH = "{all: [{fact: psr, is: yes}, {fact: custodial, is: yes}]}"
EITHER = "{any: [{fact: psr, is: yes}, {fact: custodial, is: yes}]}"
IN_TIME = "{elapsed: {from: {fact: begun}, to: {fact: done}, in: working_days}, at_most: 3}"
MONTH = "{elapsed: {from: {fact: begun}, to: {fact: done}, in: months}, at_least: 1}"
FEW = "{count: [I1, I2, I3], outcome: insufficient, at_most: 1}"
ENDED = "{rows: placement, where: {fact: ended, is: yes}, at_least: 2}"
GOOD = "{ratings: [SAFE, CARING], or_better: good, times: {at_least: 2}}"

OPERATORS = (
    Operator("always", "Holds for everybody.", (("{always: true}", "", T),)),
    Operator(
        "all",
        "True when every part is, false as soon as one is false, otherwise unknown.",
        ((BOTH, "psr = yes, custodial = yes", T), (BOTH, "psr = no", F), (BOTH, "psr = yes", U)),
    ),
    Operator(
        "any",
        "True as soon as one part is, false when every part is, otherwise unknown.",
        ((EITHER, "psr = yes", T), (EITHER, "psr = no, custodial = no", F), (EITHER, "psr = no", U)),
    ),
    Operator(
        "not",
        "The opposite; unknown stays unknown.",
        (
            ("{not: {fact: psr, is: yes}}", "psr = no", T),
            ("{not: {fact: psr, is: yes}}", "psr = yes", F),
            ("{not: {fact: psr, is: yes}}", "", U),
        ),
    ),
    Operator(
        "not_relevant",
        "Holds where a rule says that the question does not apply, and where the inspector said so.",
        (
            ("{not_relevant: R2}", "R2 not relevant", T),
            ("{not_relevant: R2}", "R2 = yes", F),
            ("{not_relevant: R2}", "", U),
        ),
    ),
    Operator(
        "fact",
        "Tests a fact of the case: see [tests](#tests).",
        (("{fact: psr, is: yes}", "psr = yes", T), ("{fact: psr, is: yes}", "psr = no", F),
         ("{fact: psr, is: yes}", "", U)),
    ),
    Operator(
        "answer",
        "Tests the answer to a question. A question that does not apply has no answer, so the test is false.",
        (
            ("{answer: R2.due, is: yes}", "R2.due = yes", T),
            ("{answer: R2.due, is: yes}", "R2.due = no", F),
            ("{answer: R2.due, is: yes}", "R2.due not relevant", F),
            ("{answer: R2.due, is: yes}", "", U),
        ),
    ),
    Operator(
        "outcome",
        "Tests what an answer counts as: `sufficient` or `insufficient`.",
        (
            ("{outcome: R2, is: insufficient}", "R2 = insufficient", T),
            ("{outcome: R2, is: insufficient}", "R2 = sufficient", F),
            ("{outcome: R2, is: insufficient}", "R2 not relevant", F),
            ("{outcome: R2, is: insufficient}", "", U),
        ),
    ),
    Operator(
        "elapsed",
        "The time from one day to another, in whole `days` (unless written), `working_days`, `weeks` or `months`; bounds "
        "are `is`, `at_least` and `at_most`. Each day is a fact or an answer. Time to an earlier day is below nought. "
        "A month has passed on the same day of a later month, or on its last day where it has no such day. Working days "
        "leave out weekends and the days of `holidays.csv` (below 25 and 28 December 2015 and 1 January 2016); the day of "
        "the start is day nought.",
        (
            (IN_TIME, "begun = 2015-12-24, done = 2015-12-31", T),
            (IN_TIME, "begun = 2015-12-24, done = 2016-01-04", F),
            (IN_TIME, "begun = 2015-12-24", U),
            (MONTH, "begun = 2016-01-31, done = 2016-02-29", T),
            (MONTH, "begun = 2016-01-31, done = 2016-02-28", F),
            (MONTH, "begun = 2016-03-01, done = 2016-02-29", F),
            ("{elapsed: {from: {fact: begun}, to: {fact: done}, in: weeks}, at_least: 1, at_most: 2}",
             "begun = 2016-03-01, done = 2016-03-21", T),
            ("{elapsed: {from: {fact: begun}, to: {fact: done}}, is: -1}", "begun = 2016-03-01, done = 2016-02-29", T),
            ("{elapsed: {from: {fact: begun}, to: {answer: R1.day}}, at_most: 5}",
             "begun = 2016-03-01, R1.day not relevant", F),
        ),
    ),
    Operator(
        "count",
        "How many of the questions have that `outcome` or that `answer`, or apply at all (`relevant: true`). Those that "
        "do not apply are not counted. Those not answered yet may still count, so a number is known only once they "
        "cannot change it.",
        (
            (FEW, "I1 = sufficient, I2 = insufficient, I3 not relevant", T),
            (FEW, "I1 = insufficient, I2 = insufficient", F),
            (FEW, "I1 = sufficient, I2 = insufficient", U),
            (FEW, "I1 = sufficient, I2 = sufficient", T),
            ("{count: [I1, I2], answer: yes, is: 1}", "I1 = yes, I2 = no", T),
            ("{count: [I1, I2], answer: yes, is: 1}", "I1 = yes", U),
            ("{count: [I1, I2], relevant: true, at_least: 1}", "I1 not relevant, I2 = no", T),
            ("{count: [I1, I2], relevant: true, at_least: 1}", "I1 not relevant, I2 not relevant", F),
        ),
    ),
    Operator(
        "rows",
        "How many subjects of a kind were found in this one, such as placements of a child, and for how many of them "
        "`where` holds. `where` looks at what was found; what is not its own is looked up in the case.",
        (
            (ENDED, "placement(ended = yes), placement(ended = yes)", T),
            (ENDED, "placement(ended = yes), placement(ended = no)", F),
            (ENDED, "placement(ended = yes), placement()", U),
            (ENDED, "placement(ended = yes), placement not known", U),
            ("{rows: placement, is: 0}", "", T),
            ("{rows: placement, where: {fact: custodial, is: yes}, at_least: 1}",
             "placement(ended = yes), custodial = yes", T),
        ),
    ),
    Operator(
        "measure",
        "The value of a measure of the whole inspection. Only in the rules of ratings.",
        (
            ("{measure: SCORE, at_least: 80}", "SCORE = 80", T),
            ("{measure: SCORE, at_least: 80}", "SCORE = 79", F),
            ("{measure: SCORE, at_least: 80}", "", U),
        ),
    ),
    Operator(
        "rating",
        "The grade of another rating: `is`, `or_better` or `or_worse`. What is not rated has no grade, so the test is "
        "false. Only in the rules of ratings. The grades below are inadequate, fair, good, outstanding.",
        (
            ("{rating: SAFE, or_better: good}", "SAFE = outstanding", T),
            ("{rating: SAFE, or_better: good}", "SAFE = fair", F),
            ("{rating: SAFE, or_better: good}", "", U),
            ("{rating: SAFE, or_worse: fair}", "SAFE = inadequate", T),
            ("{rating: SAFE, is: fair}", "SAFE = inadequate", F),
            ("{rating: SAFE, or_worse: fair}", "SAFE not relevant", F),
        ),
    ),
    Operator(
        "ratings",
        "How many of several ratings have that grade, or a better or worse one. Only in the rules of ratings.",
        (
            (GOOD, "SAFE = good, CARING = outstanding", T),
            (GOOD, "SAFE = fair", F),
            (GOOD, "SAFE = good", U),
        ),
    ),
)  # fmt: skip

COMPARISONS = (
    Comparison(
        "is", "facts that are yes or no, a choice, text or a number; answers; outcomes", "the value is this one",
        (("{fact: order, is: licence}", "order = licence", T), ("{fact: order, is: licence}", "order = referral", F)),
    ),
    Comparison(
        "in", "the same", "the value is one of these",
        (("{fact: order, in: [licence, referral]}", "order = referral", T),
         ("{fact: order, in: [licence, referral]}", "order = community", F)),
    ),
    Comparison(
        "includes", "answers of a scale with several options", "this option is among those chosen",
        (("{answer: M3.needs, includes: slcn}", "M3.needs = slcn|reports", T),
         ("{answer: M3.needs, includes: slcn}", "M3.needs = reports", F)),
    ),
    Comparison(
        "includes_any", "the same", "at least one of these options is chosen",
        (("{answer: M3.needs, includes_any: [slcn, law]}", "M3.needs = law|reports", T),
         ("{answer: M3.needs, includes_any: [slcn, law]}", "M3.needs = reports", F)),
    ),
    Comparison(
        "includes_all", "the same", "every one of these options is chosen",
        (("{answer: M3.needs, includes_all: [slcn, law]}", "M3.needs = law|slcn|reports", T),
         ("{answer: M3.needs, includes_all: [slcn, law]}", "M3.needs = law|reports", F)),
    ),
    Comparison(
        "includes_none", "the same", "none of these options is chosen",
        (("{answer: M3.needs, includes_none: [slcn, law]}", "M3.needs = reports", T),
         ("{answer: M3.needs, includes_none: [slcn, law]}", "M3.needs = law|reports", F)),
    ),
    Comparison(
        "at_least", "numbers: facts, answers that are whole numbers, points", "the value is not below this one",
        (("{fact: age, at_least: 16}", "age = 16", T), ("{fact: age, at_least: 16}", "age = 15", F)),
    ),
    Comparison(
        "at_most", "the same", "the value is not above this one",
        (("{fact: age, at_most: 17}", "age = 17", T), ("{fact: age, at_most: 17}", "age = 18", F)),
    ),
    Comparison(
        "before", "dates, against a day that is written or another date by its name",
        "the value is earlier; the day itself is not",
        (('{fact: sentenced, before: "2015-10-01"}', "sentenced = 2015-09-30", T),
         ('{fact: sentenced, before: "2015-10-01"}', "sentenced = 2015-10-01", F),
         ("{fact: begun, before: {fact: sentenced}}", "begun = 2015-09-30, sentenced = 2015-10-01", T),
         ("{fact: begun, before: {fact: sentenced}}", "begun = 2015-09-30", U)),
    ),
    Comparison(
        "after", "the same", "the value is later; the day itself is not",
        (('{fact: sentenced, after: "2015-10-01"}', "sentenced = 2015-10-02", T),
         ('{fact: sentenced, after: "2015-10-01"}', "sentenced = 2015-10-01", F),
         ("{fact: begun, after: {answer: R1.day}}", "begun = 2015-10-02, R1.day = 2015-10-01", T),
         ("{fact: begun, after: {answer: R1.day}}", "begun = 2015-10-02, R1.day not relevant", F)),
    ),
    Comparison(
        "same_as", "everything but several options, against another of the same type by its name",
        "both have the same value",
        (("{answer: R1.day, same_as: {fact: begun}}", "R1.day = 2015-10-01, begun = 2015-10-01", T),
         ("{answer: R1.day, same_as: {fact: begun}}", "R1.day = 2015-10-01, begun = 2015-10-02", F),
         ("{answer: R1.day, same_as: {fact: begun}}", "R1.day = 2015-10-01", U)),
    ),
    Comparison(
        "known", "everything", "there is a value; never unknown for a fact",
        (("{fact: sentenced, known: true}", "sentenced = 2015-10-01", T),
         ("{fact: sentenced, known: true}", "", F),
         ("{fact: sentenced, known: false}", "", T),
         ("{fact: sentenced, known: false}", "sentenced = 2015-10-01", F)),
    ),
)  # fmt: skip
