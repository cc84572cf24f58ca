"""Where our components differ from GOV.UK's on purpose: each changes GOV.UK's tree into what ours ought to be.

``docs/explanation/looks.md`` says the same to whoever looks at the pages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any


def _accordions(theirs: Any) -> None:
    """What was opened is not kept in the browser: the next person at a shared machine would see it."""
    theirs[0].set("data-remember-expanded", "false")


def _back(theirs: Any) -> None:
    """Everything on a page stands in a landmark."""
    [link] = theirs
    nav = theirs.makeelement("nav", {"aria-label": "Back"})
    theirs.replace(link, nav)
    nav.append(link)


def _twice(theirs: Any) -> None:
    """A second press is prevented unless a page says otherwise."""
    if theirs[0].get("data-prevent-double-click") == "false":
        del theirs[0].attrib["data-prevent-double-click"]


def _revealed(theirs: Any) -> None:
    """GOV.UK's script says "expanded" of a radio button, which no radio button may be: we have our own."""
    for one in theirs.iter("div"):
        one.attrib.pop("data-module", None)
    for one in theirs.iter("input"):
        if "data-aria-controls" in one.attrib:
            one.set("data-cl-reveals", one.attrib.pop("data-aria-controls"))


def _addresses(theirs: Any) -> None:
    """A page of a list is asked for by its number."""
    now = int(theirs.xpath(".//a[@aria-current]")[0].text)
    for link in theirs.iter("a"):
        to = {"prev": now - 1, "next": now + 1}.get(link.get("rel")) or int(link.text)
        link.set("href", f"?page={to}")


def _changed(theirs: Any) -> None:
    """What a link changes is always said to whoever only hears it."""
    for row in theirs.find_class("govuk-summary-list__row"):
        for link in row.iter("a"):
            if not len(link):
                hidden = link.makeelement("span", {"class": "govuk-visually-hidden"})
                hidden.text = row[0].text
                link.append(hidden)


def _framed(theirs: Any) -> None:
    """A table scrolls by itself, has a caption, keeps its heading in view, and figures have our class for figures."""
    [table] = theirs
    table.set("class", f"{table.get('class')} cl-table--sticky")
    table.set("id", "table-table")
    caption = table.makeelement(
        "caption", {"class": "govuk-table__caption govuk-table__caption--m", "id": "table-caption"}
    )
    caption.text = "Rates"
    table.insert(0, caption)
    for cell in table.iter("th", "td"):
        cell.set("class", re.sub(r"govuk-table__\w+--numeric", "cl-number", cell.get("class")))
    frame = theirs.makeelement("div", {"class": "cl-table-frame", "role": "region", "tabindex": "0",
                                       "aria-labelledby": "table-caption"})  # fmt: skip
    theirs.replace(table, frame)
    frame.append(table)


def _named(theirs: Any) -> None:
    """The boxes of a day are named after their field."""
    [day] = theirs.find_class("govuk-date-input")
    for box in day.iter("input"):
        box.set("name", f"{day.get('id')}-{box.get('name')}")


def _titled(theirs: Any) -> None:
    """The part is called as its inspection is, whose name is no link: the first below it leads there."""
    [name] = theirs.find_class("govuk-service-navigation__service-name")
    theirs[0].set("aria-label", " ".join(name.text_content().split()))
    [link] = name
    link.tag = "span"
    link.set("class", "govuk-service-navigation__text")
    del link.attrib["href"]


ON_PURPOSE: Mapping[str, Callable[[Any], None]] = {
    "accordion": _accordions,
    "back-link": _back,
    "button": _twice,
    "date-input": _named,
    "pagination": _addresses,
    "radios": _revealed,
    "service-navigation": _titled,
    "summary-list": _changed,
    "table": _framed,
}
