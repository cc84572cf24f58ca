"""Blocking keys: keyed fingerprints by which the same child, or a real name, is recognised without being read.

HMAC-SHA256 under a key of the service, itself derived from ``blocking.key`` outside the database: without it nobody can
try names and birth dates, and services cannot be compared. Names are folded first: accents, case, apostrophes and the
order of the words do not count. Nothing is taken from how a name sounds, because such rules are made for one language.

========  ==============================================================================================
kind      of what
========  ==============================================================================================
local-id  the local id
born      all words of the name in alphabetical order, and the birth date
ends      the first and the last word, and the birth date; so without middle names; each nickname as a first word too
initial   the first letter, the last word, and the birth date
spoken    one word of the name, of a nickname or of a carer's name: what no alias may be
========  ==============================================================================================
"""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from caselight.method.inspection.package import Identity
from caselight.store.audit import keys
from caselight.store.identities.particulars import Particulars

SPOKEN = "spoken"
SAME = ("local-id", "born", "ends", "initial")  # the surest first
WORD = re.compile(r"[^\W\d_]+")
# Letters that no decomposition takes apart.
PLAIN = str.maketrans({"ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ħ": "h"})
APOSTROPHES = re.compile("['’‘ʼ`´]")


def digests(service: str, particulars: Particulars) -> set[tuple[str, str]]:
    """The kinds and digests of one person of a service."""
    key = _key(service)
    forms = {*_forms(particulars.identity), *((SPOKEN, word) for word in _spoken(particulars))}
    return {(kind, _digest(key, kind, form)) for kind, form in forms}


def spoken_digests(service: str, text: str) -> set[str]:
    """What an alias would be found by, were one of its words a real name."""
    key = _key(service)
    return {_digest(key, SPOKEN, word) for word in _words_and_whole(text)}


def words(text: str) -> list[str]:
    """The words of a name, folded.

    >>> words("Zoë  O'Brien-Łukasz")
    ['zoe', 'obrien', 'lukasz']
    """
    apart = unicodedata.normalize("NFKD", APOSTROPHES.sub("", text)).casefold()
    return WORD.findall("".join(one for one in apart if not unicodedata.combining(one)).translate(PLAIN))


def _forms(identity: Identity) -> Iterator[tuple[str, str]]:
    if identity.local_id.strip():
        yield "local-id", "".join(identity.local_id.split()).casefold()
    name = words(identity.name)
    if identity.date_of_birth is None or not name:
        return
    born = identity.date_of_birth
    yield "born", _form(*sorted(name), born=born)
    for first in (name[0], *(word for nickname in identity.nicknames for word in words(nickname)[:1])):
        yield "ends", _form(first, name[-1], born=born)
    yield "initial", _form(name[0][0], name[-1], born=born)


def _form(*parts: str, born: date) -> str:
    return "\x1f".join((*parts, born.isoformat()))


def _spoken(particulars: Particulars) -> set[str]:
    identity = particulars.identity
    return {
        word for text in (identity.name, *identity.nicknames, *particulars.carers) for word in _words_and_whole(text)
    }


def _words_and_whole(text: str) -> set[str]:
    """Each word that is more than an initial, and names written in two parts as one."""
    found = words(text)
    return {word for word in (*found, "".join(found)) if len(word) > 1}


def _key(service: str) -> bytes:
    return hmac.digest(keys.kept("blocking.key"), b"service\x00" + service.encode(), "sha256")


def _digest(key: bytes, kind: str, form: str) -> str:
    return hmac.digest(key, f"{kind}\x00{form}".encode(), "sha256").hex()
