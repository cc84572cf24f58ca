"""The components, one tag each. What a tag shows is in ``templates/design/components``, one template each.

Labels, hints and errors may be given as plain text; it is escaped. HTML comes only from templates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.forms import BoundField
from django.http import HttpRequest
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from caselight.method.faults import Fault
from caselight.web.design import beginning, bound, navigation
from caselight.web.design.controls import Control, choices, chosen
from caselight.web.design.forms import Form
from caselight.web.design.grids import grid
from caselight.web.design.tables import Table, shown
from caselight.web.design.visits import InspectionVisit

register = template.Library()


def component(name: str, values: Mapping[str, Any]) -> SafeString:
    """The HTML of one component."""
    return mark_safe(get_template(f"design/components/{name}.html").render(dict(values)).strip())  # noqa: S308 - a template escapes


# ── forms ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@register.simple_tag
def error_summary(*forms: Form, faults: Iterable[Fault] = (), title: str = "There is a problem") -> str:
    """Everything that is wrong, each linked to its field; nothing where nothing is wrong."""
    errors = [error for form in forms for error in bound.errors(form)]
    errors += [("", f"{fault.says} {fault.cure}".strip()) for fault in faults or ()]
    return component("error_summary", {"title": title, "errors": errors}) if errors else ""


@register.simple_tag
def field(of: BoundField, **options: Any) -> SafeString:
    """A field of a form with its label, hint and error, as the control that its widget asks for."""
    kind, control = bound.control(of, options)
    return component(kind, {"control": control.shown()})


@register.simple_tag
def radios(name: str, legend: str, choices: Iterable[Any], value: Any = None, **options: Any) -> SafeString:
    """One of several. ``inline`` puts them side by side; ``size`` is that of the legend."""
    return _options("radios", choices, value, {"name": name, "label": legend, **options})


@register.simple_tag
def checkboxes(name: str, legend: str, choices: Iterable[Any], value: Any = None, **options: Any) -> SafeString:
    """Any of several; ``value`` is a list. ``small`` makes them small."""
    return _options("checkboxes", choices, value, {"name": name, "label": legend, **options})


@register.simple_tag
def select(name: str, label: str, choices: Iterable[Any], value: Any = None, **options: Any) -> SafeString:
    """One of many, in a list that opens."""
    return _options("select", choices, value, {"name": name, "label": label, **options})


@register.simple_tag
def text_input(name: str, label: str, value: Any = "", **options: Any) -> SafeString:
    """One line of text. ``classes="govuk-input--width-5"`` for what is short; ``type``, ``prefix``, ``suffix``."""
    return component("text_input", {"control": _control(name, label, value, options).shown()})


@register.simple_tag
def textarea(name: str, label: str, value: Any = "", **options: Any) -> SafeString:
    """Several lines of text; with ``max_length`` or ``max_words`` what is left is counted."""
    return component("textarea", {"control": _control(name, label, value, {**options, "type": "textarea"}).shown()})


@register.simple_tag
def password_input(name: str, label: str, **options: Any) -> SafeString:
    """A password, which can be shown."""
    return component("password_input", {"control": _control(name, label, "", options).shown()})


@register.simple_tag
def file_upload(name: str, label: str, **options: Any) -> SafeString:
    """A file to send."""
    return component("file_upload", {"control": _control(name, label, "", options).shown()})


@register.simple_tag
def date_input(name: str, legend: str, value: Any = ("", "", ""), **options: Any) -> SafeString:
    """A day in three boxes; ``value`` is a day, or the three texts that were typed."""
    return component("date_input", {"control": _control(name, legend, bound.day_parts(value), options).shown()})


@register.simple_tag
def button(text: str, kind: str = "", **options: Any) -> SafeString:
    """A button: of the main action, or ``kind="secondary"`` or ``"warning"``; with ``href`` a link that looks like one."""
    return component("button", {"text": text, "kind": kind, **options})


# ── text ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@register.simple_tag
def tag(text: str, colour: str = "") -> SafeString:
    """A state: ``{% tag "Complete" "green" %}``."""
    return component("tag", {"text": text, "colour": colour})


@register.simple_tag(takes_context=True)
def nothing(context: template.Context, says: str, href: str = "", text: str = "") -> SafeString:
    """What comes here while nothing is there, with the next thing to do.

    Without ``href`` it is the first thing that is missing of the inspection, for whoever may do it; see
    :mod:`caselight.web.design.beginning`.
    """
    visit = context.get("visit")
    if not href and isinstance(visit, InspectionVisit):
        href, text = beginning.next_link(visit)
    return component("nothing", {"says": says, "href": href, "text": text})


@register.simple_tag
def chip(text: str, href: str = "") -> SafeString:
    """A figure in a text: "28 of 31"."""
    return component("chip", {"text": text, "href": href})


@register.simple_tag
def warning(text: str) -> SafeString:
    """A warning that must not be missed."""
    return component("warning", {"text": text})


@register.simple_tag
def back_link(href: str, text: str = "Back") -> SafeString:
    """The way back, above the page."""
    return component("back_link", {"href": href, "text": text})


@register.simple_tag
def save_state(state: str = "", says: str = "") -> SafeString:
    """Where what was typed is: ``saving``, ``saved`` ("Saved on the server at 14:02") or ``not`` ("Not saved: …")."""
    return component("save_state", {"state": state, "says": says})


@register.simple_block_tag
def details(content: str, summary: str, *, opened: bool = False) -> SafeString:
    """Something folded away under its summary."""
    return component("details", {"summary": summary, "content": content, "opened": opened})


@register.simple_block_tag
def inset(content: str) -> SafeString:
    """Text set apart."""
    return component("inset", {"content": content})


@register.simple_block_tag
def panel(content: str, title: str) -> SafeString:
    """The end of a journey: what was done, as the page's heading."""
    return component("panel", {"title": title, "content": content})


