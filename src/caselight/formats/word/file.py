"""A Word document as a file: what the template brings and nobody needs is taken out, and the same words give the same bytes."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE

from caselight.formats.word.elements import clean

EPOCH = (1980, 1, 1, 0, 0, 0)
UNUSED = ("stylesWithEffects", "thumbnail", "customXml")
APP = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">\
<Application>Caselight</Application></Properties>"""


def tidy(document: Any) -> None:
    """Takes out what the template brings and a document of ours has no use for, and its maker's name."""
    package = document.part.package
    for holder in (package, document.part):
        for key, found in list(holder.rels.items()):
            if any(name in found.reltype for name in UNUSED):
                del holder.rels[key]
    for found in package.rels.values():
        if found.reltype == RELATIONSHIP_TYPE.EXTENDED_PROPERTIES:
            found.target_part._blob = APP.encode()  # noqa: SLF001 - python-docx only carries this part


def describe(document: Any, title: str, subject: str, *, language: str, day: str) -> None:
    """The document's properties: title, subject, language, and the day that it carries instead of the clock's."""
    properties, when = document.core_properties, datetime.fromisoformat(day).replace(tzinfo=UTC)
    # The format has room for 255 characters.
    properties.title, properties.subject = clean(title)[:255], clean(subject)[:255]
    properties.language = language
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.created = properties.modified = when
    properties.revision = 1


def saved(document: Any) -> bytes:
    """The file, its members in order and without times."""
    made, fixed_file = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as archive, zipfile.ZipFile(fixed_file, "w", zipfile.ZIP_DEFLATED) as fixed:
        # Sorted, the list of content types comes first, where some readers want it.
        for name in sorted(archive.namelist()):
            member = zipfile.ZipInfo(name, EPOCH)
            member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 3
            fixed.writestr(member, archive.read(name))
    return fixed_file.getvalue()
