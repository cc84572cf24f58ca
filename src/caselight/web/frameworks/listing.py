"""The adopted question sets as a table, and which inspections use one: only those that the visitor may know of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from caselight.store.accounts.people import names_of
from caselight.store.assessments.visible import Visible
from caselight.store.frameworks.adopted import Adopted, adopted_frameworks, versions_of
from caselight.store.inspections.pinned import pinned
from caselight.web.design.tables import Column, Link, Table, Tag
from caselight.web.design.words import Words
from caselight.web.frameworks.books import Book


def table(mine: Sequence[Visible], said: Words) -> Table:
    """Every adopted version, the newest of each first."""
    used = Counter(pinned(one.key for one in mine).values())
    seen: set[str] = set()
    rows = []
    for one in adopted_frameworks():
        rows.append(_row(one, used[one.digest], newest=one.name not in seen))
        seen.add(one.name)
    columns = (
        Column("title", "Question set", "link"),
        Column("version", "Version"),
        Column("state", "State", "tag"),
        Column("adopted", "Adopted on", "date"),
        Column("used", f"Your {said.inspections} with it", "number"),
    )
    return Table("Adopted versions", columns, rows, "question-sets", "No question set is adopted yet.")


def _row(one: Adopted, used: int, *, newest: bool) -> dict[str, object]:
    state = Tag("Newest", "green") if newest else Tag("Earlier", "grey")
    return {
        "title": Link(one.title, _address(one.digest)),
        "version": one.version,
        "state": state,
        "adopted": one.at.date(),
        "used": used,
    }


def about(read: Book) -> list[tuple[str, str]]:
    """What a version is, and when and by whom it was adopted."""
    (one,) = (one for one in versions_of(read.framework.id) if one.digest == read.digest)
    who = names_of([one.by]).get(one.by, "")
    return [*read.rows, ("Adopted", f"{one.at.day} {one.at:%B %Y}" + (f" by {who}" if who else ""))]


def others(read: Book) -> list[tuple[str, str, str]]:
    """The other versions of the same question set, the newest first: each with its address and that of what changed."""
    versions = versions_of(read.framework.id)
    here = [one.digest for one in versions].index(read.digest)
    found = []
    for place, one in enumerate(versions):
        if place != here:
            pair = (one.digest, read.digest) if place > here else (read.digest, one.digest)
            says = f"Version {one.version}, adopted on {one.at.day} {one.at:%B %Y}"
            found.append((says, _address(one.digest), _changes(*pair)))
    return found


def _changes(before: str, after: str) -> str:
    """The address of what changed from one version to another."""
    return f"{reverse('frameworks:compare')}?{urlencode({'before': before, 'after': after})}"


def used_by(mine: Sequence[Visible], digest: str) -> list[tuple[str, str]]:
    """Title and address of each inspection with a question set, of those that somebody may know of."""
    addresses = pinned(one.key for one in mine)
    return [(one.title, _inspection(one.key)) for one in mine if addresses.get(one.key) == digest]


def _inspection(key: str) -> str:
    try:
        return reverse("planning:inspection", kwargs={"key": key})
    except NoReverseMatch:
        return ""


def _address(digest: str) -> str:
    return reverse("frameworks:framework", kwargs={"digest": digest})
