"""The gallery of components, what every page links to at its foot, and the one word that keeps a session open."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caselight.web.design.gallery import showing
from caselight.web.design.visits import Visit, visitor


@require_http_methods(["GET", "POST"])
@visitor
def gallery(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every component in its states; sent forms show their errors and change nothing."""
    return render(request, "design/gallery.html", {"visit": visit, **showing(request.POST or None)})


@require_POST
@never_cache
@visitor
def here(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Somebody is still there: the request alone has kept the session open."""
    del request, visit
    return HttpResponse(status=204)


@login_not_required
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "design/accessibility.html")


@login_not_required
@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about those who use Caselight, and which cookies there are."""
    return render(request, "design/privacy.html")


@login_not_required
@require_GET
def keyboard(request: HttpRequest) -> HttpResponse:
    """The keys that do something."""
    return render(request, "design/keyboard.html")
