"""The fixed words of the letter's outputs: English defaults in one table, and the one way to read them.

A framework's letter labels override any of them by the same key, per language. A label may have holes
(``"{n} of {d} relevant {unit}"``); a hole nobody fills stays as it is, so a slip in pack data shows and breaks nothing.
Headings and words of the letter itself are not here: they come with its passages. (architecture.md, decision 16)
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from caselight.method.report.traced import TracedLetter

_HOLE = re.compile(r"\{(\w+)\}")

PAGE = {
    "page.skip": "Skip to the letter",
    "page.contents": "On this page",
    "page.letter": "The letter",
    "page.header": "Details of this letter",
    "page.of": "Page {page} of {pages}",
    "page.copy_to": "Copy to",
    "page.copy_role": "Role",
    "page.copy_names": "Name",
    "page.copy_nobody": "No name given",
    "page.said": "{place}: {sentence}",
    "page.evidence": "evidence",
    "page.guide": "Underlined words lead to the figures behind them. A case is relevant to a question when the question "
    "applied to it. Words such as “almost all” have a fixed meaning: see Quantity words.",
    "page.guide_print": "Each number and each quantity word can be looked up in the annex. A case is relevant to a "
    "question when the question applied to it. Words such as “almost all” have a fixed meaning, given there.",
    "page.working": "Working copy for the inspection team: not for publication",
    "page.footnotes": "Footnotes",
    "page.footnote": "Footnote {mark}",
    "page.back": "Back to the text",
    "page.back_nth": "Back to the text ({n})",
    "page.quote_open": "“",
    "page.quote_close": "”",
    "page.faults": "To put right before this letter is published",
}

ANNEX = {
    "annex.title": "Annex: the figures behind this letter",
    "annex.read": "How to read this annex",
    "annex.examined": "This letter rests on {cases} {unit} examined at {service}.",
    "annex.interviewed": "It also rests on interviews with {people} {unit}. People are counted apart from cases.",
    "annex.links": "Each number and quantity word in the letter is underlined and leads to an entry in this annex. "
    "The small word “{evidence}” after a sentence does the same for a sentence without a number. "
    "An entry says what was asked, how many cases stand behind the words, and which cases were left out and why.",
    "annex.refers": "Each number and quantity word in the letter can be looked up here. "
    "The tables say what was asked, how many cases stand behind the words, and which cases were left out and why.",
    "annex.ranges": "Ranges are given with 95% confidence. One marked “exact” uses the known number of relevant cases in "
    "the caseload; the others use Wilson’s method, as for a large caseload. All treat the sample as one simple draw.",
    "annex.terms": "What the words mean",
    "term.sufficient": "Sufficient",
    "term.sufficient_means": "The work was good enough for this child’s needs and risks, judged as a whole.",
    "term.relevant": "Relevant",
    "term.relevant_means": "The question applied to the case and has one clear answer. "
    "In “28 of 32 relevant cases” the 32 are the relevant cases.",
    "term.not_relevant": "Not relevant",
    "term.not_relevant_means": "The question did not apply to the case, either by a rule (for example, no report was "
    "prepared) or because the inspector gave a reason. It counts neither for nor against.",
    "term.unanswered": "Not answered",
    "term.unanswered_means": "The question applied, or may have applied, and nobody has answered it.",
    "term.contested": "Contested",
    "term.contested_means": "The case has two answers that differ. It is counted nowhere until a person decides.",
    "term.interval": "Range",
    "term.interval_means": "A sample was examined, not every case. The range says where the share in the whole "
    "caseload probably lies.",
    "term.hidden": "[c]",
    "term.hidden_means": "A small number that is held back so that no child can be recognised.",
    "annex.used": "The figures that the letter uses",
    "annex.other_used": "Other figures that the letter uses",
    "annex.claims": "Sentences that rest on several figures",
    "annex.tables": "All figures by theme",
    "annex.counts": "Counts",
    "annex.facts": "Published statistics and facts",
    "annex.scale": "Quantity words",
    "annex.scale_says": "A quantity word stands for these shares of the relevant cases, and for no others.",
    "annex.basis": "Basis",
    "annex.basis_says": "Framework {framework}, version {version}. Fingerprint of the answers: {answers}. "
    "Computed by Caselight {caselight}.",
}

FIGURE = {
    "figure.question": "What was asked",
    "figure.result": "Result",
    "figure.base": "How they divide",
    "figure.by_rule": "Not relevant by the rule ({n})",
    "figure.by_inspector": "Not relevant by the inspector ({n})",
    "figure.reasons": "Why not sufficient",
    "figure.area": "Area",
    "figure.where": "Counted among",
    "figure.interval": "Range in the whole caseload",
    "figure.source": "Source",
    "figure.measure": "Measure",
    "figure.cohort": "Cohort",
    "figure.published": "Published",
    "figure.direction": "Reported as",
    "figure.decision": "Decision to print this number",
    "figure.sentences": "Where the letter says this",
    "figure.cases": "Cases, for the inspection team only",
    "figure.none": "No {unit_one} was relevant",
    "figure.of_relevant": "{n} of {d} relevant {unit}",
    "figure.of": "{n} of {d} {unit}",
    "figure.share": "({share}%)",
    "figure.percent": "{value}%",
    "figure.adverse": "This counts a need or a failing: a high number is not good news.",
    "figure.adverse_mark": "(counts a need or a failing)",
    "figure.divides": "Of the {total} {unit} examined: {parts}.",
    "figure.divides_people": "Of the {total} {unit} interviewed: {parts}.",
    "figure.divides_group": "Of the {total} {unit} in this group: {parts}.",
    "figure.counted": "{n} {text}",
    "figure.join": ", ",
    "brief.by_rule": "{n} not relevant: {text}",
    "brief.by_inspector": "{n} not relevant, by the inspector: {text}",
    "brief.reason": "{n} not sufficient: {text}",
    "part.sufficient": "sufficient",
    "part.insufficient": "not sufficient",
    "part.with": "counted here",
    "part.without": "without it",
    "part.relevant": "relevant",
    "part.not_relevant": "not relevant",
    "part.not_relevant_by_rule": "not relevant by the rule",
    "part.not_relevant_by_inspector": "not relevant by the inspector",
    "part.unanswered": "not answered",
    "part.contested": "contested",
    "part.hidden": "[c]",
    "interval.words": "Between {low}% and {high}% of all relevant {unit} ({confidence}% confidence; {method}).",
    "interval.brief": "Range: {low}% to {high}%.",
    "interval.brief_exact": "Range: {low}% to {high}%, exact: {population} relevant in the caseload.",
    "interval.short": "{low}% to {high}%",
    "interval.few": "No range is printed, because fewer than {least} {unit} were relevant.",
    "interval.dash": "–",
    "interval.method.wilson": "Wilson’s method",
    "interval.method.hypergeometric": "exact, from the known number of relevant cases",
    "interval.why.wilson": "How many cases of the caseload are relevant is not known, so the interval is Wilson's, as for "
    "a large caseload.",
    "interval.why.hypergeometric": "{n} of the {population} relevant cases of the caseload were examined, so the interval "
    "is exact (hypergeometric).",
    "interval.why.strata": "It treats the sample as one simple draw: strata are ignored.",
    "interval.why.census": "Every relevant case of the caseload was examined, so the share is exact and needs no interval.",
    "interval.why.not_drawn": "They were not drawn at random from a longer list, so there is nothing to estimate.",
    "interval.why.undefined": "No case was relevant, so there is no share.",
    "unit.case.one": "case",
    "unit.case.many": "cases",
    "unit.case_manager.one": "case manager",
    "unit.case_manager.many": "case managers",
    "unit.other.one": "subject",
    "unit.other.many": "subjects",
}

TABLE = {
    "table.figure": "Figure",
    "table.question": "Question",
    "table.sufficient": "Sufficient",
    "table.number": "Number",
    "table.of": "Of",
    "table.relevant": "Relevant",
    "table.not_relevant": "Not relevant",
    "table.unanswered": "Not answered",
    "table.contested": "Contested",
    "table.interval": "Range",
    "table.result": "Result",
    "table.left_out": "Left out or not sufficient, and why",
    "table.notes": "Source and notes",
    "table.where_said": "In the letter",
    "table.what": "What it is",
    "table.value": "Value",
    "table.source": "Source",
    "table.word": "Word",
    "table.stands_for": "Stands for",
    "table.scroll": "Table that can be scrolled: {title}",
    "table.caption": "Table {n}: {title}",
    "table.every": "{title}: every figure",
}

RATED = {
    "annex.ratings": "Ratings and how each was reached",
    "annex.ratings_says": "A rating follows from measures or from other ratings by the rules of the framework. "
    "The grade by the rule is kept beside the one that was decided.",
    "annex.measures": "The measures behind the ratings",
    "table.ratings_of": "Ratings: {first} to {last}",
    "table.rating": "Rating",
    "table.grade": "Grade",
    "table.by_rule": "Grade by the rule",
    "table.how_reached": "How it was reached",
    "table.measure": "Measure",
    "table.made_from": "Made from",
    "table.discretion": "Discretion",
    "table.chance": "Chance of another grade by the rule",
    "rated.not_rated": "Not rated",
    "rated.judgement_needed": "Judgement needed",
    "rated.incomplete": "Not rated yet",
    "rated.instead": "{grade}, decided instead of {before}",
    "rated.open": "open",
    "rated.closed": "closed",
    "rated.part": "{name}: {result}",
    "rated.deciding": "{name}: {result} (this decided)",
    "rated.of": "{n} of {d}",
    "rated.percent": "{p}%",
    "rated.both": "{value} ({p})",
    "rated.none": "No value: {why}",
    "rated.low": "less than 1%",
    "rated.high": "more than 99%",
    "rated.no_base": "nothing that it counts was relevant",
    "rated.missing_part": "a measure that it is made from has no value",
    "rated.below_first_step": "the value lies below the first step",
    "rated.no_external": "a published figure that it needs is missing",
    "rated.no_caseload": "the size of the caseload is not known",
    "rated.empty_stratum": "no case of a stratum was examined",
    "rated.unknown_stratum": "the stratum of a case is not known",
    "step.parts": "Made from",
    "step.way": "What decided",
    "step.why": "Why there is no grade",
    "step.so_far": "So far",
    "step.band": "Band",
    "step.boundary": "Nearest boundary",
    "step.other_boundary": "Other boundary",
    "step.cap": "Cap",
    "step.discretion": "Discretion",
    "step.decision": "Decision",
    "step.duty": "What follows",
    "step.chance": "Chance of another grade",
    "step.how_chance": "About this chance",
    "step.source": "Source of the rule",
}

ENGLISH: Mapping[str, str] = {**PAGE, **ANNEX, **FIGURE, **TABLE, **RATED}


class Labels:
    """The labels of one letter. Calling it with a key and the holes' values gives the words.

    >>> Labels({"figure.of": "{n} o {d} {unit}"})("figure.of", n=2, d=3, unit="achos")
    '2 o 3 achos'
    """

    def __init__(self, own: Mapping[str, str]) -> None:
        self._own = own

    def __call__(self, key: str, **holes: object) -> str:
        """The words for this key: the letter's own, or the English default."""
        template = self._own.get(key) or ENGLISH[key]
        return _HOLE.sub(lambda hole: str(holes.get(hole[1], hole[0])), template)

    def unit(self, subject: str, number: int) -> str:
        """The noun for so many subjects: ``case`` or ``cases``."""
        form = "one" if number == 1 else "many"
        key = f"unit.{subject}.{form}"
        return self(key if key in self._own or key in ENGLISH else f"unit.other.{form}")


def labels_of(letter: TracedLetter) -> Labels:
    """The labels of this letter, in its language where the framework gives them."""
    return Labels(letter.labels)
