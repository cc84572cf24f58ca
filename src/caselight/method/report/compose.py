"""From the blocks of a source to the passages of a letter: fixed text put in, conditions applied, paragraphs numbered.

Themes carry their printed number and their paragraphs are numbered within them (1.1, 1.2); everything else has a title
or a place but no number. Nothing is phrased here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from caselight.method.analysis.figure import Figure
from caselight.method.faults import Fault, Place, did_you_mean
from caselight.method.framework.parts import Text
from caselight.method.report.context import Context
from caselight.method.report.graded import holds, is_rated
from caselight.method.report.letter import Block, Bound, Divider, Inline, Letter, Words


@dataclass(frozen=True, slots=True)
class Placed:
    """A block with its place in the finished letter. ``kind``: ``title``, ``heading``, ``paragraph``, ``item``, ``row``."""

    kind: str
    parts: tuple[Inline, ...]
    place: Place
    section: str
    anchor: str
    level: int = 0
    number: str = ""
    fixed: bool = False


class Composer:
    """Walks the blocks of one letter once, counting paragraphs; its faults are collected."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.faults: list[Fault] = []
        self._section = "head"
        self._number = ""
        self._counts: dict[tuple[str, str], int] = {}
        self._seen: set[str] = set()

    def placed(self, letter: Letter) -> Iterator[Placed]:
        """The blocks in their places, in order. A letter without a title of its own gets the framework's."""
        if not any(block.kind == "title" for block in letter.blocks):
            self._is_first("# title")
            for block in self.context.fixed.get("title", ()):
                yield self._place("title", block, fixed=True)
        for block in letter.blocks:
            yield from self._block(block, fixed=False)

    def _block(self, block: Block, *, fixed: bool) -> Iterator[Placed]:
        if not (block.parts or block.name or block.kind == "ratings"):
            says, cure = "This paragraph says nothing.", "Write its text behind the condition, or take it out."
            self._refuse("letter.empty-paragraph", says, cure, block)
            return
        if block.condition and not self._holds(block):
            return
        match block.kind:
            case "fixed" | "section" | "theme" if fixed:
                self._refuse(
                    "letter.nested-fixed-text",
                    f"The framework's fixed text holds {{{block.kind}: {block.name}}}.",
                    "Keep fixed texts, sections and themes in the letter itself.",
                    block,
                )
            case "title" if not self._is_first("# title"):
                says, cure = "The letter has a second title.", "Make it a heading (##), or take it out."
                self._refuse("letter.title-twice", says, cure, block)
            case "fixed":
                yield from self._fixed(block)
            case "ratings":
                yield from self._ratings(block)
            case "section" | "theme":
                yield from self._titled(block)
            case _:
                yield self._place(block.kind, block, fixed=fixed)

    def _titled(self, block: Block) -> Iterator[Placed]:
        """The heading of a section or a theme; a theme has a number."""
        if block.kind == "section":
            yield from self._heading(block, self.context.framework.letter.sections, number=None)
            return
        theme = self.context.themes.get(block.name)
        titles = {name: item.title for name, item in self.context.themes.items()}
        yield from self._heading(block, titles, number=theme.number if theme else None)

    def _heading(self, block: Block, titles: Mapping[str, Text], number: int | None) -> Iterator[Placed]:
        if block.name not in titles:
            self._unknown("letter.unknown-section", "section or theme", block, titles)
            return
        if not self._is_first(block.name):
            says, cure = f"The heading of “{block.name}” stands here again.", "Keep one, and put its text together."
            self._refuse("letter.section-twice", says, cure, block)
        self._section, self._number = block.name, str(number) if number else ""
        words = Words(titles[block.name].in_(self.context.language), block.place)
        anchor = f"section-{block.name}"
        yield Placed("heading", (words,), block.place, block.name, anchor, block.level, self._number, fixed=True)

    def _fixed(self, block: Block) -> Iterator[Placed]:
        if block.name not in self.context.fixed or block.name == "title":
            self._unknown("letter.unknown-fixed-text", "fixed text", block, self.context.fixed)
            return
        for inner in self.context.fixed[block.name]:
            yield from self._block(inner, fixed=True)

    def _ratings(self, block: Block) -> Iterator[Placed]:
        """A row for each rating: its name, its grade, how it was reached."""
        figures = self.context.figures
        every = [key for key, figure in figures.items() if figure.kind == "rating"]
        for key in [name.strip() for name in block.name.split(",")] if block.name else every:
            if key not in every:
                self._unknown("letter.unknown-figure", "rating", block, every, key)
                continue
            parts = (
                Words(figures[key].label, block.place),
                Divider(": ", block.place),
                self._grade(figures[key], block.place),
                Divider(". ", block.place),
                Bound((key,), "reached", {"form": "short"}, block.place),
                Words(".", block.place),
            )
            yield self._place("row", replace(block, parts=parts), fixed=True)

    def _grade(self, figure: Figure, place: Place) -> Inline:
        """The grade as a bound phrase, or the words for having none."""
        if holds(figure, self.context) or figure.reached is None:
            return Bound((figure.key,), "rating", {}, place)
        return Words(self.context.words.templates.get(f"rating.{figure.reached.state}", ""), place)

    def _place(self, kind: str, block: Block, *, fixed: bool) -> Placed:
        """A block in its place: its anchor counts its kind within the section, its number only paragraphs of themes."""
        counted = (self._section, kind)
        position = self._counts[counted] = self._counts.get(counted, 0) + 1
        number = f"{self._number}.{position}" if self._number and kind == "paragraph" else ""
        anchor = f"{self._section}-{kind[0]}{position}"
        return Placed(kind, block.parts, block.place, self._section, anchor, block.level, number, fixed)

    def _is_first(self, heading: str) -> bool:
        """Whether this title, section or theme comes for the first time."""
        first = heading not in self._seen
        self._seen.add(heading)
        return first

    def _holds(self, block: Block) -> bool:
        figure = self.context.figures.get(block.condition)
        if figure is None:
            self._unknown("letter.unknown-condition", "figure", block, self.context.figures, block.condition)
            return False
        if figure.kind == "fact":
            return bool(figure.text.get("value"))
        if is_rated(figure):
            return holds(figure, self.context)
        return figure.sufficient > 0 if figure.kind == "count" else figure.relevant > 0

    def _unknown(self, code: str, what: str, block: Block, known: Iterable[str], name: str = "") -> None:
        name = name or block.name
        says = f"There is no {what} called “{name}”."
        self.faults.append(Fault(code, ("letter",), says, did_you_mean(name, known), place=block.place))

    def _refuse(self, code: str, says: str, cure: str, block: Block) -> None:
        self.faults.append(Fault(code, ("letter",), says, cure, place=block.place))
