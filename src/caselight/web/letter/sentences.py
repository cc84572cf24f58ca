"""Sentences of the letter to be read and accepted: those whose figures changed first, old against new."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from caselight.method.inspection.package import Accepted
from caselight.method.report.lint.words import STYLE
from caselight.method.report.traced import Claim, TracedLetter
from caselight.procedures.accepting_shown import as_shown
from caselight.web.design.marking import Piece, words_marked

AROUND = "The words around the figures, the head of the letter and the list of who gets a copy"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the figures it states. ``seen`` is what is sent back: each claim and what was shown of it.

    ``old`` and ``new`` are the sentence as it was accepted and as it is now, with what differs marked; ``was`` and
    ``now`` the figures. ``lead`` says that only who leads may accept it.
    """

    id: str
    seen: str
    line: int | None
    old: tuple[Piece, ...]
    new: tuple[Piece, ...]
    was: str
    now: str
    lead: bool


@dataclass(frozen=True)
class Sentences:
    """All sentences with figures: changed since they were accepted, not accepted yet, and how many stand as accepted."""

    changed: tuple[Sentence, ...]
    new: tuple[Sentence, ...]
    accepted: int


def sentences(letter: TracedLetter, accepted: Iterable[Accepted]) -> Sentences:
    """The sentences of a letter by how they stand."""
    before = {row.claim: row for row in accepted if row.language == letter.language}
    changed = [claim for claim in letter.claims if claim.stale]
    fresh = [claim for claim in letter.claims if not claim.stale and not claim.accepted]
    done = sum(claim.accepted for claim in letter.claims)
    return Sentences(tuple(_grouped(changed, before)), tuple(_grouped(fresh, before)), done)


def shown(values: Iterable[str]) -> dict[str, str]:
    """What a form sends back, as the claims and what was seen of each."""
    pairs = (one.partition("=") for value in values for one in value.split())
    return {claim: seen for claim, equals, seen in pairs if equals}


def _grouped(claims: Iterable[Claim], before: dict[str, Accepted]) -> list[Sentence]:
    """One item for each sentence, with all its claims."""
    groups: dict[tuple[str, int | None], list[Claim]] = {}
    for claim in claims:
        groups.setdefault((claim.sentence, claim.place.line), []).append(claim)
    return [_sentence(group, before, n) for n, group in enumerate(groups.values(), 1)]


def _sentence(group: list[Claim], before: dict[str, Accepted], n: int) -> Sentence:
    first = group[0]
    words = AROUND if first.style == STYLE else first.sentence
    old, new = words_marked(AROUND if first.style == STYLE else first.stale, words)
    was = [value for claim in group if claim.id in before for value in before[claim.id].values] if first.stale else []
    now = [value for claim in group for value in claim.values]
    return Sentence(
        id=f"sentence-{n}-{first.id}",
        seen=" ".join(f"{claim.id}={as_shown(claim)}" for claim in group),
        line=None if first.style == STYLE else first.place.line,
        old=old if first.stale else (),
        new=new if first.stale else (Piece(words),),
        was=_values(was, beside=now),
        now=_values(now, beside=was),
        lead=any(claim.style == "headline" for claim in group),
    )


def _values(values: Iterable[str], beside: Iterable[str]) -> str:
    """``C4=28/31`` as “C4: 28 of 31”; of figures before and now only those that differ, where any does."""
    every = dict.fromkeys(value for value in values if "=" in value)
    other = set(beside)
    shown = [value for value in every if value not in other] if other and not set(every) <= other else list(every)
    said = ", ".join(f"{_named(key)}: {_number(number)}" for key, _, number in (one.partition("=") for one in shown))
    same = len(every) - len(shown)
    return f"{said}, and {same} as before" if same else said


def _named(key: str) -> str:
    """``fact.service-short`` as “service short”; the key of a figure as it is."""
    return key.removeprefix("fact.").replace("-", " ") if key.startswith("fact.") else key


def _number(number: str) -> str:
    """A figure with its base, or the days from and to.

    >>> _number("28/31"), _number("2026-11-11/2026-11-13")
    ('28 of 31', '11 November 2026 to 13 November 2026')
    """
    first, slash, last = number.partition("/")
    days = slash and _day(first) and _day(last)
    return f"{_day(first)} to {_day(last)}" if days else number.replace("/", " of ")


def _day(text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return ""
    return f"{day.day} {day:%B %Y}"
