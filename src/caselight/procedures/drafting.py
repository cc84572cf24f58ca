"""From an inspection to its traced letter: read the source and the fixed text, compute the figures, trace."""

from __future__ import annotations

from dataclasses import replace

from caselight import __version__
from caselight.formats.letter.labels import labels_of
from caselight.formats.letter.source import read_letter, read_source
from caselight.formats.package.layout import letter_file
from caselight.method.analysis.examined import Examined
from caselight.method.analysis.figures import figures
from caselight.method.answers.snapshot import snapshot
from caselight.method.faults import Fault, Place, stop
from caselight.method.framework.definition import Framework
from caselight.method.inspection.package import Package
from caselight.method.report.context import Context
from caselight.method.report.letter import Block
from caselight.method.report.trace import trace
from caselight.method.report.traced import TracedLetter


def context_for(package: Package, language: str, *, examined: Examined | None = None) -> Context:
    """Everything a letter of this inspection may name, in one language."""
    return Context(
        framework=package.framework,
        inspection=package.inspection,
        language=language,
        figures=figures(package, language, examined=examined),
        excerpts={excerpt.key: excerpt for excerpt in package.excerpts},
        fixed=fixed_text(package.framework, language),
        accepted=tuple(row for row in package.accepted if row.language == language),
        identities=package.identities,
    )


def fixed_text(framework: Framework, language: str) -> dict[str, tuple[Block, ...]]:
    """The framework's fixed paragraphs as blocks, by id, and its letter title under ``title``."""
    texts = {item.id: item.text for item in framework.letter.fixed}
    blocks = {
        name: read_source(text.in_(language), language, f"framework (letter.fixed.{name})").blocks
        for name, text in texts.items()
    }
    title = f"# {framework.letter.title.in_(language)}"
    return blocks | {"title": read_source(title, language, "framework (letter.title)").blocks}


def draft(package: Package, language: str, *, examined: Examined | None = None) -> TracedLetter:
    """The traced letter, with everything that still stands against publishing it in ``faults``.

    ``examined`` are the sheets in that language, where they are settled already. Raises :class:`Faults` when the letter
    cannot be traced at all.
    """
    if language not in package.letters:
        file = letter_file(language, package.inspection.languages)
        cure = "Write one; the framework's letter.md is a beginning."
        stop(Fault("letter.missing", (file,), f"There is no {file}.", cure, place=Place(file)))
    source = read_letter(
        package.letters[language].encode("utf-8", "surrogatepass"),
        language,
        letter_file(language, package.inspection.languages),
    )
    letter = trace(source, context_for(package, language, examined=examined))
    return replace(letter, basis=basis(letter, package))


def basis(letter: TracedLetter, package: Package) -> str:
    """What the figures rest on, for a reader who wants to compute them again: framework, answers, program."""
    pinned = package.inspection.framework
    return labels_of(letter)(
        "annex.basis_says",
        framework=pinned.id,
        version=pinned.version,
        answers=snapshot(package.events)[:16],
        caselight=__version__,
    )
