"""A request is answered in one piece of stack, however deep it goes: Python asks the system for no more on the way."""

from __future__ import annotations

import resource
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from caselight.config.stack import roomy

TURNS, DEEPEST = 300, 300


def test_no_depth_of_a_request_asks_the_system_for_memory_at_every_call() -> None:
    """As it did where a piece of stack ended: each of these turns then took a new page."""
    taken: dict[int, int] = {}

    def answer(_: HttpRequest) -> HttpResponse:
        _look(taken)
        return HttpResponse()

    roomy(answer)(HttpRequest())
    assert [depth for depth, faults in taken.items() if faults > TURNS / 2] == []


def test_it_stands_before_whatever_else_is_called() -> None:
    assert settings.MIDDLEWARE[0] == "caselight.config.stack.roomy"


def _look(taken: dict[int, int]) -> None:
    for depth in range(DEEPEST):
        taken[depth] = _deep(depth, _faults_of_turns)


def _deep(n: int, work: Callable[[], int]) -> int:
    return _deep(n - 1, work) if n else work()


def _faults_of_turns() -> int:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(TURNS):
        _turn()
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def _turn() -> None:
    a = b = c = d = e = f = g = h = 0
    _inner(a, b, c, d, e, f, g, h)


def _inner(*given: int) -> int:
    return sum(given)
