"""The document of a small framework as a page."""

from __future__ import annotations

from tests.factories.small import framework, question

from caselight.formats.framework_document.document import framework_document
from caselight.formats.framework_document.html import framework_html

CASE = {"fact": "psr", "is": "yes"}  # a rule that looks at a case


def page(**changes: object) -> str:
    """The page of the small framework with some of its parts changed."""
    return framework_html(framework_document(framework(**changes), "en"))


def with_question(**more: object) -> str:
    """The page of a framework whose second question is the one told."""
    theme = {"id": "T", "title": "The theme", "questions": [question("A"), question("Q", **more)]}
    return page(themes=[theme], populations=[])
