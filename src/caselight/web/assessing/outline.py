"""The themes of a case with what is left in each, and the way to the next question without an answer."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from caselight.method.answers.completeness import Missing
from caselight.method.framework.questions import Theme
from caselight.web.assessing import counting
from caselight.web.assessing.facts import FACTS, facts_of
from caselight.web.assessing.opening import Opened
from caselight.web.assessing.recorded import lacking


@dataclass(frozen=True, slots=True)
class Heading:
    """A theme in the list on the left: how many questions have no answer, how many answers lack something, and whether
    it is the one that is shown."""

    id: str
    title: str
    left: int
    current: bool
    lacking: int = 0

    @property
    def done(self) -> bool:
        """Whether nothing is left to do."""
        return not self.left and not self.lacking

    @property
    def says(self) -> str:
        """What is left, in words."""
        left = f"{self.left} left" if self.left else ""
        lacking = f"{self.lacking} to add to" if self.lacking else ""
        return ", ".join(part for part in (left, lacking) if part) or "done"


@dataclass(frozen=True, slots=True)
class Outline:
    """The list on the left, and how far the case is: ``answered`` of ``asked`` questions."""

    headings: tuple[Heading, ...]
    answered: int
    asked: int

    @property
    def left(self) -> int:
        """How many questions have no answer."""
        return self.asked - self.answered


def themes_of(case: Opened) -> list[Theme]:
    """The themes with questions about this kind of subject, or about what is found in it."""
    framework, kind = case.framework, case.subject[0]
    kinds = {kind, *(subject.id for subject in framework.subjects if subject.found_in == kind)}
    return [theme for theme in framework.themes if any(framework.subject_of(q) in kinds for q in theme.questions)]


def theme_named(case: Opened, name: str) -> Theme | None:
    """A theme by its id; the first one for a name that none has; None for the facts."""
    themes = themes_of(case)
    if name == FACTS or not themes:
        return None
    return next((theme for theme in themes if theme.id == name), themes[0])


def outline(case: Opened, current: str) -> Outline:
    """The themes with what is left in each."""
    gone = unanswered(case)
    about = Heading(FACTS, "About this case", _facts_left(case), current == FACTS)
    headings = [about] if facts_of(case) else []
    theme_of = case.framework.theme_of
    left = Counter(theme_of[item.question_id].id for item in gone if item.question_id in theme_of)
    wanting = Counter(theme_of[name].id for name, _ in lacking(case))
    headings += [
        Heading(one.id, one.title.in_(case.language), left[one.id], one.id == current, wanting[one.id])
        for one in themes_of(case)
    ]
    return Outline(tuple(headings), *counting.counted(case.sheets, case.pairs, gone))


def unanswered(case: Opened) -> tuple[Missing, ...]:
    """The questions that keep the case from being complete, in the order of the framework."""
    return counting.unanswered(case.sheets, case.pairs)


def _facts_left(case: Opened) -> int:
    """Facts that an inspector is to record and that nobody knows."""
    facts = case.sheet.subject.facts
    return sum(
        fact.subject == case.subject[0] and fact.supplied_by == "inspector" and facts.get(fact.id) is None
        for fact in case.framework.facts
    )


def next_place(case: Opened, after: str = "") -> tuple[str, str] | None:
    """The theme and the anchor of the next question without an answer, after one of them or from the top; None at the end."""
    gone = [item for item in unanswered(case) if item.question_id in case.framework.theme_of]
    if not gone:
        return None
    order = {name: n for n, name in enumerate(case.framework.questions)}
    behind = [item for item in gone if order.get(item.question_id, 0) > order.get(after, -1)]
    item = (behind or gone)[0]
    return case.framework.theme_of[item.question_id].id, anchor(case, item)


def anchor(case: Opened, item: Missing) -> str:
    """The id on its page of a question that is missing, of the case or of what was found in it."""
    pair = case.pairs.get(item.question_id)
    name = pair.question.id if pair else item.question_id
    row = item.subject_key.removeprefix(case.subject[1]).removeprefix("/")
    return f"q-{name}" + (f"-{case.framework.subject_of(case.framework.questions[name])}-{row}" if row else "")
