"""In which language the letter is looked at: one of the inspection's, the first where nothing is said."""

from __future__ import annotations

from django.http import Http404, QueryDict
from django.urls import reverse

from caselight.web.design.visits import InspectionVisit

NAMES = {"en": "English", "cy": "Cymraeg"}


def language_of(visit: InspectionVisit, query: QueryDict) -> str:
    """The language that an address or a form names. There is no page in a language that the inspection has not."""
    spoken = visit.inspection.definition.languages
    language = query.get("language", "") or spoken[0]
    if language not in spoken:
        raise Http404
    return language


def languages(visit: InspectionVisit, page: str) -> list[tuple[str, str, str]]:
    """The languages of the letter with their names and the addresses of a page; none where there is only one."""
    spoken = visit.inspection.definition.languages
    base = reverse(page, kwargs={"key": visit.key})
    return [(code, NAMES.get(code, code), f"{base}?language={code}") for code in spoken] if len(spoken) > 1 else []


def address(visit: InspectionVisit, page: str, language: str, **more: object) -> str:
    """The address of a page of the letter, in a language where the inspection has several."""
    base = reverse(page, kwargs={"key": visit.key, **more})
    return f"{base}?language={language}" if len(visit.inspection.definition.languages) > 1 else base
