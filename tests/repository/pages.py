"""Documentation pages as tests read them: sections, tables, fenced blocks and links. Markdown is only as deep as we write it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
FENCE = re.compile(r"^(?P<marks>`{3,})(?P<kind>[a-z]*)\n(?P<body>.*?)^(?P=marks)$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"`([\w./-]+)`[^\n]*:\s*$")
HEADING = re.compile(r"^#{2,4} (.+)$", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]*))?\)")


@dataclass(frozen=True)
class Fenced:
    """A fenced block: its kind (``console``, ``yaml``), its text, and the file that the line before it names."""

    kind: str
    text: str
    file: str
    start: int


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def fenced(text: str) -> Iterator[Fenced]:
    """The fenced blocks of a page in order. A file is named by the line before: ``Write `letter.md`:``."""
    for found in FENCE.finditer(text):
        before = text[: found.start()].rstrip().rsplit("\n", 1)[-1]
        named = NAMED.search(before)
        yield Fenced(found["kind"], found["body"], named[1] if named else "", found.start("body"))


def sections(text: str) -> dict[str, str]:
    """The text under each heading of a page, by the heading's words without back quotes."""
    bare = FENCE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    heads = list(HEADING.finditer(bare))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    return {head[1].replace("`", ""): text[head.end() : end] for head, end in zip(heads, ends, strict=True)}


def rows(text: str, heading: str) -> list[list[str]]:
    """The body of the first table whose first column has this heading, cell by cell."""
    lines = text.splitlines()
    start = next((i for i, line in enumerate(lines) if line.startswith(f"| {heading} |")), None)
    if start is None:
        return []
    found = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        found.append([cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
    return found


def code(cell: str) -> str:
    """What stands between the back quotes of a cell."""
    found = re.fullmatch(r"`+ ?(.*?) ?`+", cell)
    return found[1] if found else cell


def anchors(text: str) -> set[str]:
    """The anchors that a page's headings get."""
    heads = re.findall(r"^#{1,4} (.+)$", FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def links(text: str) -> list[tuple[str, str]]:
    """The links of a page to files of the repository: path and anchor. What stands in back quotes is no link."""
    return LINK.findall(re.sub(r"`[^`\n]*`", "", FENCE.sub("", text)))


def pages() -> list[Path]:
    """Every page of the documentation, the README and the other pages at the root."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
