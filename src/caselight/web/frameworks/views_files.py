"""A question set to take along: its document as a page or for Word, and its files as they were adopted, byte for byte."""

from __future__ import annotations

import zipfile
from io import BytesIO

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from caselight.formats.framework_document.html import framework_html
from caselight.store.frameworks.queries import files_of
from caselight.web.design.visits import Visit, visitor
from caselight.web.frameworks.books import FILES, Book, book
from caselight.web.frameworks.views import demand_reading

LONG_AGO = (1980, 1, 1, 0, 0, 0)
TYPES = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "zip": "application/zip",
}


@require_GET
@visitor
def download(request: HttpRequest, visit: Visit, digest: str, kind: str) -> HttpResponse:
    """One of the files of ``FILES``."""
    demand_reading(visit)
    read = book(digest, request.GET.get("language", ""))
    if kind not in FILES:
        raise Http404
    response = HttpResponse(_content(read, kind), content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{_name(read)}.{kind}"'
    return response


def _content(read: Book, kind: str) -> bytes:
    if kind == "html":
        return framework_html(read.document).encode()
    return _docx(read) if kind == "docx" else _zip(read)


def _docx(read: Book) -> bytes:
    from caselight.formats.framework_document.docx import framework_docx  # large, and rarely asked for

    return framework_docx(read.document)


def _name(read: Book) -> str:
    language = "" if read.language == read.framework.languages[0] else f"-{read.language}"
    name = f"{read.framework.id}-{read.framework.version}{language}"
    return "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-.") else "-" for sign in name)


def _zip(read: Book) -> bytes:
    """The folder of the question set; the same bytes each time."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path, content in files_of(read.digest).items():
            archive.writestr(zipfile.ZipInfo(f"{read.framework.id}/{path}", LONG_AGO), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
