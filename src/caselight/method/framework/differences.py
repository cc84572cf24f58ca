"""What changed from one framework to another, and which questions can still be compared.

A question keeps its id while its meaning is the same; otherwise it gets a new id and says what it ``replaces``. So an
id that both have is the same question, and what changed about it is said in one of five words: *reworded* (its texts),
*re-routed* (whom it is asked about and when), *re-scaled* (its answers and what they count as), *recomputed* (how its
value is reached), *moved* (its theme). A reworded or moved question stays comparable; the others do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel

from caselight.method.framework.definition import Framework
from caselight.method.framework.parts import Text
from caselight.method.framework.questions import Question

Change = Literal["reworded", "re-routed", "re-scaled", "recomputed", "moved"]
CHANGES: tuple[Change, ...] = ("reworded", "re-routed", "re-scaled", "recomputed", "moved")
COMPARABLE = frozenset[Change]({"reworded", "moved"})

_TEXTS = ("text", "short", "guidance", "prompts", "variants", "said", "unit")
_ROUTES = ("tool", "when", "not_relevant_when", "required_when", "never_not_relevant")
_SCALES = ("kind", "type", "polarity", "points", "critical")
_COMPUTED = ("computed",)
_RULES = ("measures", "rating_scales", "cut_tables", "ratings", "populations", "counts", "facts", "consistency")


@dataclass(frozen=True, slots=True)
class Changed:
    """A question that both frameworks have, and how it changed; never empty."""

    id: str
    how: tuple[Change, ...]

    @property
    def comparable(self) -> bool:
        """Whether answers before and after mean the same, of the same base."""
        return COMPARABLE.issuperset(self.how)


@dataclass(frozen=True, slots=True)
class Parts:
    """What was added to, dropped from and changed in one list of a framework (facts, ratings …), by id."""

    name: str
    added: tuple[str, ...]
    dropped: tuple[str, ...]
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """From ``before`` to ``after``. ``replaced`` maps an old question to the new one that says it replaces it."""

    before: str
    after: str
    added: tuple[str, ...]
    dropped: tuple[str, ...]
    replaced: Mapping[str, str]
    changed: tuple[Changed, ...]
    same: tuple[str, ...]
    parts: tuple[Parts, ...]

    @property
    def comparable(self) -> tuple[str, ...]:
        """The questions of which a figure before may be held against a figure after, by id."""
        return tuple(sorted({*self.same, *(change.id for change in self.changed if change.comparable)}))

    @property
    def none(self) -> bool:
        """Whether nothing differs."""
        return not (self.added or self.dropped or self.replaced or self.changed or self.parts)


def differences(before: Framework, after: Framework) -> Differences:
    """Everything that differs between two frameworks: two versions of one, or two of one question bank.

    >>> Changed("R1", ("reworded",)).comparable, Changed("R1", ("reworded", "re-routed")).comparable
    (True, False)
    """
    old, new = before.questions, after.questions
    replaced = {name: question.id for question in new.values() for name in question.replaces if name in old}
    both = [name for name in new if name in old]
    changed = [Changed(name, how) for name in both if (how := _how(name, before, after))]
    known = {change.id for change in changed}
    return Differences(
        before=f"{before.id} {before.version}",
        after=f"{after.id} {after.version}",
        added=tuple(name for name in new if name not in old and name not in replaced.values()),
        dropped=tuple(name for name in old if name not in new and name not in replaced),
        replaced=replaced,
        changed=tuple(changed),
        same=tuple(name for name in both if name not in known),
        parts=tuple(part for name in _RULES if (part := _parts(name, before, after)) is not None),
    )


def _how(name: str, before: Framework, after: Framework) -> tuple[Change, ...]:
    old, new = before.questions[name], after.questions[name]
    found: dict[Change, bool] = {
        "reworded": _differ(old, new, _TEXTS) or _reworded(_answers(before, old), _answers(after, new)),
        "re-routed": _differ(old, new, _ROUTES) or before.subject_of(old) != after.subject_of(new),
        "re-scaled": _differ(old, new, _SCALES) or _scale(before, old) != _scale(after, new),
        "recomputed": _differ(old, new, _COMPUTED),
        "moved": before.theme_of[name].id != after.theme_of[name].id,
    }
    return tuple(how for how in CHANGES if found[how])


def _differ(old: Question, new: Question, names: Iterable[str]) -> bool:
    return any(getattr(old, name) != getattr(new, name) for name in names)


def _scale(framework: Framework, question: Question) -> object:
    """What can be answered and what it counts as, whatever the scale is called and however its answers are worded."""
    scale = framework.scale_by_id.get(question.scale or "")
    if scale is None:
        return None
    options = [(option.value, option.outcome, option.points) for option in scale.options]
    return options, scale.polarity, scale.data_only, scale.multiple


def _answers(framework: Framework, question: Question) -> dict[str, Text]:
    scale = framework.scale_by_id.get(question.scale or "")
    return {option.value: option.label for option in scale.options} if scale else {}


def _reworded(old: Mapping[str, Text], new: Mapping[str, Text]) -> bool:
    """Whether an answer that both have has other words."""
    return any(new[value] != label for value, label in old.items() if value in new)


def _parts(name: str, before: Framework, after: Framework) -> Parts | None:
    old, new = _by_id(getattr(before, name)), _by_id(getattr(after, name))
    part = Parts(
        name,
        added=tuple(key for key in new if key not in old),
        dropped=tuple(key for key in old if key not in new),
        changed=tuple(key for key in new if key in old and new[key] != old[key]),
    )
    return part if part.added or part.dropped or part.changed else None


def _by_id(items: Iterable[BaseModel]) -> dict[str, BaseModel]:
    return {getattr(item, "id"): item for item in items}  # noqa: B009 - every part has an id, which the type does not say
