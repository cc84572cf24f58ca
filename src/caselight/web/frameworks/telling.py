"""What differs between two question sets, as people read it: before and after, and what it means for comparison."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from caselight.formats.framework_document.building.speaker import in_title
from caselight.formats.framework_document.document import framework_document
from caselight.formats.framework_document.structure import Pairs, Paragraph, Section
from caselight.method.analysis.comparable import OTHER_BANK, WHY, other_base
from caselight.method.framework.definition import Framework
from caselight.method.framework.differences import Changed, Differences, Parts
from caselight.method.framework.parts import Text
from caselight.web.design.marking import Piece, words_marked
from caselight.web.frameworks.books import plain

HOW: Mapping[str, tuple[str, str]] = {
    "reworded": ("Reworded", "blue"),
    "re-routed": ("Asked of other cases", "orange"),
    "re-scaled": ("Answered in another way", "orange"),
    "recomputed": ("Worked out in another way", "orange"),
    "moved": ("In another theme", "blue"),
}
SAME = "It can be compared with earlier ones."
NEW = "There is nothing earlier to compare it with."
GONE = "Earlier figures of it have nothing to be compared with."
REPLACED = "The two mean different things, so their figures are not compared."
PARTS: Mapping[str, tuple[str, str]] = {
    "measures": ("Measures", "Figures of a measure that changed are not compared with earlier ones."),
    "rating_scales": ("Rating scales", "Ratings on a scale that changed mean something else than earlier ones."),
    "cut_tables": ("Cut tables", "The same figure may be given another rating than before."),
    "ratings": ("Ratings", "A rating that changed is reached in another way than before."),
    "populations": ("Groups", "Figures of a group that changed are counted over other cases than before."),
    "counts": ("Counts", "A count that changed counts something else than before."),
    "facts": ("Facts", "What a service must supply changes."),
    "consistency": ("Checks between answers", "Figures stay as they are; other answers are questioned."),
}


class Line(NamedTuple):
    """What something of a question said before and says now, the words marked that differ."""

    name: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One question: what happened to it, what that means, and what it said before and says now, line by line."""

    id: str
    title: str
    tags: tuple[tuple[str, str], ...]
    means: str
    comparable: bool
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class PartTold:
    """Facts, ratings and the like: what was added, dropped and changed, by name."""

    title: str
    means: str
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The whole, in the order in which it is read. ``bank`` says why the two have little to do with each other."""

    before: Framework
    after: Framework
    added: tuple[Told, ...]
    dropped: tuple[Told, ...]
    replaced: tuple[Told, ...]
    changed: tuple[Told, ...]
    parts: tuple[PartTold, ...]
    bank: str
    comparable: int

    @property
    def titles(self) -> tuple[str, str]:
        """What the two are called; only their versions where they are versions of one question set."""
        both = (self.before, self.after)
        if self.before.id == self.after.id:
            return f"version {self.before.version}", f"version {self.after.version}"
        before, after = (f"“{one.title.in_(one.languages[0])}”, version {one.version}," for one in both)
        return before, after.rstrip(",")

    @property
    def none(self) -> bool:
        """Whether nothing differs."""
        return not (self.added or self.dropped or self.replaced or self.changed or self.parts)

    @property
    def groups(self) -> tuple[tuple[str, tuple[Told, ...]], ...]:
        """The questions by what happened to them."""
        groups = (
            ("Changed", self.changed),
            ("Replaced", self.replaced),
            ("Added", self.added),
            ("Dropped", self.dropped),
        )
        return tuple((title, items) for title, items in groups if items)


def comparison(before: Framework, after: Framework, found: Differences) -> Comparison:
    """Two question sets with what differs between them."""
    pages = _Pages(before), _Pages(after)
    same = [one for name in found.same if (one := _other(name, after, found)) is not None]
    changed = [_changed(one, pages, after, found) for one in found.changed]
    other = after.bank.id != before.bank.id
    return Comparison(
        before, after,
        added=tuple(Told(name, _short(after, name), (), NEW, comparable=False) for name in found.added),
        dropped=tuple(Told(name, _short(before, name), (), GONE, comparable=False) for name in found.dropped),
        replaced=tuple(_replaced(old, new, pages) for old, new in found.replaced.items()),
        changed=(*changed, *same),
        parts=tuple(_part(part, before, after) for part in found.parts),
        bank=OTHER_BANK.format(bank=before.bank.id) if other else "",
        comparable=0 if other else sum(one.comparable for one in changed) + len(found.same) - len(same),
    )  # fmt: skip


class _Pages:
    """The document of a question set, looked up by question."""

    def __init__(self, framework: Framework) -> None:
        self.framework = framework
        document = framework_document(framework, framework.languages[0])
        self.sections = {
            inner.brief: inner for section in document.sections for inner in section.sections if inner.brief
        }

    def lines(self, name: str) -> dict[str, str]:
        """What the document says of a question: its words, and each line under its name."""
        return dict(_lines(self.sections[name])) if name in self.sections else {}


def _lines(section: Section) -> Iterator[tuple[str, str]]:
    for block in section.blocks:
        if isinstance(block, Paragraph) and block.look == "lead":
            yield "Question", plain(block.words)
        elif isinstance(block, Pairs):
            for name, inside in block.rows:
                said = (
                    plain(one.words) if isinstance(one, Paragraph) else "; ".join(map(plain, one.items))
                    for one in inside
                )
                yield name, " ".join(said)


def _changed(one: Changed, pages: tuple[_Pages, _Pages], after: Framework, found: Differences) -> Told:
    why = next((WHY[how] for how in one.how if how in WHY), "") or other_base(after, one.id, found)
    tags = tuple(HOW[how] for how in one.how)
    return Told(
        one.id,
        _short(after, one.id),
        tags,
        f"Not compared. {why}" if why else SAME,
        not why,
        _both(one.id, one.id, pages),
    )


def _other(name: str, after: Framework, found: Differences) -> Told | None:
    """A question that is the same and has another base."""
    why = other_base(after, name, found)
    return (
        Told(name, _short(after, name), (("Another base", "orange"),), f"Not compared. {why}", comparable=False)
        if why
        else None
    )


def _replaced(old: str, new: str, pages: tuple[_Pages, _Pages]) -> Told:
    title = f"{_short(pages[0].framework, old)}, now {new}: {_short(pages[1].framework, new)}"
    return Told(old, title, (), REPLACED, comparable=False, lines=_both(old, new, pages))


def _both(old: str, new: str, pages: tuple[_Pages, _Pages]) -> tuple[Line, ...]:
    before, after = pages[0].lines(old), pages[1].lines(new)
    names = (name for name in dict.fromkeys((*before, *after)) if before.get(name) != after.get(name))
    return tuple(Line(name, *words_marked(before.get(name, ""), after.get(name, ""))) for name in names)


def _short(framework: Framework, name: str) -> str:
    return framework.questions[name].short.in_(framework.languages[0])


def _part(part: Parts, before: Framework, after: Framework) -> PartTold:
    title, means = PARTS[part.name]
    named = (("Added", part.added, after), ("Dropped", part.dropped, before), ("Changed", part.changed, after))
    rows = tuple(
        (how, tuple(_called(framework, part.name, one) for one in names)) for how, names, framework in named if names
    )
    return PartTold(title, means, rows)


def _called(framework: Framework, part: str, name: str) -> str:
    """What a fact, rating or check is called; by the words of its id where it has no label."""
    found = next(item for item in getattr(framework, part) if item.id == name)
    label = getattr(found, "label", None)
    return label.in_(framework.languages[0]) if isinstance(label, Text) else in_title(name)
