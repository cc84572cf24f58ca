"""Publication as a page shows it: what is or would be published, what stands against it, who waits for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from caselight.procedures.releasing import Ready, ready
from caselight.store.accounts.permissions import Permission
from caselight.store.inspections.models import Kind
from caselight.store.inspections.states import FINAL, before_published
from caselight.store.reports.queries import newest_of, versions_of
from caselight.store.reports.releases import (
    APPROVED,
    PROPOSED,
    RETURNED,
    WITHDRAWN,
    Contents,
    Release,
    changes,
    releases_of,
    writers_of,
)
from caselight.web.design.visits import InspectionVisit
from caselight.web.design.words import words
from caselight.web.letter.cases import by_label
from caselight.web.letter.languages import NAMES
from caselight.web.letter.mending import mending, together

STEPS = {
    PROPOSED: "Proposed",
    WITHDRAWN: "Withdrawn",
    RETURNED: "Sent back",
    APPROVED: "Approved and published",
}
Rows = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Publication:
    """The page. ``now`` is None where it is not the time to publish, and once it was.

    ``waiting`` is the proposal that waits, ``changed`` what differs since; ``alone``: one person may do all of it.
    """

    steps: tuple[Release, ...]
    published: bool
    alone: bool
    now: Ready | None
    against: list[tuple[str, list[int]]]
    changed: tuple[str, ...]
    rows: Rows
    hindered: str

    @property
    def newest(self) -> Release | None:
        """The newest step."""
        return self.steps[0] if self.steps else None

    @property
    def waiting(self) -> Release | None:
        """The proposal that waits."""
        return self.newest if self.newest and self.newest.step == PROPOSED else None

    @property
    def returned(self) -> Release | None:
        """What was sent back and not proposed again."""
        return self.newest if self.newest and self.newest.step == RETURNED else None

    @property
    def history(self) -> list[tuple[str, str]]:
        """What was done, the newest first: a line, and the reason."""
        return [(f"{STEPS[one.step]} by {one.by}, {_when(one)}", one.reason) for one in self.steps]

    @property
    def fits(self) -> bool:
        """Whether nothing stands against publishing what is here."""
        return self.now is not None and not self.against and not (self.now.behind and self.now.contents.versions)


def publication(visit: InspectionVisit, language: str) -> Publication:
    """The page for a person. The letter is checked for names, which leaves a row in the audit."""
    steps, kind, state = releases_of(visit.key), visit.access.kind, visit.access.state
    acts = visit.may(Permission.PUBLICATION_PROPOSE) or visit.may(Permission.PUBLICATION_APPROVE)
    now = ready(visit.key, by=visit.user, at=visit.at) if acts and state == before_published(kind) else None
    waits = steps[0] if steps and steps[0].step == PROPOSED else None
    return Publication(
        steps=steps,
        published=state in FINAL,
        alone=kind is Kind.LOCAL_AUDIT,
        now=now,
        against=_against(visit, now, language),
        changed=changes(waits.contents, now.contents) if waits and now else (),
        rows=_rows(visit, _contents(steps, now)),
        hindered=_hindered(visit, waits) if waits else "",
    )


def _against(visit: InspectionVisit, now: Ready | None, language: str) -> list[tuple[str, list[int]]]:
    if now is None or not now.faults:
        return []
    found = mending(now.faults, newest_of(visit.key, language)[1])
    return by_label(visit.key, together((*found.errors, *found.warnings, *found.hints)))


def _contents(steps: tuple[Release, ...], now: Ready | None) -> Contents | None:
    """What was published, else what is proposed, else what is here."""
    for step in (APPROVED, PROPOSED):
        if steps and steps[0].step == step:
            return steps[0].contents
    return now.contents if now else None


def _rows(visit: InspectionVisit, contents: Contents | None) -> Rows:
    """The versions with who saved them, how many files, and the fingerprint of it all."""
    if contents is None:
        return ()
    rows = []
    for language, n in sorted(contents.versions.items()):
        told = next((one for one in versions_of(visit.key, language) if one.n == n), None)
        saved = f", saved by {told.by} on {_day(told.at)}" if told else ""
        named = NAMES.get(language, language) if len(contents.versions) > 1 else words(visit).cap(words(visit).letter)
        rows.append((named, f"Version {n}{saved}"))
    if contents.files:
        rows += [("Files", f"{len(contents.files)} to publish"), ("Fingerprint", contents.digest)]
    return rows


def _hindered(visit: InspectionVisit, waits: Release) -> str:
    """Why this person may not approve what waits, although their role may."""
    if visit.access.kind is Kind.LOCAL_AUDIT or not visit.may(Permission.PUBLICATION_APPROVE):
        return ""
    if waits.by_key == visit.user:
        return "You proposed it yourself. Somebody else approves it."
    return (
        "You wrote part of it. Somebody who wrote none of it approves it."
        if visit.user in writers_of(visit.key)
        else ""
    )


def _when(one: Release) -> str:
    return f"{_day(one.at)} at {timezone.localtime(one.at):%H:%M}"


def _day(at: object) -> str:
    there = timezone.localtime(at)  # type: ignore[arg-type]
    return f"{there.day} {there:%B %Y}"
