"""A control of a form as a value: what the templates of text boxes, radios and the like are filled with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.forms.utils import flatatt
from django.utils.safestring import SafeString


class Choice(NamedTuple):
    """One option. ``reveals`` is HTML shown while it is chosen; ``exclusive`` clears the others ("None of these").

    A ``divider`` ("or") stands between options and can not be chosen.
    """

    value: str
    label: str = ""
    hint: str = ""
    reveals: SafeString | str = ""
    exclusive: bool = False
    divider: str = ""
    disabled: bool = False


@dataclass(frozen=True)
class Control:
    """What one control shows. ``values`` are those chosen; ``size`` that of the label; ``heading`` makes it the h1."""

    name: str
    label: str = ""
    id: str = ""
    hint: str = ""
    error: str = ""
    value: Any = ""
    choices: Sequence[Choice] = ()
    values: Sequence[str] = ()
    inline: bool = False
    small: bool = False
    classes: str = ""
    rows: int = 5
    size: str = ""
    heading: bool = False
    hidden_label: bool = False
    type: str = "text"
    max_length: int | None = None
    max_words: int | None = None
    prefix: str = ""
    suffix: str = ""
    described: str = ""  # ids of further descriptions
    attributes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The id of the control, which the error summary links to."""
        return self.id or self.name

    @property
    def described_by(self) -> str:
        """The ids of what belongs to it, for screen readers, in GOV.UK's order: hint and error come last."""
        found = [f"{self.key}-info"] if self.counted else []
        found += [self.described] if self.described else []
        found += [f"{self.key}-hint"] if self.hint else []
        found += [f"{self.key}-error"] if self.error else []
        return " ".join(found)

    @property
    def counted(self) -> bool:
        """Whether the words or characters are counted while somebody writes."""
        return self.type == "textarea" and bool(self.max_length or self.max_words)

    def shown(self) -> dict[str, Any]:
        """All of it by name, worked out once: templates look in a mapping three times as fast as in a value."""
        return {
            **self.__dict__,
            "key": self.key,
            "described_by": self.described_by,
            "counted": self.counted,
            "extra": flatatt(dict(self.attributes)),
            "items": self._items(),
        }

    def _items(self) -> list[dict[str, Any]]:
        """The options, each with an id of its own (the first has that of the control), and whether it is chosen."""
        chosen = set(self.values)
        return [
            {
                **choice._asdict(),
                "id": self.key + (f"-{place}" if place > 1 else ""),
                "chosen": not choice.divider and choice.value in chosen,
            }
            for place, choice in enumerate(self.choices, 1)
        ]


def choices(given: Iterable[Any]) -> tuple[Choice, ...]:
    """Options from values, or from pairs and triples of value, label and hint.

    >>> [(one.value, one.label) for one in choices([("y", "Yes"), "No"])]
    [('y', 'Yes'), ('No', 'No')]
    """
    return tuple(_choice(one) for one in given)


def _choice(one: Any) -> Choice:
    if isinstance(one, Choice):
        return one
    if isinstance(one, tuple | list):
        value, label, hint = (*one, "")[:3]
        return Choice(str(value), str(label), str(hint))
    return Choice(str(one), str(one))


def chosen(value: Any) -> tuple[str, ...]:
    """One value or several as the texts that options carry; nothing where nothing was chosen."""
    if value is None or value == "":
        return ()
    if isinstance(value, list | tuple | set | frozenset):
        return tuple(str(one) for one in value)
    return (str(value),)
