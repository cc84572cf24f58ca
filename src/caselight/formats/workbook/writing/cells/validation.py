"""What may be typed into a cell: the drop-down lists, days, whole numbers, and the few words beside a cell."""

from __future__ import annotations

from typing import Any

from caselight.formats.workbook.formulas.comparisons import either
from caselight.formats.workbook.formulas.on_sheet import OnSheet, Shelf
from caselight.formats.workbook.items import Item

LONGEST_MESSAGE = 255
LONGEST_RULE = 250  # characters of a formula that a drop-down may rest on, by Excel
LONGEST_TITLE = 32
LONG_TEXT = "Choose from the list. Several: write them with | between."
DATES = {"between": ("=DATE(1900,1,1)", "=DATE(2199,12,31)")}


def validate(sheet: Any, cell: tuple[int, int], item: Item, field: str, *, cells: OnSheet, help_: str) -> None:
    """Set what one entry cell takes. ``help_`` is shown beside the cell of an answer."""
    shelf = cells.shelf
    rule: dict[str, Any] | None = None
    if field == "answer":
        rule = _answer(item, shelf) | _message(item, help_)
    elif field == "not_relevant":
        rule = _listed(shelf.labels("not_relevant"), several=True) if shelf.lists["not_relevant"].labels else None
    elif field in ("why", "others") and item.sort != "fact":
        rule = _why(item, field, cells)
    elif field == "due":
        rule = _day()
    if rule is not None:
        sheet.data_validation(*cell, *cell, rule)


def _answer(item: Item, shelf: Shelf) -> dict[str, Any]:
    if item.answers:
        return _listed(shelf.labels(item.answers), several=False)
    if item.type == "date":
        return _day()
    if item.type == "integer":
        return {
            "validate": "integer", "criteria": "between", "minimum": -999999999, "maximum": 999999999,
            "error_title": "Not a whole number", "error_message": "Type a whole number in digits.",
        }  # fmt: skip
    return {"validate": "any"}


def _message(item: Item, help_: str) -> dict[str, str]:
    if not help_:
        return {}
    text = (
        help_
        if len(help_) <= LONGEST_MESSAGE
        else f"{help_[: LONGEST_MESSAGE - 26].rsplit(' ', 1)[0]} … (more in Guidance)"
    )
    return {"input_title": item.name[:LONGEST_TITLE], "input_message": text}


def _listed(range_: str, *, several: bool) -> dict[str, Any]:
    error = LONG_TEXT if several else "Choose one of the list, or empty the cell."
    return {
        "validate": "list", "source": f"={range_}", "error_type": "warning" if several else "stop",
        "error_title": "Not in the list", "error_message": error,
    }  # fmt: skip


def _day() -> dict[str, Any]:
    low, high = DATES["between"]
    return {
        "validate": "date", "criteria": "between", "minimum": low, "maximum": high,
        "error_title": "Not a date", "error_message": "Type a date such as 2026-03-31.",
    }  # fmt: skip


def _why(item: Item, field: str, cells: OnSheet) -> dict[str, Any] | None:
    """The reasons that fit the answer: for No, for Yes, or all of them while that is open."""
    reasons, good, both = cells.shelf.why(item.name)
    if not both:
        return None
    source = both
    if reasons and good and item.answers:
        place = cells.place.state(item.key, "position")
        fitting = {
            outcome: either([f"{place}={at}" for at, code in enumerate(cells.shelf.lists[item.answers].codes, 1)
                             if cells.outcomes(item).get(code) == outcome])
            for outcome in ("insufficient", "sufficient")
        }  # fmt: skip
        source = f"IF({fitting['insufficient']},{reasons},IF({fitting['sufficient']},{good},{both}))"
        source = source if len(source) <= LONGEST_RULE else both
    return _listed(source, several=field == "others" or "others" not in item.fields)
