"""Sharing out the cases that nobody has: as evenly as conflicts of interest allow, and looked at before it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django import forms

from caselight.store.samples.holding import own_cases_of
from caselight.web.design.forms import Form
from caselight.web.sampling.allocating import Board

FIELD = "case-"


def shared_out(cases: Iterable[str], may: Mapping[str, Collection[str]], has: Mapping[str, int]) -> dict[str, str]:
    """Whom each case goes to, "" where nobody of those chosen may have it.

    ``may`` gives for each case who may examine it, ``has`` how many each person has already. A case that few may have
    goes first, each to whoever has fewest; between equals, to the first of them. The same request gives the same shares.
    """
    load = Counter(has)
    shares: dict[str, str] = {}
    listed = list(cases)
    for case in sorted(listed, key=lambda one: len(may[one])):
        user = min(may[case], key=lambda one: load[one], default="")
        shares[case] = user
        load[user] += 1
    return {case: shares[case] for case in listed}


class Sharing:
    """The cases that nobody has, who may have which, and a share for each of those chosen."""

    def __init__(self, board: Board, chosen: Collection[str]) -> None:
        self.board = board
        self.cases = board.free
        self.people = [one for one in board.people if not one.barred]
        self.chosen = [one.user for one in self.people if one.user in chosen]
        own = own_cases_of(board.visit.key, [one.user for one in self.people])
        closed = {one.user: one.cases | own.get(one.user, frozenset()) for one in self.people}
        self.may = {case: [one.user for one in self.people if case not in closed[one.user]] for case in self.cases}

    @property
    def shares(self) -> dict[str, str]:
        """The proposal: whom each case goes to."""
        among = {case: [user for user in users if user in self.chosen] for case, users in self.may.items()}
        return shared_out(self.cases, among, self.board.has)

    @property
    def totals(self) -> list[tuple[str, int, int]]:
        """Of each of those chosen, how many they have and how many they would have."""
        more, has = Counter(self.shares.values()), self.board.has
        return [(one.name, has[one.user], has[one.user] + more[one.user]) for one in self.people
                if one.user in self.chosen]  # fmt: skip


class ShareForm(Form):
    """For each case that nobody has, who gets it; only those are offered who may have it."""

    def __init__(self, sharing: Sharing, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        names, shares = {one.user: one.name for one in sharing.people}, sharing.shares
        for case in sharing.cases:
            choices = [("", "Nobody yet"), *((user, names[user]) for user in sharing.may[case])]
            self.fields[FIELD + case] = forms.ChoiceField(
                label=sharing.board.called.get(case, case), choices=choices, initial=shares[case], required=False,
                error_messages={"invalid_choice": "Somebody else has to have this case. Select again."},
            )  # fmt: skip

    @property
    def holders(self) -> list[tuple[str, str]]:
        """The cases that go to somebody, each with whom."""
        return [(name.removeprefix(FIELD), user) for name, user in self.cleaned_data.items() if user]
