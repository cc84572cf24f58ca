"""What S12 does inside Django: every field begins as a formula does, and every table and file that can be downloaded is read."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch
from xml.etree import ElementTree as ET

from lxml import html
from tests.evidence.work.hostile import hostile
from tests.evidence.work.looking import House, Room, open_to

from caselight.formats.tables import listing
from caselight.formats.tables.csvw import figures_csv
from caselight.formats.tables.ods import figures_ods
from caselight.procedures.lettering import letter_package, look

SIGNS = ("=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", "＋", "－", "＠", " =", " +", "\t@", "=\t", '"=', "'=")
# What a spreadsheet program drops at the head of a cell before it looks whether a formula follows.
STARTS = re.compile(r"[ \t\r\n]*[=+\-@＝＋－＠]|[\t\r\n]")
NUMBER = re.compile(r"-?\d[\d,.]*(e[+-]?\d+)?%?", re.IGNORECASE)
MARK = "zq"
FORMULAS = {"f", "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}f"}
OPEN_FORMULA = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}formula"


def saying(turn: int) -> Callable[[str], str]:
    """What each field is given in one turn: a formula that names the field, with the next of the signs."""
    count = iter(range(turn, 1_000_000))
    return lambda name: f'{SIGNS[next(count) % len(SIGNS)]}HYPERLINK("http://evil.example/{MARK}","{name}")'


def attack(turn: int, *, each: bool = False, fault: bool = False) -> dict[str, Any]:
    """Each table of each page in both kinds, and the files of each letter; cells that would be run, and how many there were."""
    hostile(saying(turn))
    said: list[str] = []
    cells = files = 0
    with planted(fault):
        house = House()
        for where, name, body in [*_downloads(house, each=each), *_of_letters()]:
            files += 1
            for at, wrong in _read(name, body):
                cells += 1
                if wrong:
                    said.append(f"{where}, {name}, {at}: {wrong}")
    return {"cells": cells, "files": files, "said": said}


def _downloads(house: House, *, each: bool) -> Iterator[tuple[str, str, bytes]]:
    """Whatever a page offers to download, found by its links; and both kinds of each of its tables."""
    rooms = {(room.url, room.person if each else "", room.place.endswith("-audit")): room
             for room in open_to("GET", each=each)}  # fmt: skip
    for room in rooms.values():
        path = house.address(room)
        answer = house.enter(room).get(path)
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            for link in sorted(set(html.document_fromstring(answer.content).xpath("//a[@download]/@href"))):
                got = house.enter(room).get(link if link.startswith("/") else path + link)
                if got.status_code == 200:
                    yield _named(room, got)
        elif answer.status_code == 200:
            yield _named(room, answer)


def _named(room: Room, answer: Any) -> tuple[str, str, bytes]:
    said = answer.headers.get("Content-Disposition", "")
    name = said.partition('filename="')[2].rstrip('"') or answer.headers["Content-Type"]
    return room.url, name, b"".join(answer.streaming_content) if answer.streaming else answer.content


def _of_letters() -> Iterator[tuple[str, str, bytes]]:
    """The tables of a letter as its writer gets them, from the one writer of each kind."""
    package = letter_package("testshire")
    found = look(package, "en", "# Letter\n\nNothing.\n")
    assert found.letter is not None, found.faults
    yield "letter", "figures.csv", figures_csv(found.letter)
    yield "letter", "figures.ods", figures_ods(found.letter)


def _read(name: str, body: bytes) -> Iterator[tuple[str, str]]:
    """Each cell of a file, and what is wrong with it."""
    if name.endswith(".csv") or name.startswith("text/csv"):
        for n, row in enumerate(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""))):
            for m, cell in enumerate(row):
                yield f"row {n}, column {m}", wrong(cell)
    elif body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            for member in packed.namelist():
                if member.endswith(".xml") and ("sheet" in member or member == "content.xml"):
                    yield from _sheet(member, ET.fromstring(packed.read(member)))  # noqa: S314 - written by us
                elif member.endswith(".csv"):
                    yield from _read(member, packed.read(member))


def _sheet(member: str, tree: ET.Element) -> Iterator[tuple[str, str]]:
    for one in tree.iter():
        tag = one.tag.rpartition("}")[2]
        if tag in ("c", "table-cell"):
            inside = [part for part in one.iter() if part.tag in FORMULAS]
            yield member, "a formula" if inside or OPEN_FORMULA in one.attrib else ""
        elif tag in ("hyperlink", "ddeLink", "oleLink", "externalReference"):
            yield member, f"a {tag}"


def wrong(cell: str) -> str:
    """What a spreadsheet program would do with a cell of a text file, if anything.

    >>> wrong("'=1+1"), wrong("-4.5"), wrong("=1+1"), wrong("\\t=1")
    ('', '', "it begins as a formula does: '=1+1'", "it begins as a formula does: '\\\\t=1'")
    """
    if STARTS.match(cell) and not NUMBER.fullmatch(cell):
        return f"it begins as a formula does: {cell[:40]!r}"
    return ""


@contextmanager
def planted(fault: bool) -> Iterator[None]:
    """Nothing; or a writer of lists that leaves text as it is."""
    if not fault:
        yield
        return
    with patch.object(listing, "_safe", lambda cell: "" if cell is None else cell):
        yield
