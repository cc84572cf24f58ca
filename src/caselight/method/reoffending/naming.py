"""Names as parts of keys: small letters, digits and hyphens, so that a letter can name the figure."""

from __future__ import annotations

import re
import unicodedata

_NOT_IN_A_KEY = re.compile(r"[^a-z0-9]+")


def short(name: str) -> str:
    """A name as a part of a key.

    >>> short("Hammersmith & Fulham"), short("Ynys Môn"), short("…")
    ('hammersmith-and-fulham', 'ynys-mon', 'area')
    """
    plain = unicodedata.normalize("NFKD", name.replace("&", " and ")).encode("ascii", "ignore").decode().lower()
    return _NOT_IN_A_KEY.sub("-", plain).strip("-") or "area"
