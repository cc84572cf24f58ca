"""What a sheet of feedback may say: the strongest and the weakest figures with enough cases, in sentences to speak."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from caselight.method.analysis.figure import Figure
from caselight.procedures.findings import Findings
from caselight.store.reports.sheets import SheetText
from caselight.web.design.words import Words
from caselight.web.findings.lines import LEAST, base

OFFERED, WANTED = 8, 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A figure that could be spoken of, with its base and the sentence that it would become."""

    key: str
    label: str
    stands: str
    says: str


def suggestions(found: Findings) -> tuple[list[Suggestion], list[Suggestion]]:
    """Strengths, the strongest first, and areas, the weakest first. A figure stands on one side only."""
    enough = least(found)
    based = [one for one in found.shares().values() if one.relevant >= enough and not one.adverse and not one.where]
    order = sorted(based, key=lambda one: (-one.sufficient / one.relevant, -one.relevant, one.key))
    half = (len(order) + 1) // 2  # the one in the middle counts as a strength
    strong, weak = order[:half][:OFFERED], order[half:][::-1][:OFFERED]
    return [_suggested(found, one) for one in strong], [_suggested(found, one, failing=True) for one in weak]


def least(found: Findings) -> int:
    """How many cases a question must be answered for, so that it is offered."""
    cases = len(found.sheets.get(found.package.framework.subjects[0].id, ()))
    return min(LEAST, max(2, (cases + 1) // 2))


def examined(found: Findings) -> tuple[int, int]:
    """Of the cases those of which anything was judged yet, and all of them."""
    sheets = found.sheets.get(found.package.framework.subjects[0].id, ())
    return sum(1 for sheet in sheets if sheet.recorded), len(sheets)


def _suggested(found: Findings, figure: Figure, *, failing: bool = False) -> Suggestion:
    return Suggestion(figure.key, figure.label, base(figure), sentence(found, figure, failing=failing))


def sentence(found: Findings, figure: Figure, *, failing: bool = False) -> str:
    """A figure as it is spoken: "Initial assessment: good enough in 28 of 32 cases." """
    many = found.package.framework.subject_by_id[figure.subject].many.in_(found.language)
    label = figure.label[:1].upper() + figure.label[1:]
    every = figure.sufficient == figure.relevant
    n, d = figure.sufficient, figure.relevant
    of = (
        "in" if figure.subject == found.package.framework.subjects[0].id else "for"
    )  # a case, or somebody who was asked
    text = f"{label}: good enough {of} {f'all {d}' if every else f'{n} of {d}'} {many}."
    if failing and figure.reasons:
        _, reason, times = figure.reasons[0]
        reason = reason if reason[1:2].isupper() else reason[:1].lower() + reason[1:]
        text += f" The commonest reason: {reason} ({times})."
    return text


def first_text(found: Findings, said: Words, strengths: Iterable[Suggestion], areas: Iterable[Suggestion]) -> SheetText:
    """A sheet to begin with, from what was chosen."""
    kind = found.package.framework.subjects[0]
    judged, cases = examined(found)
    noun = (kind.one if cases == 1 else kind.many).in_(found.language)
    looked = f"We looked at {cases}" if judged == cases else f"We have looked at {judged} of {cases}"
    return SheetText(
        f"Thank you for your help. {looked} {noun}{'' if judged == cases else ' so far'}. This is what we found, as things stand today. "
        "It can still change.",
        tuple((one.key, one.says) for one in strengths),
        tuple((one.key, one.says) for one in areas),
        f"You will see the {said.letter} before anybody else does. Ask us now whatever is not clear.",
    )
