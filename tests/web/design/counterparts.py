"""Our tag for each of GOV.UK's components, with the same arguments by our names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from tests.web.design.examples import Counterpart, Options, Said

from caselight.web.design.controls import Choice
from caselight.web.design.navigation import Link
from caselight.web.design.tables import Column, Table

HEADING = '<p class="govuk-notification-banner__heading">{{ text }}</p>'


def _said(of: Options | None) -> str:
    return str((of or {}).get("text", ""))


def _colour(classes: str) -> str:
    return classes.partition("--")[2]


def _called(tag: str, values: dict[str, Any]) -> Said:
    return f"{{% {tag} {' '.join(f'{name}={name}' for name in values)} %}}", values


def _tag(template: str, **names: str) -> Callable[[Options], Said]:
    """A template whose values are arguments of GOV.UK's by another name."""
    return lambda given: (template, {ours: given[theirs] for ours, theirs in names.items()})


# ── forms ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _control(given: Options, label: str, of: Options) -> dict[str, Any]:
    """What every control is given; ``label`` is what its label is called by the tag."""
    return {
        "name": given.get("name") or given["id"],
        label: _said(of),
        "id": given.get("idPrefix") or given.get("id") or given["name"],
        "hint": _said(given.get("hint")),
        "error": _said(given.get("errorMessage")),
        "classes": given.get("classes", ""),
        "size": _colour(of.get("classes", "")),
        "heading": bool(of.get("isPageHeading")),
        "described": given.get("describedBy", ""),
    }


def _box(tag: str, *more: str) -> Callable[[Options], Said]:
    """A control with a label."""
    return lambda given: _called(
        tag, {**_control(given, "label", given["label"]), **{name: given[name] for name in more if name in given}}
    )


def _text(given: Options) -> Said:
    more = {"attributes": {name: given[name] for name in ("inputmode", "autocomplete", "pattern") if name in given}}
    more |= {side: _said(given.get(side)) for side in ("prefix", "suffix")}
    _, values = _box("text_input", "value", "type")(given)
    return _called("text_input", {**values, **more})


def _counted(given: Options) -> Said | None:
    by = {"characters": "max_length", "words": "max_words"}.get(given["countType"])
    _, values = _box("textarea", "value", "rows")(given)
    return _called("textarea", {**values, by: given["maxlength"]}) if by else None


def _select(given: Options) -> Said | None:
    items = given["items"]
    if any(not isinstance(one.get("value"), str | int) or isinstance(one["value"], bool) for one in items):
        return None
    values = [str(one["value"]) for one in items if one.get("selected", one["value"] == given.get("value"))]
    choices = [Choice(str(one["value"]), one["text"], disabled=one.get("disabled", False)) for one in items]
    control = _control(given, "label", given["label"])
    return _called("select", {**control, "choices": choices, "value": values}) if len(values) < 2 else None


def _options(tag: str) -> Callable[[Options], Said]:
    def said(given: Options) -> Said:
        control = _control(given, "legend", given["fieldset"]["legend"])
        looks = {name: f"govuk-{tag}--{name}" in control["classes"].split() for name in ("small", "inline")}
        chosen = {str(one) for one in [given.get("value"), *given.get("values", ())]}
        values = [
            str(one.get("value")) for one in given["items"] if one.get("checked") or str(one.get("value")) in chosen
        ]
        classes = " ".join(one for one in control["classes"].split() if _colour(one) not in looks)
        choices = [_choice(one) for one in given["items"]]
        return _called(tag, {**control, **looks, "classes": classes, "choices": choices, "value": values})

    return said


def _choice(one: Options) -> Choice:
    return Choice(
        str(one.get("value", "")), one.get("text", ""), hint=_said(one.get("hint")),
        reveals=_safe((one.get("conditional") or {}).get("html") or ""), exclusive="behaviour" in one,
        divider=one.get("divider", ""), disabled=one.get("disabled", False),
    )  # fmt: skip


def _day(given: Options) -> Said:
    value = tuple(given.get("values", {}).get(part, "") for part in ("day", "month", "year"))
    return _called("date_input", {**_control(given, "legend", given["fieldset"]["legend"]), "value": value})


