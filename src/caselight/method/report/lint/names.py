"""Check 5: the name, nickname, initials with surname, date of birth or case number of a known person, anywhere.

Looked for in the text of the letter and again in the final bytes. A word that only looks like a name ("Young") may be
accepted once per letter with a reason; an alias must be nobody's real name in this caseload.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from caselight.method.answers.evidence import Excerpt
from caselight.method.faults import Fault, Place, Severity
from caselight.method.inspection.package import Identity
from caselight.method.report.context import Context
from caselight.method.wording.expressions import INVISIBLE

SHORTEST = 2
LONG_ENOUGH_IN_SMALL = 5  # shorter names in small letters are too often plain words
# Letters that do not come apart into a plain one and an accent, and what stands for an apostrophe or a hyphen.
PLAIN = str.maketrans(
    dict(zip("łŁøØđĐıſ’‘`´ʼ\u2010\u2011", "lLoOdDis'''''--", strict=True))
    | {"ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "þ": "th", "Þ": "Th"}
)
# A day, a month in digits or letters, a year of four digits or two; an ordinal's letters and a short word may follow the
# day. Looked for at every place, so that "12 05/03/2001" hides nothing.
DAY = re.compile(
    r"(?<!\w)(?=((\d{1,2})[^\W\d_]{0,3}(?:[./-]|\s+)(?:[^\W\d_]{1,3}\s+)?"
    r"(\d{1,2}|[^\W\d_]{3,})\.?(?:[./-]|,?\s+)(\d{4}|\d{2}))(?!\w))"
)


@dataclass(frozen=True)
class KnownNames:
    """Patterns for everything that would give a known person away, made once for a caseload."""

    pattern: re.Pattern[str] | None
    first_names: frozenset[str]
    accepted: frozenset[str]
    births: frozenset[tuple[int, int, str]] = frozenset()
    months: tuple[str, ...] = ()

    def found(self, text: str) -> tuple[str, ...]:
        """The give-away expressions in a text, as they stand there, each once.

        >>> known_names([Identity("k", "Ada Lovelace")], [], ()).found("Miss Lovelace came.")
        ('Lovelace',)
        """
        if self.pattern is None:
            return ()
        said = plain(text)
        hits = [match[0] for match in self.pattern.finditer(said)]
        hits += [match[1] for match in DAY.finditer(said) if self._is_birth(match)] if self.births else []
        return tuple(dict.fromkeys(hit for hit in hits if hit.casefold() not in self.accepted))

    def _is_birth(self, match: re.Match[str]) -> bool:
        """Whether a day written in numbers, or with a month's name or its beginning, is somebody's day of birth."""
        whole, day, month, year = match.groups()
        if month.isdigit() and len(whole.split()) > 1:
            return False  # numbers side by side, as in a table or a drawing
        numbers = [int(month)] if month.isdigit() else self._numbers(month.casefold())
        return any((int(day), number, year) in self.births for number in numbers)

    def _numbers(self, month: str) -> list[int]:
        return [place % 12 + 1 for place, name in enumerate(self.months) if name.startswith(month)]


def plain(text: str) -> str:
    """A text without invisible characters, accents and typographic apostrophes, so that a name cannot hide in them."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", INVISIBLE.sub("", text).translate(PLAIN))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).translate(PLAIN)


def known_names(
    identities: Iterable[Identity], months: Iterable[str], accepted: Iterable[str], *, prose: bool = False
) -> KnownNames:
    """The patterns for a caseload. Single words match with a capital or in capitals; numbers and full names in any case.

    ``months`` are the names of the months, January first, of one language after another. In ``prose`` the longer names
    are found in small letters too; in final bytes they would meet the words of a style sheet ("black").
    """
    identities = tuple(identities)
    words: set[str] = set()
    exact: set[str] = set()
    for identity in identities:
        parts = [part for part in re.split(r"[\s,]+", plain(identity.name)) if part]
        words.update(_words((*parts, *(plain(nick) for nick in identity.nicknames)), prose=prose))
        exact.update(_exact(identity, parts))
    numbers = "|".join(_number(identity.local_id) for identity in identities if identity.local_id.strip())
    in_any_case = "|".join(part for part in (_any(exact), numbers) if part)
    either = [part for part in (_any(words), f"(?i:{in_any_case})" if in_any_case else "") if part]
    pattern = re.compile(rf"(?<![\w])(?:{'|'.join(either)})(?=(?:'?s)?(?!\w))") if either else None
    first = frozenset(plain(identity.name).split()[0].casefold() for identity in identities if identity.name.split())
    births = frozenset(birth for identity in identities for birth in _births(identity.date_of_birth))
    said = tuple(plain(month).casefold() for month in months)
    return KnownNames(pattern, first, frozenset(plain(word).casefold() for word in accepted), births, said)