@register.simple_block_tag
def notification(content: str, title: str = "Important", *, success: bool = False, name: str = "notice") -> SafeString:
    """Something to know before anything else on the page; ``name`` is its id where a page has several."""
    return component("notification", {"title": title, "content": content, "success": success, "id": name})


# ── lists, tables, pictures ─────────────────────────────────────────────────────────────────────────────────────────


@register.simple_tag
def summary_list(rows: Iterable[Sequence[Any]], classes: str = "") -> SafeString:
    """Pairs of label and value; a third part is a link to change it: an address, or a pair of address and word."""
    shown = [bound.summary_row(row) for row in rows]
    return component("summary_list", {"rows": shown, "classes": classes, "actions": any(row["href"] for row in shown)})


@register.simple_tag
def task_list(items: Iterable[Any], name: str = "task") -> SafeString:
    """Things to do: mappings or values with ``title``, ``href``, ``hint``, ``status``, ``colour`` (of a tag)."""
    return component("task_list", {"items": list(items), "name": name})


@register.simple_tag(takes_context=True)
def data_table(context: template.Context, table: Table) -> SafeString:
    """A table that can be sorted, filtered, copied and downloaded; see :mod:`caselight.web.design.tables`."""
    request: HttpRequest = context["request"]
    return component("data_table", {"grid": grid(shown(table, request.GET), request.GET)})


@register.simple_tag
def picture(svg: str, title: str, table: Table | None = None) -> SafeString:
    """A chart of ``formats.charts``, with the table that it shows folded away beneath it."""
    drawn = mark_safe(svg[svg.find("<svg") :])  # noqa: S308 - made by our own charts, which escape what they write
    return component(
        "picture",
        {"svg": drawn, "title": title, "grid": grid(shown(table, bound.NO_QUERY), bound.NO_QUERY) if table else None},
    )


# ── finding one's way ───────────────────────────────────────────────────────────────────────────────────────────────


@register.simple_tag(takes_context=True)
def inspection_navigation(context: template.Context, visit: InspectionVisit | None) -> SafeString | str:
    """The links of the inspection that the person may follow."""
    if not isinstance(visit, InspectionVisit):
        return ""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    links = navigation.links(visit, match.app_name if match else "", getattr(request, "path", ""))
    return component("navigation", {"title": visit.inspection.definition.title, "links": links})


@register.simple_tag
def language_switch(languages: Iterable[Sequence[str]], current: str) -> SafeString:
    """Other languages of a page: triples of code, name in that language, and address."""
    return component("language_switch", {"languages": list(languages), "current": current})


@register.simple_tag
def pagination(page: int, pages: int, query: str = "") -> SafeString:
    """Links to the other pages of a long list; ``query`` is kept in their addresses."""
    return component("pagination", bound.pages(page, pages, query))


@register.simple_tag
def breadcrumbs(links: Iterable[Sequence[str]]) -> SafeString:
    """Where a page stands: pairs of text and address."""
    return component("breadcrumbs", {"links": list(links)})


@register.simple_tag
def tabs(items: Iterable[Sequence[str]], name: str = "tab", title: str = "Contents") -> SafeString:
    """Panels of which one shows: pairs of label and HTML that a template made."""
    return component("tabs", {"items": list(items), "name": name, "title": title})


@register.simple_tag
def accordion(items: Iterable[Sequence[str]], name: str = "accordion") -> SafeString:
    """Sections that open: pairs of heading and HTML that a template made."""
    return component("accordion", {"items": list(items), "name": name})


def _control(name: str, label: str, value: Any, options: Mapping[str, Any]) -> Control:
    return Control(**{"name": name, "label": label, "value": "" if value is None else value, **options})


def _options(kind: str, given: Iterable[Any], value: Any, options: Mapping[str, Any]) -> SafeString:
    control = Control(**{"choices": choices(given), "values": chosen(value), **options})
    return component(kind, {"control": control.shown()})
