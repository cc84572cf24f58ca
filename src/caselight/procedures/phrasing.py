"""Every way in which the letter may say a figure, in words: tried one by one, and those that may not be said left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from caselight.formats.letter.source import read_source
from caselight.method.analysis.figure import Figure
from caselight.method.faults import Faults
from caselight.method.report.binding import Binder
from caselight.method.report.compose import Composer
from caselight.method.report.context import Context

SHARES = ("of", "out of", "of the", "all but", "all", "each", "every", "none", "single", "failures", "complement",
          "count", "quantifier", "percent")  # fmt: skip
STYLES = {
    "share": SHARES,
    "people": SHARES,
    "count": ("count", "of"),
    "external": ("rates",),
    "stated_direction": ("direction",),
    "fact": ("fact", "fact; as=when"),
    "rating": ("rating", "reached"),
    "score": ("score",),
}
BEFORE = "it: "  # words before the phrase, so that it is said as in the middle of a sentence


@dataclass(frozen=True, slots=True)
class Said:
    """One way to say a figure: what is written in the letter, and the words that it prints."""

    source: str
    words: str


def ways_to_say(figure: Figure, context: Context) -> tuple[Said, ...]:
    """The ways to say a figure, each wording once."""
    said = {way.words: way for way in reversed(list(_ways(figure, context)))}
    return tuple(reversed(said.values()))


def _ways(figure: Figure, context: Context) -> Iterator[Said]:
    for style in STYLES.get(figure.kind, ()):
        source = f"{{{figure.key}: {style}}}"
        words = printed(source, context)
        if words:
            yield Said(source, words)


def printed(source: str, context: Context) -> str:
    """What a phrase of the letter prints in the middle of a sentence; nothing where it may not be said."""
    try:
        letter = read_source(f"{BEFORE}{source}.", context.language, "letter.md")
    except Faults:
        return ""
    composer, binder = Composer(context), Binder(context)
    spans = [span for placed in composer.placed(letter) if not placed.fixed for span in binder.bound(placed).spans]
    if composer.faults or binder.faults:
        return ""
    return "".join(span.text for span in spans).removeprefix(BEFORE).removesuffix(".").strip()
