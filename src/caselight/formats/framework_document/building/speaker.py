"""What every part of a framework document asks for: texts in one language, labels, rules in words, names that are links.

Where a rule comes from is said in one place, and remembered, so that what is labelled at a rule is listed at the front.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from caselight.formats.framework_document.labels import ENGLISH
from caselight.formats.framework_document.structure import Run, Words, words
from caselight.method.framework.definition import Framework
from caselight.method.framework.in_words import in_words
from caselight.method.framework.parts import Mark, Provenance, Text
from caselight.method.framework.rules import Rule

CHECKED = frozenset({Mark.DOCUMENTED, Mark.LETTER})
_HOLE = re.compile(r"\{(\w+)\}")
_NOT_IN_ANCHOR = re.compile(r"[^A-Za-z0-9_.\-]")


@dataclass(frozen=True, slots=True)
class Known:
    """One rule with what is known about it, and where in the document it stands."""

    kind: str
    name: str
    anchor: str
    mark: Mark


@dataclass(slots=True)
class Speaker:
    """One framework in one of its languages."""

    framework: Framework
    language: str
    known: list[Known] = field(default_factory=list)

    def text(self, text: Text | None) -> str:
        """A text of the framework."""
        return text.in_(self.language) if text is not None else ""

    def word(self, key: str, **holes: object) -> str:
        """A fixed word of the document, with its holes filled."""
        return _HOLE.sub(lambda hole: str(holes.get(hole[1], hole[0])), self._template(key))

    def phrase(self, key: str, **holes: str | Words) -> Words:
        """A fixed phrase whose holes may hold links."""
        runs: list[Run] = []
        for place, piece in enumerate(_HOLE.split(self._template(key))):
            filled = holes.get(piece, f"{{{piece}}}") if place % 2 else piece
            runs += words(filled) if isinstance(filled, str) else filled
        return tuple(runs)

    def _template(self, key: str) -> str:
        own = self.framework.letter.labels.get(key)
        return self.text(own) or ENGLISH[key]

    def when(self, rule: Rule) -> str:
        """A rule in words, as the end of a sentence: ``when a report was prepared``, or ``always``."""
        return in_words(rule, self.framework, self.language)

    def clause(self, rule: Rule) -> str:
        """A rule in words, as the beginning of a sentence."""
        said = self.when(rule)
        return said[:1].upper() + said[1:]

    def sentence(self, rule: Rule) -> str:
        """A rule in words, as a sentence of its own."""
        return f"{self.clause(rule)}."

    def number(self, value: float | Fraction | None) -> str:
        """A number as it is written; empty for none."""
        if value is None:
            return ""
        whole = Fraction(str(value))
        shown = str(whole.numerator) if whole.denominator == 1 else str(value)
        return shown.replace(".", self.framework.wording[self.language].decimal)

    # Names, each leading to where it is explained ------------------------------------------------------------------

    def question(self, name: str) -> Words:
        """A question by its id and its short name."""
        question = self.framework.questions.get(name)
        if question is None:
            return words(name)
        return (Run(name, anchor("question", name)), Run(f" ({self.text(question.short)})"))

    def bare(self, name: str) -> Words:
        """A question by its id alone."""
        return words(name, href=anchor("question", name) if name in self.framework.questions else "")

    def fact(self, name: str) -> Words:
        """A fact by its label."""
        fact = self.framework.fact_by_id.get(name)
        return words(self.text(fact.label), href=anchor("fact", name)) if fact else words(name)

    def measure(self, name: str) -> Words:
        """A measure by its label."""
        found = self.framework.measure_by_id.get(name)
        return words(self.text(found.label), href=anchor("measure", name)) if found else words(name)

    def rating(self, name: str) -> Words:
        """A rating by its label."""
        found = self.framework.rating_by_id.get(name)
        return words(self.text(found.label), href=anchor("rating", name)) if found else words(name)

    def table(self, name: str) -> Words:
        """A cut table by the words of its id."""
        return words(in_title(name), href=anchor("cuts", name))

    def grade(self, scale: str, name: str) -> str:
        """A grade of a scale by its label."""
        known = self.framework.rating_scale_by_id.get(scale)
        found = next((grade for grade in known.grades if grade.id == name), None) if known else None
        return self.text(found.label) if found else name

    def noun(self, subject: str, *, many: bool = False) -> str:
        """The noun for a kind of subject."""
        found = next((item for item in self.framework.subjects if item.id == subject), None)
        return self.text(found.many if many else found.one) if found else subject

    # Where a rule comes from ---------------------------------------------------------------------------------------

    def origin(self, provenance: Provenance | None, kind: str, name: str, target: str) -> Words:
        """Where a rule comes from, with a label when it was not checked. Remembers it for the front of the document."""
        if provenance is None:
            return ()
        self.known.append(Known(kind, name, target, provenance.mark))
        unchecked = () if provenance.mark in CHECKED else words(f" {self.word('document.unchecked')}", strong=True)
        return (*self.marked(provenance), *unchecked)

    def marked(self, provenance: Provenance) -> Words:
        """A mark with its sources and its note: ``Stated in the source (ROTH). Page 7.``"""
        runs = [Run(self.word(f"mark.{provenance.mark.value}"))]
        sources = [name.strip() for name in (provenance.source or "").split(",") if name.strip()]
        if sources:
            runs += [Run(" ("), *joined([words(name, href=anchor("source", name)) for name in sources]), Run(")")]
        note = provenance.note or ""
        end = "" if not note or note.endswith((".", "?", "!")) else "."
        return (*runs, Run(f". {note}{end}".rstrip()))


def in_title(name: str, beside: str = "") -> str:
    """An id in words, for what has no title of its own; a word keeps the capitals that it has in the text beside it.

    >>> in_title("mappa-level-without-eligibility", "The MAPPA level is recorded although …")
    'MAPPA level without eligibility'
    """
    capitals: dict[str, str] = {word.lower(): word for word in re.findall(r"\b[A-Z]{2,}\b", beside)}
    said = " ".join(capitals.get(word.lower(), word) for word in name.replace("-", " ").replace("_", " ").split())
    return said[:1].upper() + said[1:]


def anchor(kind: str, name: str) -> str:
    """The address of something inside the document: ``#question-R1``."""
    return "#" + anchor_id(kind, name)


def anchor_id(kind: str, name: str) -> str:
    """The id of something in the document: ``question-R1``."""
    return f"{kind}-{_NOT_IN_ANCHOR.sub(lambda odd: f'-{ord(odd[0]):x}-', name)}"


def joined(parts: Iterable[Words], between: str = ", ") -> Words:
    """Several words one after the other."""
    runs: list[Run] = []
    for part in parts:
        runs += [Run(between), *part] if runs else part
    return tuple(runs)


def each(names: Sequence[str], say: Callable[[str], Words]) -> Words:
    """Several names, each as ``say`` says it."""
    return joined([say(name) for name in names])
