"""What :mod:`benchmarks.scripted_user` needs to be there first, made where Django is."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from benchmarks import pages_inside
from benchmarks.large_inspection import facts_of, write_large_inspection

INSPECTION, INSPECTOR, LEAD = pages_inside.INSPECTION, pages_inside.PERSON, pages_inside.LEAD
CASES = 34  # as many as a full inspection examines
AUDIT = "local-audit"
EXAMPLE = Path(__file__).parents[1] / "examples" / AUDIT


def late() -> str:
    """The case that nobody examined: the one of which the most questions are asked."""
    asked = {number: list(facts_of(number).values()).count("yes") for number in range(1, CASES + 1)}
    return f"k{max(asked, key=lambda number: asked[number]):07}"


def write(folder: Path) -> None:
    """Write an inspection of 34 cases of 60 questions, all answered but one case."""
    write_large_inspection(folder, CASES, pages_inside.THEMES, pages_inside.EACH)
    answers, out = folder / "answers.csv", late()
    with answers.open(encoding="utf-8", newline="") as stream:
        heading, *rows = csv.reader(stream)
    place = heading.index("subject_key")
    with answers.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([heading, *(row for row in rows if row[place] != out)])


def begin(folder: str) -> None:
    """The inspection in fieldwork, its cases given to an inspector, all complete but one."""
    from tests.factories.store import AT

    from caselight.store.assessments.actions.stepping import complete

    pages_inside.begin(folder)
    for case in pages_inside.cases():
        if case != late():
            complete(by=INSPECTOR, inspection=INSPECTION, subject=("case", case), at=AT)


def answers(case: str) -> int:
    """How many questions of a case have an answer."""
    from caselight.store.assessments.queries import events_of

    return len({event.question_id for event in events_of(INSPECTION, "case", case)})


def to_state(inspection: str, state: str) -> None:
    """Put an inspection into a state."""
    from caselight.store.inspections.models import Inspection

    Inspection.objects.filter(key=inspection).update(state=state)


def audit() -> None:
    """The audit round of ten cases, led by the cast's local lead."""
    from tests.factories.moving import AT

    from caselight.procedures.importing import import_package
    from caselight.store.accounts.models import User
    from caselight.store.accounts.permissions import Role
    from caselight.store.inspections.models import Inspection, Membership, State

    import_package(EXAMPLE, by="ll", at=AT)
    inspection, user = Inspection.objects.get(key=AUDIT), User.objects.get(key="ll")
    inspection.state = State.DRAFT
    inspection.save()
    Membership.objects.create(
        user=user, role=Role.LOCAL_LEAD, inspection=inspection, service=inspection.service, member_key="lead"
    )
    user.access_version = "benchmarks-audit"
    user.save()


def waiting(kind: str) -> str:
    """An inspection, or an audit round of the same service, that waits for its case list."""
    from tests.factories.case_list import waiting as begun

    return begun(kind=kind)


def figures_by_hand() -> dict[str, Any]:
    """The shares of the audit round as somebody counted them by hand, by figure."""
    with (EXAMPLE / "expected.csv").open(encoding="utf-8", newline="") as stream:
        return {row["key"]: row["result"] for row in csv.DictReader(stream) if row["kind"] == "share"}


def sign_out(who: str) -> None:
    """End every session of somebody, as time does."""
    from caselight.store.accounts.models import SignedIn

    SignedIn.objects.filter(user__key=who).delete()


def list_of_the_audit() -> list[list[str]]:
    """The case list of the audit round as a service would send it: headings in words, invented people."""
    from caselight.formats.framework_yaml import read_framework

    framework = read_framework(EXAMPLE / "framework")
    labels = {fact.id: fact.label.in_("en") for fact in framework.facts}
    with (EXAMPLE / "caseload.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    facts = [name for name in rows[0] if name in labels]
    heading = ["Local ID", "First name", "Surname", "Case manager", *(labels[name] for name in facts)]
    return [heading] + [
        [f"HM/{200 + n}", f"Zane{n}", f"Quill{n}", row["managed_by"], *(row[name] for name in facts)]
        for n, row in enumerate(rows)
    ]
