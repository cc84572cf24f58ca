"""The headings of a letter while it is written, and its lines with their numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from caselight.method.framework.definition import Framework

HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*\s*$")
NAMED = re.compile(r"^\{(section|theme):\s*([^}]*?)\s*\}$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its line, its level, and its words as they will be printed."""

    line: int
    level: int
    text: str


def outline(text: str, framework: Framework, language: str) -> list[Heading]:
    """The headings in order; those of sections and themes with the framework's titles."""
    titles = {("section", name): title for name, title in framework.letter.sections.items()}
    titles |= {("theme", theme.id): theme.title for theme in framework.themes}
    found = []
    for n, line in enumerate(text.split("\n"), 1):
        match = HEADING.match(line)
        if match:
            named = NAMED.match(match[2])
            title = titles.get((named[1], named[2])) if named else None
            found.append(Heading(n, len(match[1]), title.in_(language) if title else match[2]))
    return found
