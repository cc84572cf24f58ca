"""The gallery of components, what every page links to at its foot, and the one word that keeps a session open."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from caselight.store.accounts.sessions import BEGAN
from caselight.web.design.gallery import showing
from caselight.web.design.visits import Visit, visitor


@require_http_methods(["GET", "POST"])
@visitor
def gallery(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every component in its states; sent forms show their errors and change nothing."""
    return render(request, "design/gallery.html", {"visit": visit, **showing(request.POST or None)})


@require_GET
@never_cache
@visitor
def here(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Somebody is still there, and the request alone keeps the session open: how long, and the sign for its forms."""
    began = int(request.session.get(BEGAN, visit.at.timestamp()))
    left = began + settings.SESSION_HOURS * 3600 - int(visit.at.timestamp())
    return JsonResponse({"seconds": min(settings.SESSION_IDLE_MINUTES * 60, left), "token": get_token(request)})


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