def _button(given: Options) -> Said:
    kinds = [one for one in given.get("classes", "").split() if one.startswith("govuk-button--")]
    rest = " ".join(one for one in given.get("classes", "").split() if one not in kinds)
    same = {name: given[name] for name in ("text", "name", "value", "id", "type", "href", "disabled") if name in given}
    once = given.get("preventDoubleClick")
    return _called("button", {**same, "kind": _colour(kinds[0]) if kinds else "", "classes": rest, "again": not once})


def _wrong(given: Options) -> Said:
    errors = [(one.get("href", "")[1:], one["text"]) for one in given["errorList"]]
    return '{% include "design/components/error_summary.html" %}', {"title": given["titleText"], "errors": errors}


# ── text, lists, tables ─────────────────────────────────────────────────────────────────────────────────────────────


def _notice(given: Options) -> Said:
    success = given.get("type") == "success"
    title = given.get("titleText") or ("Success" if success else "Important")
    template = f"{{% notification title success=success name=name %}}{HEADING}{{% endnotification %}}"
    return template, {
        "title": title, "success": success, "name": "govuk-notification-banner-title", "text": given["text"],
    }  # fmt: skip


def _summary(given: Options) -> Said | None:
    links = [(one.get("actions") or {}).get("items", []) for one in given["rows"]]
    if any(len(some) > 1 for some in links):
        return None
    rows = [
        (_said(one["key"]), _said(one["value"]), *((link["href"], link["text"]) for link in some))
        for one, some in zip(given["rows"], links, strict=True)
    ]
    return "{% summary_list rows classes %}", {"rows": rows, "classes": given.get("classes", "")}


def _tasks(given: Options) -> Said | None:
    tags = [one["status"].get("tag", {}) for one in given["items"]]
    if any(tag and not _colour(tag.get("classes", "")) for tag in tags):
        return None  # a state without a colour is plain words
    items = [
        {
            "title": _said(one["title"]), "href": one.get("href", ""), "hint": _said(one.get("hint")),
            "status": tag.get("text") or _said(one["status"]), "colour": _colour(tag.get("classes", "")),
        }
        for one, tag in zip(given["items"], tags, strict=True)
    ]  # fmt: skip
    return "{% task_list items name %}", {"items": items, "name": given.get("idPrefix", "task-list")}


def _table(given: Options) -> Said:
    kinds = ["number" if one.get("format") == "numeric" else "text" for one in given["rows"][0]]
    heads = [_said(one) for one in given["head"]]
    columns = [Column(head, head, kind) for head, kind in zip(heads, kinds, strict=True)]
    rows = [{head: one["text"] for head, one in zip(heads, row, strict=True)} for row in given["rows"]]
    return "{% data_table table %}", {"table": Table("Rates", columns, rows, tools=False)}


def _tabs(given: Options) -> Said | None:
    items = [(one["label"], _panel(one["panel"])) for one in given["items"]]
    named = any("id" in one for one in given["items"])
    title = given.get("title", "Contents")
    return (
        None if named else ("{% tabs items name title %}", {"items": items, "name": given["idPrefix"], "title": title})
    )


def _accordion(given: Options) -> Said:
    items = [(_said(one["heading"]), _panel(one["content"])) for one in given["items"]]
    return "{% accordion items name %}", {"items": items, "name": given["id"]}


def _panel(of: Options) -> SafeString:
    return _safe(of.get("html") or f'<p class="govuk-body">{of["text"]}</p>')


def _safe(text: str) -> SafeString:
    return mark_safe(text)  # noqa: S308 - the package's own HTML


# ── finding one's way ───────────────────────────────────────────────────────────────────────────────────────────────


def _crumbs(given: Options) -> Said | None:
    links = [(one["text"], one.get("href")) for one in given["items"]]
    return ("{% breadcrumbs links %}", {"links": links}) if all(href for _, href in links) else None


def _pages(given: Options) -> Said | None:
    numbers = [int(one["number"]) for one in given["items"] if "number" in one]
    now = [int(one["number"]) for one in given["items"] if one.get("current")]
    if not now or numbers != [1, 2, 3]:
        return None  # of many pages we show the first, the last, this one and its neighbours
    return "{% pagination page pages %}", {"page": now[0], "pages": 3}


