"""How the agreement of two people who mark the same cases is measured, question by question."""

from __future__ import annotations

from caselight.formats.framework_document.building.speaker import Speaker, each
from caselight.formats.framework_document.structure import Row, Section, filled, words
from caselight.method.framework.double_marking import AgreementRule

HERE = "#agreement"


def agreement(say: Speaker) -> list[Section]:
    """A table with a line for each rule; none where the framework leaves it to what is usual."""
    if not say.framework.double_marking:
        return []
    title = say.word("document.agreement")
    columns = ("document.questions", "agreement.statistic", "agreement.distance", "agreement.minimum", "agreement.flag",
               "document.origin")  # fmt: skip
    rows = [_rule(say, number, rule) for number, rule in enumerate(say.framework.double_marking, start=1)]
    return [Section(HERE[1:], title, (filled(title, tuple(map(say.word, columns)), rows),))]


def _rule(say: Speaker, number: int, rule: AgreementRule) -> Row:
    sort = rule.weights if rule.statistic == "ac1" else rule.metric
    distance = "" if sort in ("none", "nominal") else say.word(f"distance.{sort}")
    name = f"{say.word('document.agreement')} ({number})"
    return Row(
        (
            each(rule.questions, say.bare) or words(say.word("agreement.others")),
            words(say.word(f"statistic.{rule.statistic}")),
            words(distance),
            words(say.word("agreement.units", number=rule.minimum_units)),
            words(say.number(rule.flag_below)),
            say.origin(rule.provenance, "agreement", name, HERE),
        )
    )
