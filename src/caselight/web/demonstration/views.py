"""The page of the roles, and the button that makes one somebody: without a password, in a demonstration only."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from caselight.procedures.demonstrating.cast import PASSWORD, actor, groups
from caselight.store.accounts.models import User
from caselight.web.demonstration.here import only_here


@login_not_required
@never_cache
@only_here
@require_GET
def roles(request: HttpRequest) -> HttpResponse:
    """Everybody one can be."""
    return render(request, "demonstration/roles.html", {"groups": groups(), "password": PASSWORD})


@login_not_required
@never_cache
@only_here
@require_POST
def become(request: HttpRequest, who: str) -> HttpResponse:
    """Be somebody from here on, as after signing in."""
    one = actor(who)
    user = User.objects.filter(email=one.email, is_active=True).first() if one else None
    if user is None:
        raise Http404(request.path)
    get_adapter(request).login(request, user)
    return redirect("home:today")
