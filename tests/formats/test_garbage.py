"""Circular garbage is not looked for while something large is made, and is looked for again afterwards."""

from __future__ import annotations

import gc
from contextlib import ExitStack

from caselight.formats.garbage import uncollected


def test_the_search_is_off_inside_and_on_again_afterwards() -> None:
    with uncollected():
        assert not gc.isenabled()
        with uncollected():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_two_threads_that_overlap_leave_it_on() -> None:
    # As threads of a server do: the first goes in, the second goes in, the first comes out, the second comes out.
    first, second = ExitStack(), ExitStack()
    first.enter_context(uncollected())
    second.enter_context(uncollected())
    first.close()
    assert not gc.isenabled()
    second.close()
    assert gc.isenabled()


def test_what_was_off_before_stays_off() -> None:
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
