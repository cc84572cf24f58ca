"""Bound phrases: every style of the letter, from plain numbers and the templates of a language."""

from caselight.method.wording.phrases.bound import STYLES, TRACE_STYLES, phrase

__all__ = ["STYLES", "TRACE_STYLES", "phrase"]
