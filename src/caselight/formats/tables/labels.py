"""The fixed words of tables and charts, in English, and how a letter's own labels replace them.

One table, so that a translator sees everything at once. A hole is a name in braces; ``say`` fills the holes it knows
and leaves anything else as it stands, so that a label from a framework can never break an output.
"""

from __future__ import annotations

from collections.abc import Mapping

DEFAULTS: Mapping[str, str] = {
    "tables.locale": "en-GB",
    "tables.title": "Figures: {title}",
    "tables.licence": "",
    "tables.of": "{n} of {d}",
    "tables.percent": "{value}%",
    "tables.none-relevant": "no case was relevant",
    "tables.none-relevant-people": "nobody was relevant",
    "tables.no-theme": "Not in a theme",
    "tables.counts.sufficient": "judged sufficient",
    "tables.counts.fact": "with the fact",
    "tables.counts.adverse": "with the need or failing",
    "tables.state.not_rated": "not rated",
    "tables.state.judgement_needed": "judgement needed",
    "tables.state.incomplete": "not rated yet",
    "tables.no-value": "no value",
    "tables.by-rule": "by rule",
    "tables.by-inspector": "by the inspector",
    "tables.sheet.cover": "Cover",
    "tables.sheet.contents": "Contents",
    "tables.sheet.notes": "Notes",
    "tables.sheet.figures": "Figures",
    "tables.sheet.not-relevant": "Not relevant",
    "tables.sheet.reasons": "Reasons",
    "tables.sheet.external": "External",
    "tables.sheet.quantity-words": "Quantity words",
    "tables.sheet.ratings": "Ratings",
    "tables.sheet.measures": "Measures",
    "tables.title.contents": "Contents",
    "tables.title.notes": "Notes",
    "tables.title.figures": "Figures by theme",
    "tables.title.not-relevant": "Why cases were not relevant",
    "tables.title.reasons": "Reasons why work was not sufficient",
    "tables.title.external": "Published statistics that the letter quotes",
    "tables.title.quantity-words": "Quantity words and the shares they stand for",
    "tables.title.ratings": "Ratings and how each was reached",
    "tables.title.measures": "The measures behind the ratings",
    "tables.about.ratings": "This sheet contains one table: one row for each rating, with what it was reached by.",
    "tables.about.measures": "This sheet contains one table: one row for each measure, with its number and its base.",
    "tables.about.contents": "This sheet contains one table: the sheets of this workbook, each with a link.",
    "tables.about.notes": "This sheet contains one table: notes for the whole workbook.",
    "tables.about.figures": "This sheet contains one table: one row for each figure, in the order of the letter's themes.",
    "tables.about.not-relevant": (
        "This sheet contains one table: how many cases or people each figure leaves out of its base, and why."
    ),
    "tables.about.reasons": (
        "This sheet contains one table: how often each reason was given. One case may have several reasons, "
        "so they need not add up."
    ),
    "tables.about.external": "This sheet contains one table: statistics that others published, with their source.",
    "tables.about.quantity-words": "This sheet contains one table: the scale behind words such as “most”.",
    "tables.see-notes": "Shorthand in square brackets and note numbers are explained in the sheet “{sheet}”.",
    "tables.cover.about": "About this workbook",
    "tables.cover.facts": "About the inspection",
    "tables.cover.published": "Published",
    "tables.cover.basis": "Basis",
    "tables.cover.licence": "Licence",
    "tables.cover.what": (
        "These tables give every figure behind the letter: what was counted, out of how many, and how many cases "
        "stand outside and why."
    ),
    "tables.cover.how": (
        "Each sheet after this one contains one table with its title in cell A1. Figures are computed from the "
        "recorded answers; none is typed."
    ),
    "tables.note-number": "note {n}",
    "tables.note.shorthand": (
        "Shorthand: [c] means suppressed, because the number is small and describes people; [x] means not available; "
        "[z] means not applicable to this figure."
    ),
    "tables.note.relevant": (
        "A case is relevant when the question applies to it and it has one agreed answer. Only relevant cases are in "
        "the base, so bases differ between figures."
    ),
    "tables.note.not-relevant": (
        "Not relevant by rule: the recorded facts or earlier answers put the question aside. Not relevant by the "
        "inspector: the inspector put it aside, with a coded reason."
    ),
    "tables.note.unsettled": (
        "Not answered: the question applies and has no answer. Contested: two answers differ and nobody has decided "
        "yet. Neither is in the base."
    ),
    "tables.note.interval": (
        "The range is where the share in the whole caseload probably lies, since only a sample was examined. Shares "
        "run from 0 to 1 and are rounded to three places. The last column says why the method was chosen."
    ),
    "tables.note.counts": (
        "The number counts what the column before it says. A figure that counts a need or a failing is not good news "
        "when it is high."
    ),
    "tables.note.ratings": (
        "The grade by the rule is what the framework's rules give; the grade stands where nobody decided otherwise. "
        "Shares and chances run from 0 to 1. Points are percentage points for shares. Discretion says why it was open, "
        "or that it was closed. The chance is that another sample of the same size would be graded otherwise by the "
        "rule alone; a decision changes nothing in it. “Unchecked” means that a deciding rule was not checked against "
        "its source."
    ),
    "tables.way.share": "a share of cases",
    "tables.way.mean": "a mean",
    "tables.way.points": "points of those possible",
    "tables.way.weighted": "a weighted share",
    "tables.way.pooled": "a share of several questions together",
    "tables.way.steps": "steps of another measure",
    "tables.way.lookup": "a table of points",
    "tables.way.sum": "a sum",
    "tables.way.external": "a published figure",
    "tables.way.cut": "a table of bands",
    "tables.way.lowest": "the lowest of several ratings",
    "tables.way.first_match": "the first rule that fits",
    "tables.way.matrix": "two ratings together",
    "tables.way.judged": "a judgement as a whole",
    "tables.way.carried": "carried forward",
    "tables.why.no_base": "nothing that it counts was relevant",
    "tables.why.missing_part": "a measure that it is made from has no value",
    "tables.why.below_first_step": "the value lies below the first step",
    "tables.why.no_external": "a published figure that it needs is missing",
    "tables.why.no_caseload": "the size of the caseload is not known",
    "tables.why.empty_stratum": "no case of a stratum was examined",
    "tables.why.unknown_stratum": "the stratum of a case is not known",
    "tables.column.way": "Reached by",
    "tables.column.number": "Number",
    "tables.column.number_n": "Numerator",
    "tables.column.number_d": "Out of",
    "tables.column.is_share": "Is a share",
    "tables.column.made_from": "Made from",
    "tables.column.state": "State",
    "tables.column.grade": "Grade, as a code",
    "tables.column.grade_by_rule": "Grade by the rule, as a code",
    "tables.column.grade_by_rule_label": "Grade by the rule",
    "tables.column.grade_before_caps": "Grade before caps, as a code",
    "tables.column.deciding": "What decided",
    "tables.column.band_from": "Band from",
    "tables.column.band_to": "Band to",
    "tables.column.points_to_worse": "Points to the next worse grade",
    "tables.column.points_to_better": "Points to the next better grade",
    "tables.column.discretion": "Discretion",
    "tables.column.decided_by": "Decided by",
    "tables.column.decided_why": "Reason for the decision",
    "tables.column.caps": "Caps",
    "tables.column.duties": "What follows",
    "tables.column.chance": "Chance of another grade by the rule",
    "tables.column.chance_why": "How that chance was computed",
    "tables.column.unchecked": "Unchecked",
    "tables.column.no_value_why": "Why there is no value",
    "tables.column.note-number": "Note number",
    "tables.column.note-text": "Note text",
    "tables.column.sheet": "Sheet",
    "tables.column.describes": "What it holds",
    "tables.column.key": "Key",
    "tables.column.theme": "Theme",
    "tables.column.label": "Figure",
    "tables.column.kind": "Kind",
    "tables.column.subject": "Unit",
    "tables.column.counts": "What is counted",
    "tables.column.sufficient": "Number counted",
    "tables.column.relevant": "Relevant",
    "tables.column.insufficient": "Relevant and not counted",
    "tables.column.not_relevant": "Not relevant",
    "tables.column.not_relevant_by_rule": "Not relevant by rule",
    "tables.column.not_relevant_by_inspector": "Not relevant by the inspector",
    "tables.column.unanswered": "Not answered",
    "tables.column.contested": "Contested",
    "tables.column.phrase": "In words",
    "tables.column.interval_low": "Range from",
    "tables.column.interval_high": "Range to",
    "tables.column.interval_method": "Method of the range",
    "tables.column.interval_confidence": "Confidence",
    "tables.column.interval_population": "Relevant cases in the caseload",
    "tables.column.interval_why": "Why this method",
    "tables.column.value": "Value",
    "tables.column.measure": "Measure",
    "tables.column.cohort": "Cohort",
    "tables.column.source": "Source",
    "tables.column.published": "Published",
    "tables.column.direction": "Direction that the source states",
    "tables.column.text": "Text",
    "tables.column.notice": "Notice",
    "tables.column.how": "By rule or by the inspector",
    "tables.column.reason": "Reason",
    "tables.column.count": "How many",
    "tables.column.word": "Words",
    "tables.column.meaning": "Stands for",
    "charts.none": "none",
    "charts.half": "half",
    "charts.all": "all",
    "charts.adverse": "{label} (counts a need or a failing)",
    "charts.explains-bars": "Filled: the share of relevant cases or people that the words on the right give.",
    "charts.explains-small": "White with a thick edge: fewer than ten were relevant.",
    "charts.explains-adverse": "Grey: counts a need or a failing, so longer is not better.",
    "charts.explains-interval": "Thin line with end marks: where the share in the whole caseload probably lies.",
    "charts.nothing": "No figure of this theme can be shown.",
    "charts.rows-one": "One measure.",
    "charts.rows-many": "{count} measures.",
    "charts.all-full": "In each of them every relevant case or person counted: {items}.",
    "charts.all-same": "All have the same share: {items}.",
    "charts.only": "Result: {items}.",
    "charts.highest": "Highest: {items}.",
    "charts.lowest": "Lowest: {items}.",
    "charts.needs": "Counting a need or a failing: {items}.",
    "charts.item": "{label}, {phrase}",
    "charts.and-more": "and {count} more",
    "charts.join": "; ",
    "charts.zero-base": "No case was relevant for: {items}.",
    "charts.hidden-one": "One measure is left out because its numbers are too small to publish.",
    "charts.hidden-many": "{count} measures are left out because their numbers are too small to publish.",
}


class Words:
    """The words of one letter: its own labels where it has them, else the English ones.

    >>> Words({"tables.of": "{n} o {d}"}).say("tables.of", n=28, d=32)
    '28 o 32'
    """

    def __init__(self, labels: Mapping[str, str]) -> None:
        self._labels = labels

    def __getitem__(self, key: str) -> str:
        return self._labels.get(key, DEFAULTS[key])

    def say(self, key: str, **holes: object) -> str:
        """The words under a key with the holes filled."""
        text = self[key]
        for name, value in holes.items():
            text = text.replace("{" + name + "}", str(value))
        return text

    def listed(self, items: list[str], most: int = 3) -> str:
        """The first items joined, and how many more there are."""
        shown = items[:most]
        if len(items) > most:
            shown.append(self.say("charts.and-more", count=len(items) - most))
        return self["charts.join"].join(shown)
