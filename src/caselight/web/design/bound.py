"""Fields of a form as controls, and other plain things that the tags are filled with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict

from caselight.web.design.controls import Control, choices, chosen
from caselight.web.design.forms import DayInput, Form

NO_QUERY = QueryDict()

# The component of a widget; the first that fits, so the narrower stand before the wider.
COMPONENTS: tuple[tuple[type[forms.Widget], str], ...] = (
    (DayInput, "date_input"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.CheckboxInput, "checkbox"),
    (forms.RadioSelect, "radios"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file_upload"),
    (forms.PasswordInput, "password_input"),
    (forms.Widget, "text_input"),
)
OPTIONS = frozenset({"radios", "checkboxes", "select"})


def control(of: BoundField, options: Mapping[str, Any]) -> tuple[str, Control]:
    """The component that shows a field, and what it shows; options given in the template win."""
    widget = of.field.widget
    kind = next(name for type_, name in COMPONENTS if isinstance(widget, type_))
    shown: dict[str, Any] = {
        "name": of.html_name,
        "label": of.label,
        "id": of.auto_id or of.html_name,
        "hint": of.help_text,
        "error": " ".join(str(text) for text in of.errors),
        "attributes": _attributes(widget.attrs, getattr(widget, "input_type", "")),
    }
    value = of.value()
    if kind in OPTIONS:
        shown |= {"choices": choices(one for one in widget.choices if one[0] != "" or kind == "select"),
                  "values": chosen(value)}  # fmt: skip
    elif kind == "date_input":
        shown["value"] = day_parts(value)
    elif kind == "checkbox":
        shown |= {"values": ("on",) if value else ()}
    else:
        shown |= {"value": "" if value is None or kind in ("file_upload", "password_input") else value}
        shown["type"] = "textarea" if kind == "textarea" else getattr(widget, "input_type", "text")
    if shown.get("type") == "number":
        shown["type"] = "text"  # a wheel over a number box changes it unseen
        shown["attributes"] = {"inputmode": "numeric", **shown["attributes"]}
    return kind, Control(**{**shown, **options})


def errors(form: Form) -> list[tuple[str, str]]:
    """What is wrong with a form: the id of the control, or nothing, and what to do."""
    found: list[tuple[str, str]] = [("", str(text)) for text in form.non_field_errors()]
    for name in form.fields:
        of = form[name]
        at = "" if of.is_hidden else of.auto_id or of.html_name  # nobody can go to what is not shown
        at = f"{at}-day" if isinstance(of.field.widget, DayInput) else at
        found += [(at, str(text)) for text in of.errors]
    return found


def day_parts(value: Any) -> dict[str, str]:
    """A day, or the three texts that were typed, by part."""
    if isinstance(value, date):
        value = (str(value.day), str(value.month), str(value.year))
    return dict(zip(("day", "month", "year"), value or ("", "", ""), strict=True))


def summary_row(row: Sequence[Any]) -> dict[str, Any]:
    """A row of a summary list: label, value, and perhaps the link that changes it."""
    label, value, link = (*row, None)[:3]
    href, word = (link, "Change") if isinstance(link, str) else (link or ("", ""))
    return {"label": label, "value": value, "href": href, "word": word}


def pages(page: int, count: int, query: str) -> dict[str, Any]:
    """Which numbers of pages are linked: the first, the last, this one and its neighbours; gaps between are nothing."""
    wanted = sorted({1, count, *range(max(1, page - 1), min(count, page + 1) + 1)})
    numbers: list[int | None] = []
    for number in wanted:
        if numbers and number - (numbers[-1] or 0) > 1:
            numbers.append(None)
        numbers.append(number)
    start = f"?{query}&page=" if query else "?page="
    return {"page": page, "pages": count, "numbers": numbers, "start": start, "previous": page - 1, "next": page + 1}


def _attributes(attrs: Mapping[str, Any], type_: str) -> dict[str, Any]:
    kept = {name: value for name, value in attrs.items() if name not in ("cols", "rows", "class", "required")}
    return {"autocomplete": "email", "spellcheck": "false", **kept} if type_ == "email" else kept
