"""A question set that somebody sends: what is wrong with it, what is new in it, and its adoption. Nothing of it is kept."""

from __future__ import annotations

import base64
import io
import zipfile
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from caselight.formats.framework_sent.reading import Sent, read_sent
from caselight.formats.framework_sent.unpacking import LARGEST
from caselight.method.faults import Fault, Faults, Severity
from caselight.procedures.adopting import News, adopt_sent, news
from caselight.store.accounts.permissions import Permission
from caselight.store.frameworks.queries import framework_of
from caselight.store.inspections.access import demand, everywhere
from caselight.web.design.forms import once, sent
from caselight.web.design.visits import Visit, visitor
from caselight.web.frameworks.checking import faults_table
from caselight.web.frameworks.forms import AdoptForm, UploadForm
from caselight.web.frameworks.telling import Comparison, comparison
from caselight.web.frameworks.views import demand_reading


class File(NamedTuple):
    """What somebody sent, and what was read in it."""

    name: str
    data: bytes
    read: Sent


@require_http_methods(["GET", "POST"])
@visitor
def check(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Send a file and read what is wrong with it, all at once; what is new in it where nothing is."""
    demand_reading(visit)
    form = UploadForm(sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        data = file.read(LARGEST + 1)
        return _checked(request, visit, File(file.name, data, read_sent(file.name, data)))
    return render(request, "frameworks/check.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@visitor
def adopt(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Adopt what was checked; it is checked again. Sent twice, it is adopted once."""
    demand(everywhere(visit.user, visit.at), Permission.FRAMEWORK_ADOPT)
    form = AdoptForm(request.POST)
    if not form.is_valid():
        return redirect("frameworks:check")
    name, data = form.cleaned_data["name"], form.cleaned_data["content"]
    file = File(name, data, read_sent(name, data))

    def make() -> str:
        done = adopt_sent(file.read, by=visit.user, at=visit.at)
        says = "Version {} is adopted. It can be chosen from now on." if done.new else "Version {} was adopted already."
        messages.success(request, says.format(done.version))
        return reverse("frameworks:framework", kwargs={"digest": done.digest})

    try:
        return redirect(once(visit, form, make))
    except Faults as refused:
        return _checked(request, visit, file, refused.faults)


def _checked(request: HttpRequest, visit: Visit, file: File, refused: tuple[Fault, ...] = ()) -> HttpResponse:
    found, faults = news(file.read), file.read.faults
    adopts = visit.may_everywhere(Permission.FRAMEWORK_ADOPT)
    new = found is not None and not (found.adopted or found.taken or refused)
    wrong = sum(fault.severity is Severity.ERROR for fault in faults)
    values = {
        "file": file, "news": found, "set_title": _called(file.read), "wrong": wrong, "title": _title(file, found, wrong),
        "faults": refused, "faults_shown": bool(refused), "table": faults_table(faults) if faults else None,
        "adopt": _form(file) if adopts and new else None, "asks": new and not adopts, "compared": _compared(found, file.read),
    }  # fmt: skip
    return render(request, "frameworks/checked.html", values, status=422 if refused or wrong else 200)


def _title(file: File, found: News | None, wrong: int) -> str:
    """What came of the check, in one line."""
    if found is None:
        return f"{wrong} thing{'' if wrong == 1 else 's'} to mend in {file.name}"
    if found.adopted:
        return f"{file.name} is adopted already"
    return f"{file.name} needs another version number" if found.taken else f"{file.name} can be adopted"


def _called(read: Sent) -> str:
    """The title of the question set."""
    return read.framework.title.in_(read.framework.languages[0]) if read.framework else ""


def _compared(found: News | None, read: Sent) -> Comparison | None:
    """What is new against the former version."""
    if found is None or found.former is None or found.changes is None or read.framework is None:
        return None
    return comparison(framework_of(found.former.digest), read.framework, found.changes)


def _form(file: File) -> AdoptForm:
    """The file in the form itself; one that is no zip yet is packed, so that the form stays small."""
    data = file.data
    if not data.startswith(b"PK"):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("framework.yaml", data)
        data = out.getvalue()
    return AdoptForm(initial={"name": file.name[:200], "content": base64.urlsafe_b64encode(data).decode()})
