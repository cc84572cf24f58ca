"""The claims of an edited Word copy: the words that now stand in each content control.

Tracked insertions count and tracked deletions do not, so a copy under review reads as it would after acceptance.
Whatever the bytes are, the answer is either the claims or Faults.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from caselight.method.faults import Fault, Faults, Place

LIMIT = 50_000_000
DOCUMENT = "word/document.xml"


def read_docx_claims(data: bytes, file: str = "letter.docx") -> dict[str, str]:
    """The words of each claim, by claim id, in the order of the text. Raises :class:`Faults`."""
    from docx.oxml.ns import qn

    claims: dict[str, str] = {}
    for control in _document(data, file).iter(qn("w:sdt")):
        tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
        name = tag.get(qn("w:val")) if tag is not None else None
        if name:
            # One claim may stand in several controls where its emphasis changes.
            claims[name] = claims.get(name, "") + _words(control)
    return claims


def _words(control: Any) -> str:
    from docx.oxml.ns import qn

    marks = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:noBreakHyphen"): "-"}
    pieces = (found.text or "" if found.tag == qn("w:t") else marks.get(found.tag, "") for found in control.iter())
    return "".join(pieces)


def _document(data: bytes, file: str) -> Any:
    from docx.oxml import parse_xml

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if archive.getinfo(DOCUMENT).file_size > LIMIT:
                raise Faults([_too_large(file)])
            with archive.open(DOCUMENT) as member:
                text = member.read(LIMIT + 1)
    except (
        zipfile.BadZipFile,
        zlib.error,
        KeyError,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise Faults([_not_word(file)]) from error
    if len(text) > LIMIT:
        raise Faults([_too_large(file)])
    # No office program declares entities; whoever does wants them to grow.
    if b"<!DOCTYPE" in text:
        raise Faults([_not_word(file)])
    try:
        # lxml's errors are syntax errors.
        return parse_xml(text)
    except (SyntaxError, ValueError) as error:
        raise Faults([_not_word(file)]) from error


def _not_word(file: str) -> Fault:
    says = f"The file “{file[:60]}” is not a Word document, or it is damaged."
    return Fault(
        "letter.docx-unreadable", (file,), says, "Save it again from Word or LibreOffice as .docx.", place=Place(file)
    )


def _too_large(file: str) -> Fault:
    says = f"The text inside “{file[:60]}” is larger than {LIMIT // 1_000_000} MB."
    cure = "Send the copy of the letter only, without pasted material."
    return Fault("letter.docx-too-large", (file,), says, cure, place=Place(file))
