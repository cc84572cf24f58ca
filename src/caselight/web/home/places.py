"""Addresses of pages of other journeys; nothing where a page is not there."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse


def address(name: str, **named: str) -> str:
    """The address of a page by its name."""
    try:
        return reverse(name, kwargs=named)
    except NoReverseMatch:
        return ""
