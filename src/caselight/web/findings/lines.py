"""Figures as lines of a page: n of d with everything beside it, as things stand and as agreed, by theme or lowest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from caselight.method.analysis.figure import Figure
from caselight.procedures.findings import SHARES, Characteristic, Findings, Where
from caselight.web.design.tables import Column, Link, Table
from caselight.web.design.words import Words

LEAST = 10  # cases below which no percentage is printed
FACT = "f."  # before the id of a fact in an address


@dataclass(frozen=True, slots=True)
class Line:
    """One figure. ``agreed`` is empty where nothing of it is agreed yet; ``range`` where there is nothing to estimate."""

    key: str
    label: str
    definition: str
    href: str
    theme: str
    stands: str
    agreed: str
    percent: str
    small: bool
    adverse: bool
    failed: int
    reasons: tuple[tuple[str, int], ...]
    not_relevant: int
    unanswered: int
    contested: int
    range: str
    why: str
    order: tuple[float, int]


@dataclass(frozen=True)
class View:
    """What an address asks for: as agreed or as things stand, of which cases, lowest first or by theme."""

    agreed: bool
    lowest: bool
    where: Where
    query: str

    @property
    def here(self) -> str:
        """What the address of a page in the same view ends with."""
        return self._query() if self.query else ""

    @property
    def switch(self) -> str:
        """The same with the other totals in front."""
        return self._query(agreed=not self.agreed)

    @property
    def reorder(self) -> str:
        """The same in the other order."""
        return self._query(lowest=not self.lowest)

    def _query(self, *, agreed: bool | None = None, lowest: bool | None = None) -> str:
        query = QueryDict(mutable=True)
        query.update({f"{FACT}{fact}": value for fact, value in self.where})
        if self.agreed if agreed is None else agreed:
            query["totals"] = "agreed"
        if self.lowest if lowest is None else lowest:
            query["order"] = "lowest"
        return f"?{query.urlencode()}"  # with nothing in it, it still leads back to the beginning


def view_of(query: QueryDict, found: Findings) -> View:
    """The view of an address; what names no characteristic of these cases is left out."""
    known = {one.fact: {value for value, _, _ in one.values} for one in found.characteristics}
    asked = ((fact, query.get(f"{FACT}{fact}", "")) for fact in known)
    where = tuple((fact, value) for fact, value in asked if value in known[fact])
    return View(query.get("totals") == "agreed", query.get("order") == "lowest", where, query.urlencode())


def lines(key: str, found: Findings, view: View) -> tuple[Line, ...]:
    """The shares of a view in the order of the framework, or lowest first."""
    stands, agreed = found.shares(where=view.where), found.shares(agreed=True, where=view.where)
    front = agreed if view.agreed else stands
    themes = {theme.id: theme.title.in_(found.language) for theme in found.package.framework.themes}
    drawn = (
        _line(key, figure, (stands.get(name), agreed.get(name)), themes)
        for name, figure in front.items()
        if figure.kind in SHARES and not (view.where and figure.kind == "people")
    )
    made = tuple(drawn)
    return tuple(sorted(made, key=lambda line: line.order)) if view.lowest else made


def _line(key: str, figure: Figure, both: tuple[Figure | None, Figure | None], themes: Mapping[str, str]) -> Line:
    share = figure.sufficient / figure.relevant if figure.relevant else 2.0
    return Line(
        key=figure.key,
        label=figure.label,
        definition=figure.definition,
        href=reverse("findings:figure", kwargs={"key": key, "figure": figure.key}),
        theme=themes.get(figure.theme, ""),
        stands=base(both[0]),
        agreed=base(both[1]),
        percent=percent(figure),
        small=0 < figure.relevant < LEAST,
        adverse=figure.adverse,
        failed=figure.sufficient if figure.adverse else figure.insufficient,
        reasons=tuple((label, times) for _, label, times in figure.reasons),
        not_relevant=figure.not_relevant,
        unanswered=figure.unanswered,
        contested=figure.contested,
        range=range_of(figure),
        why=figure.interval.why if figure.interval else "",
        order=(3.0 if figure.adverse else share, -figure.relevant),
    )


def base(figure: Figure | None) -> str:
    """A figure with its base: "28 of 31"; empty where nobody was relevant."""
    return f"{figure.sufficient} of {figure.relevant}" if figure is not None and figure.relevant else ""


def percent(figure: Figure) -> str:
    """A percentage, from ten cases on.

    >>> percent(Figure("A", "share", "a", cells={Cell.SUFFICIENT: ("1",) * 9}))
    ''
    """
    return f"{100 * figure.sufficient / figure.relevant:.0f}%" if figure.relevant >= LEAST else ""


def range_of(figure: Figure) -> str:
    """Between which percentages the share of the whole caseload may lie, from ten cases on."""
    span = figure.interval
    if span is None or span.low is None or span.high is None or figure.relevant < LEAST:
        return ""
    return f"{100 * span.low:.0f}% to {100 * span.high:.0f}%"


def grouped(drawn: Iterable[Line]) -> list[tuple[str, list[Line]]]:
    """The lines under their themes."""
    groups: dict[str, list[Line]] = {}
    for line in drawn:
        groups.setdefault(line.theme, []).append(line)
    return list(groups.items())


def table(drawn: Iterable[Line], said: Words) -> Table:
    """The same lines as one table to sort, copy and download."""
    columns = (
        Column("theme", "Theme"), Column("question", "Question", "link"), Column("stands", "As things stand"),
        Column("agreed", "As agreed"), Column("percent", "Share"), Column("failed", "No", "number"),
        Column("reasons", "Reasons"), Column("outside", "Not relevant", "number"),
        Column("unanswered", said.cap(said.unanswered), "number"), Column("contested", "Two answers", "number"),
    )  # fmt: skip
    rows = [
        {
            "theme": line.theme, "question": Link(line.label, line.href), "stands": line.stands or "none relevant",
            "agreed": line.agreed or "none yet", "percent": line.percent, "failed": line.failed,
            "reasons": reasons(line), "outside": line.not_relevant, "unanswered": line.unanswered,
            "contested": line.contested,
        }
        for line in drawn
    ]  # fmt: skip
    return Table("All figures", columns, rows, "figures")


def reasons(line: Line) -> str:
    """The coded reasons with how many cases each."""
    return "; ".join(f"{label} ({times})" for label, times in line.reasons)


@dataclass(frozen=True, slots=True)
class Filter:
    """One characteristic to filter by: what its box offers, and what is chosen."""

    name: str
    label: str
    choices: tuple[tuple[str, str], ...]
    value: str


def filters(found: Findings, view: View) -> list[Filter]:
    """A box for each characteristic that differs between the cases."""
    chosen = dict(view.where)
    return [_filter(one, chosen.get(one.fact, "")) for one in found.characteristics]


def _filter(one: Characteristic, value: str) -> Filter:
    offered = tuple((code, f"{words} ({cases})") for code, words, cases in one.values)
    return Filter(f"{FACT}{one.fact}", one.label, (("", "All"), *offered), value)


def chosen_words(found: Findings, view: View) -> str:
    """What is filtered by, in words."""
    named = {one.fact: (one.label, {code: words for code, words, _ in one.values}) for one in found.characteristics}
    return "; ".join(f"{named[fact][0]}: {named[fact][1][value]}" for fact, value in view.where)
