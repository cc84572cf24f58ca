"""GOV.UK's own examples of its components, as the pinned package carries them, and how two pieces of HTML are compared.

The package is fetched at set-up (``build_assets.py``) and never committed, so the examples are those of the very version
that the pages are made from.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import html
from tests.missing import missing

PACKAGE = Path(__file__).parents[3] / "node_modules" / "govuk-frontend" / "dist" / "govuk" / "components"
Options = Mapping[str, Any]
Said = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Example:
    """One example of a component: its name, what was asked for, and the HTML that GOV.UK makes of it."""

    called: str
    options: Options
    html: str


@dataclass(frozen=True)
class Counterpart:
    """A component and our tag for it.

    ``takes`` are the arguments that we have a word for, by their dotted names; one that ends in ``!`` must be there.
    An example that asks for anything else has no counterpart here. ``ours`` says a template and its values for the
    arguments of an example, or nothing where we never make such a thing.
    """

    component: str
    takes: str
    ours: Callable[[Options], Said | None]

    def fits(self, example: Example) -> bool:
        """Whether we have a word for all that an example asks for."""
        asked, words = set(paths(example.options)), self.takes.split()
        needs = {word.rstrip("!") for word in words if word.endswith("!")}
        return needs <= asked <= {word.rstrip("!") for word in words} and self.ours(example.options) is not None


def examples(component: str) -> list[Example]:
    """All examples of a component that have no empty rows."""
    file = PACKAGE / component / "fixtures.json"
    if not file.is_file():
        missing("GOV.UK's examples are not here: node_modules is made at set-up.")
    return [
        Example(one["name"], one["options"], one["html"])
        for one in json.loads(file.read_text(encoding="utf-8"))["fixtures"]
        if not _gaps(one["options"])
    ]


def _gaps(given: Any) -> bool:
    """Whether a list has an empty row, which some examples have to show that it is passed over, but counted."""
    if isinstance(given, Mapping):
        return any(_gaps(value) for value in given.values())
    return isinstance(given, list) and any(not one or _gaps(one) for one in given)


def paths(given: Any, at: str = "") -> Iterator[str]:
    """The dotted names of all that is asked for: ``items[].value``. What is empty asks for nothing."""
    if isinstance(given, Mapping):
        for name, value in given.items():
            yield from paths(value, f"{at}.{name}" if at else name)
    elif isinstance(given, list):
        for value in given:
            yield from paths(value, f"{at}[]")
    elif given not in ("", None):
        yield at


def tree(text: str) -> Any:
    """A piece of HTML as a tree, in an element of its own."""
    return html.fragment_fromstring(text, create_parent="div")


def lines(element: Any, depth: int = 0) -> list[str]:
    """What a tree is made of, a line each: elements with their attributes and classes in one order, and the words."""
    given = {**element.attrib, "class": " ".join(sorted(element.get("class", "").split()))}
    said = [f"{name}={value}" for name, value in sorted(given.items()) if value or name != "class"]
    found = [" ".join([". " * depth + element.tag, *said]), *_words(element.text, depth + 1)]
    for child in element:
        found += [*lines(child, depth + 1), *_words(child.tail, depth + 1)]
    return found


def _words(text: str | None, depth: int) -> list[str]:
    words = " ".join((text or "").split())
    return [f"{'. ' * depth}“{words}”"] if words else []
