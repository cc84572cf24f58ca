"""The forms of a page as a browser would send them, with whatever a person types given by a function."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import html

TYPED = ("text", "search", "email", "tel", "url", "password", "number", "date", "time", "")
Typing = Callable[[str], str]  # what is typed into the control of a name; empty for what stands there already


@dataclass(frozen=True)
class Shown:
    """One form: where it goes, how, what it says, and which of its controls are typed in."""

    action: str
    method: str
    said: dict[str, list[str]] = field(default_factory=dict)
    typed: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()


def forms(body: bytes, at: str, typing: Typing = lambda _: "") -> Iterator[Shown]:
    """Every form of a page at an address; once for each of its buttons that have a name."""
    tree = html.document_fromstring(body.decode("utf-8"))
    for form in tree.iter("form"):
        plain = _controls(form, tree, typing)
        buttons = [one for one in _owned(form, tree, "button") if one.get("name")]
        for button in buttons or [None]:
            said = dict(plain.said)
            if button is not None:
                said[button.get("name")] = [button.get("value", "")]
            yield Shown(_to(form, button, at), (form.get("method") or "get").upper(), said, plain.typed, plain.files)


def _to(form: Any, button: Any, at: str) -> str:
    other = button.get("formaction") if button is not None else None
    return str(other or form.get("action") or at)


def _owned(form: Any, tree: Any, *tags: str) -> Iterator[Any]:
    yield from form.iter(*tags)
    if form.get("id"):
        yield from tree.xpath("//*[@form=$id]", id=form.get("id"))


def _controls(form: Any, tree: Any, typing: Typing) -> Shown:
    said: dict[str, list[str]] = {}
    typed, files = set(), set()
    for one in _owned(form, tree, "input", "select", "textarea"):
        name, kind = one.get("name"), one.get("type", "").lower() if one.tag == "input" else one.tag
        if not name or one.get("disabled") is not None or kind in ("submit", "button", "image"):
            continue
        if kind == "file":
            files.add(name)
        elif kind == "select":
            said.setdefault(name, _selected(one))
        elif kind in ("radio", "checkbox"):
            if name not in said or one.get("checked") is not None:
                said[name] = [one.get("value", "on")]
        else:
            words = typing(name) if kind in TYPED or kind == "textarea" else ""
            if kind != "hidden":
                typed.add(name)
            said.setdefault(name, []).append(words or (one.text if kind == "textarea" else one.get("value")) or "")
    return Shown("", "", said, frozenset(typed), frozenset(files))


def _selected(one: Any) -> list[str]:
    options = [option.get("value", option.text or "") for option in one.iter("option")]
    chosen = [option.get("value", "") for option in one.iter("option") if option.get("selected") is not None]
    return [next((value for value in [*chosen, *options] if value), "")]
