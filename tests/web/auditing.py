"""What every page must be, whatever is on it: looked for in its HTML, each rule a function that names what breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from lxml import html

Element = Any
OTHER_TYPES = ("hidden", "submit", "button", "reset", "image")
REFERRING = ("aria-describedby", "aria-labelledby", "aria-controls", "data-aria-controls", "data-cl-reveals")


def words(element: Element) -> str:
    """The text of an element, with single spaces."""
    return " ".join(element.text_content().split())


def one_heading_that_the_title_begins_with(page: Element) -> Iterator[str]:
    """One h1; the title is its words, after "Error: " where something is wrong, and the product's name."""
    headings = page.xpath("//h1")
    if len(headings) != 1:
        yield f"{len(headings)} h1"
        return
    title = " ".join(page.findtext(".//title", "").split())
    wrong = bool(page.xpath("//*[contains(@class, 'govuk-error-summary__title')]"))
    if title.startswith("Error: ") != wrong:
        yield f"title {title!r}, though {'something' if wrong else 'nothing'} is wrong"
    if not title.removeprefix("Error: ").startswith(words(headings[0])):
        yield f"title {title!r} does not begin with the h1 {words(headings[0])!r}"


def headings_in_order(page: Element) -> Iterator[str]:
    """No level is left out on the way down."""
    last = 1
    for heading in page.xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5]"):
        level = int(heading.tag[1])
        if level > last + 1:
            yield f"h{level} {words(heading)!r} after h{last}"
        last = level


def language(page: Element) -> Iterator[str]:
    """The page says its language."""
    if not page.get("lang"):
        yield "html without lang"


def ids(page: Element) -> Iterator[str]:
    """No id twice, and whatever is referred to is there."""
    seen: set[str] = set()
    for one in page.xpath("//@id"):
        if one in seen:
            yield f"id {one!r} twice"
        seen.add(one)
    for name in REFERRING:
        for element in page.xpath(f"//*[@{name}]"):
            yield from (f"{name} to {one!r}, which is nowhere" for one in element.get(name).split() if one not in seen)
    for label in page.xpath("//label[@for]"):
        if label.get("for") not in seen:
            yield f"label {words(label)!r} for {label.get('for')!r}, which is nowhere"


def labels(page: Element) -> Iterator[str]:
    """Every control, button and link has a name; every group of controls a legend; every picture a text."""
    labelled = set(page.xpath("//label/@for"))
    for control in page.xpath("//input | //select | //textarea"):
        named = control.get("aria-label") or control.get("aria-labelledby") or control.get("id") in labelled
        if control.get("type") not in OTHER_TYPES and not named:
            yield f"control {control.get('name')!r} without a label"
    for element in page.xpath("//button | //a[@href]"):
        if not (words(element) or element.get("aria-label")):
            yield f"{element.tag} without words: {element.get('href') or element.get('name')}"
    yield from ("fieldset without a legend" for one in page.xpath("//fieldset") if not one.xpath("./legend"))
    yield from (f"img {one.get('src')!r} without alt" for one in page.xpath("//img") if one.get("alt") is None)
    yield from ("table without caption" for one in page.xpath("//table") if not one.xpath("./caption"))


def errors_linked(page: Element) -> Iterator[str]:
    """Errors at fields come with a summary above, and the summary links to controls that are there."""
    summary = page.xpath("//*[contains(@class, 'govuk-error-summary__list')]")
    if page.xpath("//*[contains(@class, 'govuk-error-message')]") and not summary:
        yield "an error without a summary"
    for link in page.xpath("//*[contains(@class, 'govuk-error-summary__list')]//a"):
        at = page.xpath("//*[@id=$id]", id=link.get("href", "").removeprefix("#"))
        if not at:
            yield f"the error {words(link)!r} links to nothing"
        elif at[0].tag not in ("input", "select", "textarea", "button", "a"):
            yield f"the error {words(link)!r} links to a {at[0].tag}, not to a control"


def hidden_words_begin_as_words(page: Element) -> Iterator[str]:
    """What is only heard goes on in words after a space: a screen reader sets one there, and "Decide , Case 1" is no name."""
    for one in page.xpath("//*[contains(concat(' ', @class, ' '), ' govuk-visually-hidden ')]"):
        said = words(one)
        if said and said[0] in ",;:.!?)":
            yield f"hidden words begin with {said[0]!r}: {said!r}"
        before = "".join(one.xpath("preceding-sibling::node()[1][self::text()]"))
        if said and before and not before[-1:].isspace() and not (one.text or " ")[:1].isspace():
            yield f"no space before the hidden words {said!r}"


def nothing_inline(page: Element) -> Iterator[str]:
    """No style and no script in the page itself, and nothing from elsewhere: the browser is told to refuse it."""
    yield from ("style attribute on " + one.tag for one in page.xpath("//*[@style]"))
    yield from ("style element" for _ in page.xpath("//style"))
    yield from (
        "script inside the page" for one in page.xpath("//script[not(@src)]") if one.get("type") != "application/json"
    )
    for element in page.iter():
        yield from (f"{name} on {element.tag}" for name in element.attrib if name.startswith("on"))
    for address in page.xpath("//script/@src | //link/@href | //img/@src | //form/@action | //iframe/@src"):
        if not address.startswith(("/", "?", "#", "data:")) or address.startswith("//"):
            yield f"{address!r} is not ours"
    yield from (
        f"{one!r} runs a script" for one in page.xpath("//@href") if one.strip().lower().startswith("javascript:")
    )


def forms_are_ours(page: Element) -> Iterator[str]:
    """Whatever is posted carries the token that says that it comes from our own page."""
    for form in page.xpath("//form[translate(@method, 'POST', 'post') = 'post']"):
        if not form.xpath(".//input[@name='csrfmiddlewaretoken']"):
            yield f"form to {form.get('action')!r} without a token"


RULES: tuple[Callable[[Element], Iterator[str]], ...] = (
    one_heading_that_the_title_begins_with,
    headings_in_order,
    language,
    ids,
    labels,
    errors_linked,
    hidden_words_begin_as_words,
    nothing_inline,
    forms_are_ours,
)


def faults(content: bytes) -> list[str]:
    """Everything that breaks a rule."""
    page = html.document_fromstring(content.decode("utf-8"))
    return [fault for rule in RULES for fault in rule(page)]
