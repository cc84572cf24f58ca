"""A table as its template shows it: heads that sort, boxes that filter, cells, and links that download."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from caselight.web.design.tables import Column, Link, Shown, Table, Tag, text


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: the address that sorts by it, and how it is sorted now, in the words of ``aria-sort``."""

    column: Column
    href: str
    order: str
    filter_name: str
    filter: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, with what its kind needs."""

    text: str
    kind: str
    href: str = ""
    colour: str = ""


@dataclass(frozen=True)
class Grid:
    """Everything that the template shows."""

    table: Table
    heads: list[Head]
    rows: list[list[Cell]]
    count: int
    kept: list[tuple[str, str]]  # what the address holds besides, as hidden fields of the form that filters
    csv: str
    xlsx: str
    everything: str

    @property
    def filtered(self) -> bool:
        """Whether anything is left out."""
        return any(head.filter for head in self.heads)


def grid(seen: Shown, query: QueryDict) -> Grid:
    """A table by an address."""
    table = seen.table
    own = {f"{table.name}.{column.key}" for column in table.columns}
    return Grid(
        table=table,
        heads=[_head(column, seen, query) for column in table.columns],
        rows=[[_cell(row, column) for column in table.columns] for row in seen.rows],
        count=len(table.rows),
        kept=[(name, value) for name in query if name not in own for value in query.getlist(name)],
        csv=_address(query, {"as": "csv", "table": table.name}),
        xlsx=_address(query, {"as": "xlsx", "table": table.name}),
        everything=_address(query, dict.fromkeys(own, "")),
    )


def _head(column: Column, seen: Shown, query: QueryDict) -> Head:
    name, mine = seen.table.name, seen.sorted_by == column.key
    down = mine and not seen.sort.startswith("-")
    order = "none" if not mine else "ascending" if down else "descending"
    href = "" if column.plain else _address(query, {f"{name}.sort": f"-{column.key}" if down else column.key})
    return Head(column, href, order, f"{name}.{column.key}", seen.filters.get(column.key, ""))


def _cell(row: Mapping[str, Any], column: Column) -> Cell:
    cell = row.get(column.key)
    if isinstance(cell, Link):
        return Cell(cell.text, "link", cell.href)
    if isinstance(cell, Tag):
        return Cell(cell.text, "tag", colour=cell.colour)
    return Cell(text(cell), column.kind)


def _address(query: QueryDict, change: Mapping[str, str]) -> str:
    """The same address with some of its values changed; an empty one is taken out."""
    new = query.copy()
    for name, value in change.items():
        if value:
            new[name] = value
        else:
            new.pop(name, None)
    return f"?{new.urlencode()}"
