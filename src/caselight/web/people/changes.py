"""What an administrator may do to an account with one button, each with what it means for the person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from caselight.store.accounts.actions import disable_user, enable_user, end_sessions, set_administrator
from caselight.store.accounts.correcting import forget_factors
from caselight.store.inspections.directory import Somebody


@dataclass(frozen=True, slots=True)
class Change:
    """One of them: the end of its address, its words, and whether it is a warning; ``fits`` says of whom it is offered."""

    name: str
    title: str
    says: str
    button: str
    done: str
    do: Callable[[str, str, datetime], None]
    fits: Callable[[Somebody], bool]
    warns: bool = True


def _administrator(*, wanted: bool) -> Callable[[str, str, datetime], None]:
    return lambda by, user, at: set_administrator(by=by, user=user, administrator=wanted, at=at)


CHANGES = {
    change.name: change
    for change in (
        Change(
            "disable", "Disable {name}’s account",
            "They are signed out everywhere at once, and their devices can record nothing more. "
            "What they recorded stays. You can open the account again.",
            "Disable the account", "The account is disabled. Nobody is signed in with it any more.",
            lambda by, user, at: disable_user(by=by, user=user, at=at), lambda one: one.active,
        ),
        Change(
            "enable", "Open {name}’s account again",
            "They can sign in with their password and second step, and have the roles that were not ended. "
            "Their devices stay ended.",
            "Open the account", "The account is open again.",
            lambda by, user, at: enable_user(by=by, user=user, at=at), lambda one: not one.active, warns=False,
        ),
        Change(
            "sign-out", "Sign {name} out everywhere",
            "Every browser in which they are signed in is signed out at once. Their devices are not affected.",
            "Sign out everywhere", "They are signed out everywhere.",
            lambda by, user, at: end_sessions(by=by, user=user, at=at), lambda one: one.active,
        ),
        Change(
            "second-step", "Take away {name}’s second step",
            "For somebody who has lost their phone or key and has no recovery codes. They are signed out, sign in with "
            "their password alone, and set up another before they can do anything. Make sure that it is them who asks.",
            "Take it away", "The second step is taken away. They set up another when they sign in.",
            lambda by, user, at: forget_factors(by=by, user=user, at=at), lambda one: one.active and one.protected,
        ),
        Change(
            "administrator", "Make {name} an administrator",
            "An administrator runs the system, sees everybody’s account and reads no content. "
            "No other role of theirs holds while they are one. They are signed out.",
            "Make them an administrator", "They are an administrator.",
            _administrator(wanted=True), lambda one: one.active and not one.administrator,
        ),
        Change(
            "not-administrator", "End {name}’s role of administrator",
            "Their other roles hold again. They are signed out.",
            "End the role now", "They are no longer an administrator.",
            _administrator(wanted=False), lambda one: one.administrator,
        ),
    )
}  # fmt: skip


def offered(one: Somebody, visitor: str) -> Iterator[tuple[str, str]]:
    """The changes that are offered on a person's page, each with the words of its link; of oneself almost none."""
    for change in CHANGES.values():
        own = one.key == visitor and change.name != "not-administrator"
        if change.fits(one) and not own:
            yield change.name, change.title.format(name=one.name)
