"""A letter after the trace: every claim bound to figures. The only thing that an output may be written from.

Writers (HTML, PDF, DOCX, data) read this value and nothing else; they decide how things look, never what is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from caselight.method.analysis.figure import Figure
from caselight.method.faults import Fault, Place


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text. ``claim`` is the id of the claim it belongs to, or empty; ``emphasis`` ``""``, ``em``, ``strong``.

    ``kind``: ``text``, ``phrase`` (rendered from figures), ``checked`` (the author's words, checked), ``quote`` (an
    excerpt), ``evidence`` (a claim without words of its own: a small link to the figures a sentence rests on; its text
    is the visible link text), ``note`` (a footnote reference: ``note`` is its id and ``text`` is empty), ``divider``
    (between two cells of a row).
    """

    text: str
    kind: str = "text"
    claim: str = ""
    emphasis: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of the finished letter. ``kind``: ``heading`` (with ``level``), ``paragraph``, ``item``, ``row``.

    A ``row`` is one row of a table of ratings; its cells are the spans between spans of kind ``divider``.

    ``number`` is the printed number (``1`` for a theme, ``1.2`` for a paragraph) or empty; ``anchor`` is a stable id;
    ``section`` the id of the section or theme it stands in; ``fixed`` is true for the framework's own text.
    """

    kind: str
    spans: tuple[Span, ...]
    anchor: str
    section: str
    level: int = 0
    number: str = ""
    fixed: bool = False

    @property
    def words(self) -> str:
        """The passage as plain text."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Claim:
    """One bound or checked phrase, or evidence for a sentence: what it says and which figures are behind it.

    ``id`` is stable while its text stays put: the paragraph's anchor and the position in it (``1.1-2``). ``sentence``
    is the whole sentence as printed. ``snapshot`` is the digest of the answers behind its figures. ``values`` are the
    figures as last computed, one ``"KEY=n/d"`` each. ``accepted`` tells whether a person accepted it as it stands.
    ``other_side`` tells that its words count those outside the numerators ("all but three", "the four which did not").
    """

    id: str
    style: str
    keys: tuple[str, ...]
    text: str
    sentence: str
    values: tuple[str, ...]
    snapshot: str
    place: Place
    accepted: bool = False
    stale: str = ""
    other_side: bool = False


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote: its id, its printed mark and its text (for external figures: measure, cohort, source)."""

    id: str
    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """One line of the copy list: a role and who holds it."""

    role: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TracedLetter:
    """A whole letter with its trace.

    ``figures`` are those that the letter may show: every figure of the inspection for the working folder. ``used`` are
    the keys that some claim names, in order of first use. ``labels`` are the fixed words that writers need (heading of
    the annex, "relevant", "not relevant", "interval" …), in the letter's language. ``header`` are label and value.
    ``banner`` is the notice that must stand on every output of a reconstructed example, or empty. ``themes`` lists
    theme id, printed title and the keys of its figures in order, for charts and tables. ``reached`` says step by step how
    each rating was reached: what the step is about, and its words. ``decisions`` are the recorded
    decisions to print a small number, key to sentence.
    """

    language: str
    title: str
    service: str
    subject: str
    published: str
    banner: str
    header: tuple[tuple[str, str], ...]
    passages: tuple[Passage, ...]
    claims: tuple[Claim, ...]
    figures: Mapping[str, Figure]
    used: tuple[str, ...]
    footnotes: tuple[Footnote, ...]
    copy_list: tuple[Recipient, ...]
    themes: tuple[tuple[str, str, tuple[str, ...]], ...]
    labels: Mapping[str, str]
    scale: tuple[tuple[str, str], ...]
    basis: str
    decisions: Mapping[str, str] = field(default_factory=dict)
    reached: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()

    def claim(self, claim_id: str) -> Claim:
        """The claim with this id."""
        return next(claim for claim in self.claims if claim.id == claim_id)
