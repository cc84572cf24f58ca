"""How cases are chosen, for the document: eligibility, the sample and its designs; sizes and quotas in words."""

from caselight.formats.framework_document.building.choosing.designs import choosing

__all__ = ["choosing"]
