"""A line that says what is to be written is found wherever it stands, and keeps the letter from being published."""

from __future__ import annotations

from tests.factories.letters import found


def test_what_is_still_to_be_written_is_a_warning_at_its_place():
    (fault,) = [one for one in found("TO WRITE: the headline. {A: rests}") if one.code == "letter.unwritten"]
    assert fault.severity == "warning"
    assert fault.place is not None
    assert (fault.place.line, fault.place.column) == (3, 1)


def test_words_that_are_written_are_none():
    assert "letter.unwritten" not in {one.code for one in found("It is to be written about. {A: rests}")}
