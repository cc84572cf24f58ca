"""All files of the letter: made while nobody waits, said how far they are, and downloaded."""

from __future__ import annotations

import mimetypes
import zipfile
from io import BytesIO

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from caselight.method.faults import Fault, Faults
from caselight.procedures.letter_files import make_files
from caselight.store.accounts.permissions import Permission
from caselight.store.inspections.access import demand
from caselight.store.inspections.models import State
from caselight.store.reports.making import KINDS, made_file, made_files
from caselight.store.reports.queries import newest_of
from caselight.store.reports.releases import approved, refuse_altered
from caselight.web.design.visits import InspectionVisit, inspection_page
from caselight.web.design.words import words
from caselight.web.letter.cases import by_label
from caselight.web.letter.languages import address, language_of
from caselight.web.letter.mending import mending, together
from caselight.web.letter.parcels import ALL, parcels
from caselight.web.letter.places import places

READY = (State.EMBARGO, State.PUBLISHED, State.CLOSED)  # in which readers get the finished files
LONG_AGO = (1980, 1, 1, 0, 0, 0)


@require_GET
@inspection_page(Permission.INSPECTION_READ)
def files(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """What there is to download, what is being made, and from which version; once published, for everybody in it."""
    if not visit.may(Permission.PUBLISHED_READ):
        demand(visit.access, Permission.LETTER_READ)
    return _page(request, visit, language_of(visit, request.GET))


@require_POST
@inspection_page(Permission.PACKAGE_EXPORT)
def make(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Begin to make the files for the team, or those to publish; refused with the list of what stands against it."""
    language, kind = language_of(visit, request.POST), request.POST.get("kind", "")
    if kind not in KINDS:
        raise Http404
    try:
        make_files(visit.key, kind, by=visit.user, at=visit.at, clock=timezone.now)
    except Faults as refused:
        return _page(request, visit, language, refused.faults)
    messages.success(request, "The files are being made. It takes about a minute; you can go on with other work.")
    return redirect(address(visit, "letter:files", language))


@require_GET
@inspection_page(Permission.INSPECTION_READ)
def file(request: HttpRequest, visit: InspectionVisit, kind: str, path: str) -> HttpResponse:  # noqa: ARG001
    """One file, or all of a kind in a zip. Before they are ready only those who may take the inspection out get them."""
    _demand(visit, kind)
    content = _zip(visit.key, kind) if path == ALL else made_file(visit.key, kind, path)
    if content is None:
        raise Http404
    if kind == "open":
        refuse_altered(visit.key, made_files(visit.key, kind) if path == ALL else {path: content})
    response = HttpResponse(content, content_type=mimetypes.guess_type(path)[0] or "application/octet-stream")
    name = f"{visit.key}-{kind}-{path.replace('/', '-')}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _demand(visit: InspectionVisit, kind: str) -> None:
    reads = visit.access.state in READY and kind == "open"
    if reads and visit.may(Permission.PUBLISHED_READ):
        return
    demand(visit.access, Permission.LETTER_READ if reads else Permission.PACKAGE_EXPORT)


def _zip(key: str, kind: str) -> bytes | None:
    inside = made_files(key, kind)
    if not inside:
        return None
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in inside.items():
            archive.writestr(zipfile.ZipInfo(f"{kind}/{path}", LONG_AGO), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _refused(visit: InspectionVisit, language: str, faults: tuple[Fault, ...]) -> list[tuple[str, list[int]]]:
    found = mending(faults, newest_of(visit.key, language)[1])
    return by_label(visit.key, together((*found.errors, *found.warnings)))


def _page(request: HttpRequest, visit: InspectionVisit, language: str, refused: tuple[Fault, ...] = ()) -> HttpResponse:
    makes = visit.may(Permission.PACKAGE_EXPORT)
    kinds = KINDS if makes else ("open",)
    shown = [parcel for parcel in parcels(visit.key, visit.at) if parcel.kind in kinds]
    context = {
        "visit": visit,
        "said": words(visit),
        "places": places(visit, "letter:files", language),
        "language": language,
        "parcels": shown,
        "going": any(parcel.going for parcel in shown),
        "makes": makes,
        "decides": visit.may(Permission.LETTER_WRITE),
        "released": approved(visit.key),
        "gets": makes or visit.access.state in READY,
        "refused": _refused(visit, language, refused),
        "text": address(visit, "letter:letter", language),
        "faults_shown": bool(refused),
    }
    return render(request, "letter/files.html", context, status=422 if refused else 200)