def _languages(given: Options) -> Said:
    languages = [(one["lang"], one["text"], one.get("href", "")) for one in given["items"]]
    current = next((one["lang"] for one in given["items"] if one.get("current")), "")
    return "{% language_switch languages current %}", {"languages": languages, "current": current}


def _navigation(given: Options) -> Said:
    links = [
        Link(one["text"], one["href"], bool(one.get("current") or one.get("active")), bool(one.get("current")))
        for one in given["navigation"]
    ]
    return '{% include "design/components/navigation.html" %}', {"title": given["serviceName"], "links": links}


BOX = "name! id label.text! label.classes label.isPageHeading hint.text errorMessage.text classes describedBy"
GROUP = """name! idPrefix fieldset.legend.text! fieldset.legend.classes fieldset.legend.isPageHeading hint.text
    errorMessage.text classes items[].value items[].text! items[].hint.text items[].conditional.html items[].divider
    items[].checked items[].disabled items[].behaviour values[] value"""
TASKS = """idPrefix items[].title.text! items[].href items[].hint.text items[].status.text items[].status.tag.text
    items[].status.tag.classes"""
ROWS = """rows[].key.text! rows[].value.text! classes rows[].actions.items[].href rows[].actions.items[].text
    rows[].actions.items[].visuallyHiddenText"""

COUNTERPARTS = (
    Counterpart("accordion", "id! items[].heading.text! items[].content.text items[].content.html", _accordion),
    Counterpart("back-link", "text! href!", _tag("{% back_link href text %}", href="href", text="text")),
    Counterpart("breadcrumbs", "items[].text! items[].href!", _crumbs),
    Counterpart("button", "text! classes disabled href name type value id preventDoubleClick", _button),
    Counterpart("character-count", f"{BOX} value rows maxlength! countType!", _counted),
    Counterpart("checkboxes", GROUP, _options("checkboxes")),
    Counterpart("date-input",
        "id! fieldset.legend.text! hint.text errorMessage.text values.day values.month values.year", _day),
    Counterpart("details", "summaryText! text!",
        _tag("{% details summary %}{{ text }}{% enddetails %}", summary="summaryText", text="text")),
    Counterpart("error-summary", "titleText! errorList[].text! errorList[].href", _wrong),
    Counterpart("file-upload", f"{BOX} javascript!", _box("file_upload")),
    Counterpart("input", f"{BOX} value type prefix.text suffix.text inputmode autocomplete pattern", _text),
    Counterpart("inset-text", "text!", _tag("{% inset %}{{ text }}{% endinset %}", text="text")),
    Counterpart("language-navigation", "items[].text! items[].lang! items[].current items[].href", _languages),
    Counterpart("notification-banner", "text! type titleText", _notice),
    Counterpart("pagination", "previous.href next.href items[].number! items[].href items[].current", _pages),
    Counterpart("panel", "titleText! text!",
        _tag("{% panel title %}{{ text }}{% endpanel %}", title="titleText", text="text")),
    Counterpart("password-input", BOX, _box("password_input")),
    Counterpart("radios", GROUP, _options("radios")),
    Counterpart("select",
        f"{BOX} items[].value items[].text! items[].selected items[].disabled value", _select),
    Counterpart("service-navigation",
        "serviceName! serviceUrl! navigation[].text! navigation[].href! navigation[].current navigation[].active", _navigation),
    Counterpart("summary-list", ROWS, _summary),
    Counterpart("table", "rows[][].text! rows[][].format head[].text! head[].format", _table),
    Counterpart("tabs", "items[].label! items[].id items[].panel.html items[].panel.text idPrefix! title", _tabs),
    Counterpart("tag", "text! classes", lambda given: ("{% tag text colour %}", {
        "text": given["text"], "colour": _colour(given.get("classes", ""))})),
    Counterpart("task-list", TASKS, _tasks),
    Counterpart("textarea", f"{BOX} value rows", _box("textarea", "value", "rows")),
    Counterpart("warning-text", "text!", _tag("{% warning text %}", text="text")),
)  # fmt: skip
