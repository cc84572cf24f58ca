"""A letter's Markdown as blocks, with the line and column of every part, or all that is wrong with it.

An inspector's Markdown is small: headings, paragraphs, bullet lists, emphasis. Everything else (raw HTML, links,
images, tables, code) is refused with its place, because it could say something that no figure is behind.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from markdown_it.token import Token

from caselight.formats.letter.notation import parser, read_braces
from caselight.method.faults import Fault, Place, refuse
from caselight.method.report.letter import Block, Bound, Checked, Inline, Letter, Quoted, Words

ALONE = ("section", "theme", "fixed", "if", "ratings")
PLAIN = {"heading_close", "paragraph_close", "bullet_list_open", "bullet_list_close", "list_item_close"}
LIMIT = 1_000_000
MOST_BROKEN = 100  # broken phrases that are listed


def read_letter(data: bytes, language: str, file: str = "letter.md") -> Letter:
    """The blocks of a letter source. Raises :class:`Faults` with every part that is not a letter's Markdown."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        refuse([_bad_encoding(error, file)])
        raise  # refuse() raised; this line tells the type checker so
    if len(text) > LIMIT or "\0" in text:
        refuse(
            [
                Fault(
                    "letter.unreadable",
                    (file,),
                    "The letter is over a million characters long, or holds a NUL.",
                    "Save it again as plain text.",
                    place=Place(file),
                )
            ]
        )
    return read_source(text, language, file)


def _bad_encoding(error: UnicodeDecodeError, file: str) -> Fault:
    says = f"The letter is not UTF-8 text: byte {error.start + 1} does not belong there."
    return Fault("letter.encoding", (file,), says, "Save it as UTF-8.", place=Place(file))


def read_source(text: str, language: str, file: str) -> Letter:
    """The blocks of a letter source that is already text."""
    reader = _Reader(re.split(r"\r\n|\r|\n", text), file)
    try:
        tokens = parser().parse(text)
    except RecursionError:
        refuse(
            [
                Fault(
                    "letter.unreadable",
                    (file,),
                    "The letter is nested too deeply.",
                    "Write plain paragraphs.",
                    place=Place(file),
                )
            ]
        )
        raise
    blocks = tuple(reader.blocks(tokens))
    refuse(reader.faults)
    return Letter(blocks, language, file)


