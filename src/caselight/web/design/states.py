"""The states of an inspection and what follows them, in words: on a tag, and on the button that leads on."""

from __future__ import annotations

from collections.abc import Mapping

from caselight.store.inspections.models import State
from caselight.web.design.words import Words

# What the tag says, and its colour.
TAGS: Mapping[State, tuple[str, str]] = {
    State.SETUP: ("Being set up", "grey"),
    State.FIELDWORK: ("Fieldwork", "blue"),
    State.MODERATION: ("Moderation", "purple"),
    State.DRAFT: ("{letter} being written", "yellow"),
    State.FACT_CHECK: ("With the service for the accuracy check", "orange"),
    State.EMBARGO: ("Under embargo", "red"),
    State.PUBLISHED: ("Published", "green"),
    State.CLOSED: ("Closed", "grey"),
}
TO: Mapping[State, str] = {
    State.SETUP: "Go back to setting up",
    State.FIELDWORK: "Begin fieldwork",
    State.MODERATION: "End fieldwork and begin moderation",
    State.DRAFT: "End moderation and begin the {letter}",
    State.FACT_CHECK: "Send for the accuracy check",
    State.EMBARGO: "End the accuracy check and begin the embargo",
    State.PUBLISHED: "Publish the {letter}",
    State.CLOSED: "Close",
}
BACK: Mapping[State, str] = {
    **TO,
    State.FIELDWORK: "Go back to fieldwork",
    State.MODERATION: "Go back to moderation",
    State.DRAFT: "Go back to writing the {letter}",
    State.FACT_CHECK: "Go back to the accuracy check",
}


def state_tag(state: State, said: Words) -> tuple[str, str]:
    """The words of a state and the colour of its tag."""
    words, colour = TAGS[state]
    return said.cap(words.format(letter=said.letter)), colour


def step_words(before: State, after: State, said: Words) -> str:
    """What the button says that moves an inspection from one state to another."""
    back = [*State].index(after) < [*State].index(before)
    return (BACK if back else TO)[after].format(letter=said.letter)
