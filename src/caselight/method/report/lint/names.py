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


@dataclass(frozen=True)
class KnownNames:
    """Patterns for everything that would give a known person away, made once for a caseload."""

    pattern: re.Pattern[str] | None
    first_names: frozenset[str]
    accepted: frozenset[str]

    def found(self, text: str) -> tuple[str, ...]:
        """The give-away expressions in a text, as they stand there, each once.

        >>> known_names([Identity("k", "Ada Lovelace")], [], ()).found("Miss Lovelace came.")
        ('Lovelace',)
        """
        if self.pattern is None:
            return ()
        hits = (match[0] for match in self.pattern.finditer(plain(text)))
        return tuple(dict.fromkeys(hit for hit in hits if hit.casefold() not in self.accepted))


def plain(text: str) -> str:
    """A text without invisible characters, accents and typographic apostrophes, so that a name cannot hide in them."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", INVISIBLE.sub("", text))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).replace("’", "'")


def known_names(identities: Iterable[Identity], months: Iterable[str], accepted: Iterable[str]) -> KnownNames:
    """The patterns for a caseload. Single words match with a capital or in capitals; numbers and full names in any case."""
    identities = tuple(identities)
    months = tuple(months)
    words: set[str] = set()
    exact: set[str] = set()
    for identity in identities:
        parts = [part for part in re.split(r"[\s,]+", plain(identity.name)) if part]
        words.update(part for part in (*parts, *(plain(nick) for nick in identity.nicknames)) if len(part) > SHORTEST)
        exact.update(_exact(identity, parts, months))
    words |= {word.upper() for word in words}
    either = [part for part in (_any(words), f"(?i:{_any(exact)})" if exact else "") if part]
    pattern = re.compile(rf"(?<![\w])(?:{'|'.join(either)})(?![\w])") if either else None
    first = frozenset(plain(identity.name).split()[0].casefold() for identity in identities if identity.name.split())
    return KnownNames(pattern, first, frozenset(plain(word).casefold() for word in accepted))


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


def _exact(identity: Identity, parts: list[str], months: tuple[str, ...]) -> Iterator[str]:
    if len(parts) > 1:
        yield " ".join(parts)
        initials = [part[0] for part in parts[:-1]]
        yield from (". ".join(initials) + ". " + parts[-1], " ".join(initials) + " " + parts[-1])
        if len(parts[-1]) <= SHORTEST:
            yield f"{parts[0]} {parts[-1]}"
    if identity.local_id:
        yield plain(identity.local_id)
    if identity.date_of_birth:
        yield from _dates(identity.date_of_birth, months)


def _dates(day: date, months: tuple[str, ...]) -> Iterator[str]:
    yield day.isoformat()
    for separator in "/.-":
        yield f"{day.day:02d}{separator}{day.month:02d}{separator}{day.year}"
        yield f"{day.day}{separator}{day.month}{separator}{day.year}"
    if months:
        yield f"{day.day} {plain(months[day.month - 1])} {day.year}"


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
