"""The letter as a Word document, and its claims read back from an edited copy."""

from caselight.formats.letter.docx.claims import read_docx_claims
from caselight.formats.letter.docx.document import letter_docx

__all__ = ["letter_docx", "read_docx_claims"]
