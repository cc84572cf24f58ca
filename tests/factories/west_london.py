"""West London in the store, with people of the cast in its team."""

from __future__ import annotations

from pathlib import Path

from tests.factories.answers import op_id
from tests.factories.moving import AT

from caselight.method.answers.events import heads, payload_digest
from caselight.procedures.importing import import_package
from caselight.procedures.releasing import basis_of
from caselight.procedures.stored import store_package
from caselight.store.accounts.models import User
from caselight.store.accounts.permissions import Role
from caselight.store.assessments.actions.recording import record_answers
from caselight.store.inspections.models import Inspection, Membership, State
from caselight.store.reports.making import begin_making, end_making

KEY = "west-london"
FOLDER = Path(__file__).parents[2] / "examples" / KEY
TEAM = {"lead": ("lead", Role.LEAD_INSPECTOR), "i1": ("insp-a", Role.INSPECTOR), "qa": ("qa", Role.QUALITY_ASSURER)}


def west_london(state: str = State.DRAFT) -> None:
    """Bring the example in, in a state, led by the cast's lead; the cast must be there."""
    import_package(FOLDER, by="lead", at=AT)
    inspection = Inspection.objects.get(key=KEY)
    Inspection.objects.filter(pk=inspection.pk).update(state=state)
    for who, (member, role) in TEAM.items():
        user = User.objects.get(key=who)
        Membership.objects.create(user=user, role=role, inspection=inspection, member_key=member)
        user.access_version = f"west-london-{who}"
        user.save()


def files_made(version: int = 1) -> None:
    """The files to publish, as they would be made of the letter and its figures as they are now: stand-ins for bytes."""
    made = begin_making(
        by="lead", inspection=KEY, kind="open", versions={"en": version}, basis=basis_of(store_package(KEY)), at=AT
    )
    end_making(n=made, files={"letter.pdf": b"%PDF", "letter.html": b"<p>"}, at=AT)


def under_embargo() -> None:
    """The example with its files made, in the state in which it is proposed and approved."""
    west_london()
    files_made()
    Inspection.objects.filter(key=KEY).update(state=State.EMBARGO)


def change_an_answer() -> str:
    """One more plan for the risk of harm was not good enough: an answer to P5 amended as an inspector does."""
    inspection = Inspection.objects.get(key=KEY)
    package = store_package(KEY)
    yes = next(
        one[0]
        for address, one in sorted(heads(package.events).items())
        if address.question_id == "P5" and len(one) == 1 and one[0].value == "yes"
    )
    reason = package.framework.questions["P5"].reasons[0].id
    made = yes._replace(op_id=op_id(1), value="no", reasons=(reason,), actor="lead", device="laptop",
                        base_op_ids=(yes.op_id,), client_time="2026-03-02T09:00:00Z", server_time="")  # fmt: skip
    Inspection.objects.filter(pk=inspection.pk).update(state=State.FIELDWORK)
    (done,) = record_answers(
        by="lead", inspection=KEY, device="laptop", at=AT,
        events=[made._replace(payload_sha256=payload_digest(made))],
    )  # fmt: skip
    Inspection.objects.filter(pk=inspection.pk).update(state=inspection.state)
    return str(done)