def _words(parts: Iterable[str], *, prose: bool) -> Iterator[str]:
    """The words that give a name away: whole, in their parts between hyphens, with a capital and in capitals."""
    for part in parts:
        for word in (part, part.replace("'", ""), *part.split("-")):
            if prose and len(word) >= LONG_ENOUGH_IN_SMALL:
                yield word.lower()
            if len(word) > SHORTEST:
                yield word
            if len(word) >= SHORTEST:
                yield from (word.upper(), word[:1].upper() + word[1:], word[:1].upper() + word[1:].lower())


def _number(local_id: str) -> str:
    """A case number with whatever stands between its parts: ``WL/13/4560`` is also ``WL 13 4560``."""
    return r"[\W_]*".join(re.escape(part) for part in re.split(r"[\W_]+", plain(local_id)) if part) or "(?!)"


def _births(day: date | None) -> Iterator[tuple[int, int, str]]:
    if day is not None:
        yield from ((day.day, day.month, year) for year in (f"{day.year:04d}", f"{day.year % 100:02d}"))


def _any(items: Iterable[str], shared: int = 4) -> str:
    """A pattern for any of these texts, the longest that fits; nothing for none.

    Texts that begin alike share their first characters, so that at most places in a letter one look is enough. After a
    few characters they are listed: however long a name is, the pattern stays flat.
    """
    ordered = sorted(items, key=lambda item: (-len(item), item))
    if not ordered or not shared:
        return f"(?:{'|'.join(re.escape(item) for item in ordered)})" if ordered else ""
    branches: dict[str, list[str]] = {}
    for item in ordered:
        branches.setdefault(item[:1], []).append(item[1:])
    parts = (re.escape(first) + _any(rest, shared - 1) if first else "" for first, rest in branches.items())
    return f"(?:{'|'.join(parts)})"


def _exact(identity: Identity, parts: list[str]) -> Iterator[str]:
    if len(parts) > 1:
        yield " ".join(parts)
        initials = [part[0] for part in parts[:-1]]
        yield from (". ".join(initials) + ". " + parts[-1], " ".join(initials) + " " + parts[-1])
        if len(parts[-1]) <= SHORTEST:
            yield f"{parts[0]} {parts[-1]}"
    if identity.date_of_birth:
        yield identity.date_of_birth.isoformat()


def name_faults(texts: Iterable[tuple[Place, str]], names: KnownNames) -> Iterator[Fault]:
    """A fault for each known person's name, number or date of birth in a text."""
    for place, text in texts:
        for hit in names.found(text):
            yield Fault(
                "letter.known-name",
                ("letter",),
                f"“{hit}” is the name, date of birth or number of a known person.",
                "Take it out. If it is only a word that looks like a name, accept it under accepted_words in "
                "inspection.yaml with a reason.",
                place=place,
            )


def alias_faults(excerpts: Iterable[Excerpt], names: KnownNames) -> Iterator[Fault]:
    """Aliases that are a real first name of this caseload, and aliases that nobody checked."""
    for excerpt in excerpts:
        if not excerpt.alias:
            continue
        place = Place("excerpts.csv", None, excerpt.key)
        if plain(excerpt.alias).casefold() in names.first_names or names.found(excerpt.alias):
            yield Fault(
                "letter.alias-is-real",
                (excerpt.key,),
                f"The alias “{excerpt.alias}” is the real name of somebody in this caseload.",
                "Choose another name.",
                place=place,
            )
        elif not excerpt.alias_checked_by:
            yield Fault(
                "letter.alias-unchecked",
                (excerpt.key,),
                f"Nobody has checked the alias “{excerpt.alias}”.",
                "Compare it with the caseload and fill in alias_checked_by.",
                Severity.WARNING,
                place,
            )


def unchecked_names(context: Context) -> Iterator[Fault]:
    """A letter cannot be published unseen by this check: without identities no name can be recognised."""
    if not context.identities:
        yield Fault(
            "letter.names-not-checked",
            ("private",),
            "There is no list of names to check the letter against.",
            "Add private/identities.csv; it is never packed or published.",
            Severity.WARNING,
        )