@dataclass
class _Reader:
    """Walks the tokens of one letter. Its faults are collected, not raised one by one."""

    lines: Sequence[str]
    file: str
    faults: list[Fault] = field(default_factory=list)
    _broken_phrases: int = 0
    _counted: Token | None = None
    _starts_and_columns: tuple[list[int], list[int]] = ([], [])

    def blocks(self, tokens: Sequence[Token]) -> Iterator[Block]:
        kind, level, depth = "paragraph", 0, 0
        for token in tokens:
            if token.type == "heading_open":
                kind, level = "heading", int(token.tag[1])
            elif token.type == "list_item_open":
                kind, depth = "item", depth + 1
            elif token.type == "list_item_close":
                kind, depth = "paragraph", depth - 1
            elif token.type == "paragraph_open":
                kind = "item" if depth else "paragraph"
            elif token.type == "inline":
                yield from self._block(kind, level, token)
            elif token.type not in PLAIN:
                self._refuse_markup(token)

    def _refuse_markup(self, token: Token) -> None:
        code = "letter.raw-html" if token.type == "html_block" else "letter.markup"
        what = "Raw HTML" if code == "letter.raw-html" else f"This kind of Markdown ({token.type.split('_')[0]})"
        line = (token.map or [0])[0] + 1
        self._fault(
            code,
            f"{what} is not part of a letter.",
            "Use paragraphs, headings, bullet lists and emphasis.",
            Place(self.file, line, 1),
        )

    def _block(self, kind: str, level: int, token: Token) -> Iterator[Block]:
        place = Place(self.file, (token.map or [0])[0] + 1, 1)
        parts = tuple(self._parts(token))
        block = Block("title" if kind == "heading" and level == 1 else kind, parts, place, level=level)
        yield self._named(self._conditional(block))

    def _conditional(self, block: Block) -> Block:
        """``{if: KEY}`` at the start of a paragraph becomes its condition."""
        first = block.parts[0] if block.parts else None
        if not (isinstance(first, Bound) and first.keys == ("if",)):
            return block
        rest = block.parts[1:]
        if rest and isinstance(rest[0], Words):
            rest = (replace(rest[0], text=rest[0].text.lstrip()), *rest[1:])
        return replace(block, parts=rest, condition=first.style)

    def _named(self, block: Block) -> Block:
        """A heading or paragraph that is nothing but ``{section: …}``, ``{theme: …}``, ``{fixed: …}`` or ``{ratings}``."""
        names = [part for part in block.parts if isinstance(part, Bound) and part.keys[0] in ALONE]
        if not names:
            return block
        name = names[0]
        fits = len(block.parts) == 1 and (block.kind == "heading") == (name.keys[0] in ("section", "theme"))
        if not fits or name.keys[0] == "if":
            self._fault(
                "letter.misplaced",
                f"{{{f'{name.keys[0]}: {name.style}'.removesuffix(': ')}}} does not stand where it can.",
                "Sections and themes are headings of their own, fixed text and tables paragraphs of their own, "
                "a condition the first thing in its paragraph.",
                name.place,
            )
        return replace(block, kind=name.keys[0], name=name.style, parts=())

    def _parts(self, token: Token) -> Iterator[Inline]:
        emphasis: list[str] = []
        cursor = 0
        for child in token.children or ():
            match child.type:
                case "strong_open" | "em_open":
                    emphasis.append(child.type.split("_")[0])
                case "strong_close" | "em_close":
                    emphasis.pop()
                case "text" | "text_special" | "softbreak" | "hardbreak":
                    text = child.content if child.type.startswith("text") else " "
                    found = token.content.find(text, cursor) if text != " " else cursor
                    cursor = max(found, cursor)
                    if text:
                        yield Words(text, self._place(token, cursor), emphasis[-1] if emphasis else "")
                    cursor += len(text)
                case "bound" | "checked" | "broken":
                    cursor = child.meta["at"] + 1
                    yield from self._phrase(child, self._place(token, child.meta["at"]), emphasis)
                case _:
                    self._inline_markup(child, self._place(token, cursor))

    def _phrase(self, child: Token, place: Place, emphasis: list[str]) -> Iterator[Inline]:
        emphasised = emphasis[-1] if emphasis else ""
        table = child.content.strip() == "ratings" and child.type == "bound"
        read = None if child.type == "broken" else read_braces(child.content, style=child.type == "bound" and not table)
        if read is None:
            self._broken(child, place)
        elif child.type == "checked":
            yield Checked(child.info, read.keys, read.options, place, emphasised)
        elif read.keys == ("quote",):
            yield Quoted(read.style, place)
        else:
            yield Bound(read.keys, read.style, read.options, place, emphasised)

    def _broken(self, child: Token, place: Place) -> None:
        self._broken_phrases += 1
        if self._broken_phrases > MOST_BROKEN:
            return
        says = f"“{{{child.content[:60]}}}” is not a bound phrase, a checked phrase or a quotation."
        if self._broken_phrases == MOST_BROKEN:
            says += f" It is broken phrase number {MOST_BROKEN}, and no further one is listed."
        self._fault(
            "letter.notation", says, "Write {KEY: style}, [words]{KEY} or {quote: KEY}; a literal brace is \\{.", place
        )

    def _inline_markup(self, child: Token, place: Place) -> None:
        code = "letter.raw-html" if child.type == "html_inline" else "letter.markup"
        what = "Raw HTML" if code == "letter.raw-html" else f"This kind of Markdown ({child.type.split('_')[0]})"
        self._fault(
            code, f"{what} is not part of a letter.", "Use plain words, emphasis, and phrases in braces.", place
        )

    def _place(self, token: Token, position: int) -> Place:
        """The line and column in the file of a position in a block's text."""
        starts, columns = self._lines_of(token)
        row = bisect_right(starts, position) - 1
        return Place(self.file, (token.map or [0])[0] + row + 1, columns[row] + position - starts[row])

    def _lines_of(self, token: Token) -> tuple[list[int], list[int]]:
        """Where each line of a block's text begins, in the text and in its line of the file, whose indentation was taken
        off. Looked up once for a block, however many phrases are in it."""
        if self._counted is not token:
            lines, first = token.content.split("\n"), (token.map or [0])[0]
            raw = [*self.lines[first : first + len(lines)], *[""] * len(lines)]
            starts = [0, *accumulate(len(line) + 1 for line in lines)][:-1]
            columns = [max(whole.find(line), 0) + 1 for whole, line in zip(raw, lines, strict=False)]
            self._counted, self._starts_and_columns = token, (starts, columns)
        return self._starts_and_columns

    def _fault(self, code: str, says: str, cure: str, place: Place) -> None:
        self.faults.append(Fault(code, (self.file,), says, cure, place=place))
