"""A framework as a document: its sections in the order in which somebody reads it, from what it is to its sources."""

from __future__ import annotations

import re

from caselight.formats.framework_document.building.agreeing import agreement
from caselight.formats.framework_document.building.asking import answers, looked_at
from caselight.formats.framework_document.building.choosing import choosing
from caselight.formats.framework_document.building.counting import checks, counts
from caselight.formats.framework_document.building.front import front, known, sources
from caselight.formats.framework_document.building.measuring import measures
from caselight.formats.framework_document.building.questions import theme_section
from caselight.formats.framework_document.building.ratings import ratings
from caselight.formats.framework_document.building.speaker import Speaker
from caselight.formats.framework_document.structure import FrameworkDocument
from caselight.formats.framework_yaml import digest
from caselight.method.framework.definition import Framework

OWN_WORDS = ("document.skip", "document.kind", "document.contents", "document.scroll", "document.page_of")
LANGUAGES = {"en": "en-GB", "cy": "cy-GB"}
_ISO_DAY = re.compile(r"(19[89]\d|20\d\d)-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])")
_NO_DAY = "2000-01-01"


def framework_document(framework: Framework, language: str) -> FrameworkDocument:
    """The document of a framework in one of its languages.

    The framework has no error: what a name in it leads to is there.
    """
    say = Speaker(framework, language)
    body = (
        looked_at(say),
        answers(say),
        *(theme_section(say, theme) for theme in framework.themes),
        *checks(say),
        *counts(say),
        *measures(say),
        *ratings(say),
        *choosing(say),
        *agreement(say),
        *sources(say),
    )
    valid = framework.valid_from or ""
    return FrameworkDocument(
        title=say.text(framework.title),
        language=LANGUAGES.get(language, language),
        front=front(say, digest(framework)),
        # What is known about the rules comes first, and can be said only once every rule has been put down.
        sections=(known(say), *body),
        words={key.removeprefix("document."): say.word(key) for key in OWN_WORDS},
        day=valid if _ISO_DAY.fullmatch(valid) else _NO_DAY,
    )
