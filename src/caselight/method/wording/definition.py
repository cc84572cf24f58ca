"""The words of a framework as data: phrase templates, number words, list joining and the scale of quantity words.

One :class:`Language` per language of the framework; nothing about English or Welsh is in Python. The scale carries
its version and where it comes from, because published scales contradict each other. (Design: letter.md, phrases;
sqs.md section 7.)
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

# Bounded, and no denominator of nought: a share is read from a file that anybody may have written.
_SHARE = re.compile(r"[0-9]{1,6}(\.[0-9]{1,9})?%?|[0-9]{1,6}/[1-9][0-9]{0,5}")

Side = Literal["sufficient", "insufficient"]


class Model(BaseModel):
    """Strict, frozen, and refusing keys it does not know."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", populate_by_name=True, defer_build=True)


class Band(Model):
    """One quantity word and the shares it may stand for.

    ``from``/``to`` are exact: ``"2/3"``, ``"90%"`` or ``"1"``; the lower end is inside unless ``above: true``, the
    upper end outside unless ``up_to_and_including: true``. ``most_cases`` limits the count as well ("a small number").
    ``words`` lists every spelling that a checked phrase may use; the first is the one that is generated. ``phrase`` puts
    a word before its noun ("the large majority of {noun}", "nearly every {one}"); empty means the template ``quantifier``.
    """

    words: Annotated[tuple[str, ...], Field(min_length=1, strict=False)]
    from_: str = Field(alias="from")
    to: str
    above: bool = False
    up_to_and_including: bool = False
    most_cases: int | None = None
    exact: bool = False
    roll_up: bool = False
    generated: bool = True
    phrase: str = ""

    @property
    def low(self) -> Fraction:
        """The lower end as an exact fraction of 1."""
        return share(self.from_)

    @property
    def high(self) -> Fraction:
        """The upper end as an exact fraction of 1."""
        return share(self.to)

    @model_validator(mode="after")
    def _ends(self) -> Band:
        if self.low > self.high:
            raise ValueError(f"the band begins at {self.from_}, above its end {self.to}")
        return self


def share(text: str) -> Fraction:
    """An exact share from ``"90%"``, ``"2/3"`` or ``"1"``.

    >>> share("90%")
    Fraction(9, 10)
    """
    if not _SHARE.fullmatch(text):
        raise ValueError("a share is written as a percentage, a fraction or a number: 90%, 2/3, 0.5")
    if text.endswith("%"):
        return Fraction(text[:-1]) / 100
    return Fraction(text)


class Scale(Model):
    """A versioned scale of quantity words, first fitting band first.

    ``overlaps`` and ``gaps`` say whether bands may overlap and whether shares may be left without a word; what is not
    ``allowed`` is a fault when the framework is loaded. Below ``minimum`` relevant cases no approximate word is used.
    ``all_but_one`` are the exact words for a single exception; up to ``all_but_one_up_to`` relevant cases they are the
    only ones for it, because "almost all" of ten hides how few ten are.
    """

    version: str
    provenance: str
    minimum: int = 10
    overlaps: Literal["allowed", "refused"] = "refused"
    gaps: Literal["allowed", "refused"] = "refused"
    all_but_one: Annotated[tuple[str, ...], Field(strict=False)] = ()
    all_but_one_up_to: int = 0
    bands: Annotated[tuple[Band, ...], Field(min_length=1, strict=False)]


Meaning = Literal[
    "ratio", "proportion", "all_but", "all", "none", "single", "count", "at_least", "at_most", "more_than",
    "fewer_than", "percent", "not_all", "some", "several",
]  # fmt: skip


class Reading(Model):
    """How an author's own words state a number, so that they can be checked: ``{n} [out] of [the] {d}`` is a ratio.

    An expression has holes for numbers in digits or words (``{n}``, ``{d}``, ``{k}``, ``{p}``), ``{any}`` for any one
    word, ``[…]`` for words that may be left out and ``(… | …)`` for words of which one must stand there. ``value`` is
    the number behind words without a hole ("a dozen"); ``sample`` says that the base is the whole sample.
    """

    means: Meaning
    words: Annotated[tuple[str, ...], Field(min_length=1, strict=False)]
    value: int | None = None
    sample: bool = False


class Language(Model):
    """Everything one language needs to phrase a figure and to find a quantity in prose.

    ``numbers`` are the words from nought upwards that house style may use; ``templates`` maps a template name to text
    with holes (``"{n} of {d} relevant cases"``); ``quantities`` are the words and phrases that count as a quantity in
    prose; ``allowed`` are expressions that contain one and do not count ("one-to-one"); both are written as in
    :class:`Reading`. ``modifiers`` are words that would turn a phrase round if they stood before it ("almost", "not").
    ``abbreviations`` are words whose stop ends no sentence ("Dr").
    ``readings`` say what numbers in an author's words mean. ``months`` are the names of the months,
    January first. ``plural`` gives the many-form of a noun that an author may write in a bound phrase. ``screen`` are
    the words on pages, ``external.assessor`` for an inspection and ``local_audit.assessor`` for an audit round.
    ``rules`` are the texts that put a rule into words, for documents; a text that is not there is shown as a symbol.
    """

    name: str
    numbers: Annotated[tuple[str, ...], Field(strict=False, min_length=11)]
    joins: dict[str, str]
    months: Annotated[tuple[str, ...], Field(strict=False, min_length=12, max_length=12)]
    date: str = "{day} {month} {year}"
    date_range: dict[str, str]
    templates: dict[str, str]
    plural: dict[str, str] = {}
    scale: Scale
    quantities: Annotated[tuple[str, ...], Field(strict=False)]
    allowed: Annotated[tuple[str, ...], Field(strict=False)] = ()
    readings: Annotated[tuple[Reading, ...], Field(strict=False)] = ()
    modifiers: Annotated[tuple[str, ...], Field(strict=False)] = ()
    abbreviations: Annotated[tuple[str, ...], Field(strict=False)] = ()
    decimal: str = "."
    screen: dict[str, str]
    rules: dict[str, str] = {}


class Wording(Model):
    """The languages of a framework, by code (``en``, ``cy``)."""

    languages: dict[str, Language]
