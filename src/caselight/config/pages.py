"""What is said when a request cannot be answered: one plain sentence, without details, the same to everybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

SENTENCES = {
    400: "This request could not be understood.",
    403: "You may not do this.",
    404: "There is nothing here that you can see.",
    413: "What was sent is too large.",
    500: "Something went wrong on our side. Nothing was recorded that was not acknowledged. Try again.",
}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    del exception
    return _page(request, 400)


def not_allowed(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    """403, of a refused permission as of a forged form; the reason is not told."""
    del exception, reason
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    del exception
    return _page(request, 404)


def too_large(request: HttpRequest) -> HttpResponse:
    """413."""
    return _page(request, 413)


def failed(request: HttpRequest) -> HttpResponse:
    """500."""
    return _page(request, 500)


def _page(request: HttpRequest, status: int) -> HttpResponse:
    number = request.META.get("CASELIGHT_REQUEST_ID", "")
    text = f"{SENTENCES[status]}\n" + (f"If you ask for help, give this number: {number}\n" if number else "")
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
