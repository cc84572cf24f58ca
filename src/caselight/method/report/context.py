"""What a letter is traced against: the framework, the inspection, its figures and what may be quoted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from caselight.method.analysis.figure import Figures
from caselight.method.answers.evidence import Excerpt
from caselight.method.framework.definition import Framework
from caselight.method.framework.questions import Theme
from caselight.method.inspection.definition import Inspection
from caselight.method.inspection.package import Accepted, Identity
from caselight.method.report.letter import Block
from caselight.method.wording.definition import Language


@dataclass(frozen=True)
class Context:
    """Everything a letter may name, in one language.

    ``fixed`` holds the framework's fixed paragraphs and its letter title, already read into blocks, by id.
    """

    framework: Framework
    inspection: Inspection
    language: str
    figures: Figures
    excerpts: Mapping[str, Excerpt] = field(default_factory=dict)
    fixed: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)
    accepted: tuple[Accepted, ...] = ()
    identities: tuple[Identity, ...] = ()

    @property
    def words(self) -> Language:
        """The wording of the letter's language."""
        return self.framework.wording[self.language]

    @property
    def themes(self) -> Mapping[str, Theme]:
        """The framework's themes by id."""
        return {theme.id: theme for theme in self.framework.themes}
