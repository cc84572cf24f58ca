"""Everything that rates, for the document: scales and cut tables, each rating with how it is reached, its lines and caps."""

from caselight.formats.framework_document.building.ratings.reaching import ratings

__all__ = ["ratings"]
