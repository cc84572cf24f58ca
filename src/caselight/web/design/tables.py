"""Tables for people: sorted and filtered by the address, so without scripts too; copied as cells; downloaded as shown.

    table = Table("Cases", (Column("case", "Case", "link"), Column("age", "Age", "number")), rows, name="cases")
    if (file := download(request, table)) is not None:
        return file

A row is a mapping from column keys to values: text, numbers, days, ``Link`` or ``Tag``. Nothing is an empty cell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse, QueryDict

from caselight.formats.tables.listing import Listed, listing_csv, listing_xlsx

Kind = Literal["text", "number", "link", "tag", "date"]
FILES = {
    "csv": ("text/csv; charset=utf-8", listing_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", listing_xlsx),
}


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads somewhere."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Tag:
    """A cell that shows a state."""

    text: str
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``plain`` columns are neither sorted nor filtered by (a column of buttons)."""

    key: str
    label: str
    kind: Kind = "text"
    plain: bool = False


@dataclass(frozen=True)
class Table:
    """A table as a page shows it. ``name`` tells the tables of one page apart, and names the file that is downloaded.

    ``titled`` is whether its caption stands above it for everybody: not where the heading of the page says the same.
    """

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, Any]]
    name: str = "table"
    empty: str = "There is nothing to show."
    size: str = "m"
    tools: bool = True
    titled: bool = True


@dataclass(frozen=True)
class Shown:
    """What is left of a table by an address: its rows in their order, and how it was asked for."""

    table: Table
    rows: Sequence[Mapping[str, Any]]
    sort: str
    filters: Mapping[str, str]

    @property
    def sorted_by(self) -> str:
        """The key of the column that it is sorted by."""
        return self.sort.removeprefix("-")


def shown(table: Table, query: QueryDict) -> Shown:
    """The rows that an address asks for: those that hold every filter's words, sorted by one column."""
    usable = {column.key for column in table.columns if not column.plain}
    filters = {key: text for key in usable if (text := query.get(f"{table.name}.{key}", "").strip()[:100])}
    rows = [row for row in table.rows if all(_holds(row.get(key), text) for key, text in filters.items())]
    sort = query.get(f"{table.name}.sort", "")
    if sort.removeprefix("-") in usable:
        rows.sort(key=lambda row: _order(row.get(sort.removeprefix("-"))), reverse=sort.startswith("-"))
    else:
        sort = ""
    return Shown(table, rows, sort, filters)


def download(request: HttpRequest, table: Table) -> HttpResponse | None:
    """Exactly what is shown as a file, where the address asks for one of this table; else nothing."""
    wanted = FILES.get(request.GET.get("as", ""))
    if wanted is None or request.GET.get("table", table.name) != table.name:
        return None
    kind, write = wanted
    seen = shown(table, request.GET)
    columns = [column for column in table.columns if not column.plain]
    body = write(Listed(
        table.caption,
        tuple(column.label for column in columns),
        tuple(tuple(value(row.get(column.key)) for column in columns) for row in seen.rows),
    ))  # fmt: skip
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{table.name}.{request.GET["as"]}"'
    return response


def value(cell: Any) -> str | int | float | Decimal | date | None:
    """A cell without its look: what is sorted, filtered, copied and downloaded."""
    plain = cell.text if isinstance(cell, Link | Tag) else cell
    return plain if plain is None or isinstance(plain, int | float | Decimal | date | str) else str(plain)


def text(cell: Any) -> str:
    """A cell as it is read: days and times as people write them."""
    plain = value(cell)
    if plain is None:
        return ""
    if isinstance(plain, datetime):
        return f"{plain.day} {plain:%B %Y, %H:%M}"
    return f"{plain.day} {plain:%B %Y}" if isinstance(plain, date) else str(plain)


def _holds(cell: Any, words: str) -> bool:
    return words.casefold() in text(cell).casefold()


def _order(cell: Any) -> tuple[int, Any]:
    """Numbers before days before words before nothing; words without regard to capitals, numbers in them as numbers."""
    plain = value(cell)
    if plain is None or plain == "":
        return (3, ())
    if isinstance(plain, date):
        return (1, plain.isoformat())
    if isinstance(plain, str):
        return (2, _natural(plain))
    return (0, plain)


def _natural(words: str) -> list[tuple[int, int, str]]:
    parts: list[str] = []
    for letter in words.casefold():
        if parts and parts[-1][-1].isdecimal() == letter.isdecimal():
            parts[-1] += letter
        else:
            parts.append(letter)
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]
