"""Which designs a sample is drawn by, chosen in the store: the seed is fixed once, at the first look, and never anew."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from caselight.method.faults import Fault, stop
from caselight.method.inspection.definition import Chosen, Design, Inspection
from caselight.store.audit.actions import Plain, record
from caselight.store.audit.acts import Act
from caselight.store.inspections.keys import chain
from caselight.store.inspections.queries import found
from caselight.store.samples.models import ChosenDesign, SampledCase, SizeChange

LARGEST = 20_000
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Wish:
    """What may be said of a design: a size of its own with the reason, the reserves, and the strata of an own design."""

    size: int | None = None
    because: str = ""
    reserves: int | None = None
    strata: tuple[str, ...] = ()


@transaction.atomic
def choose_design(*, by: str, inspection: str, design: str, wish: Wish, at: datetime) -> None:
    """Choose a design of the framework (or, without a name, an own one), or change its size before it is drawn.

    The seed is made when the design is chosen first. Raises ``store.sample-exists`` once it was drawn, and
    ``sample.bad-wish``.
    """
    row = found(inspection, locked=True)
    if SampledCase.objects.filter(inspection=row, design=design).exists():
        says = "The sample of this design was drawn already."
        stop(Fault("store.sample-exists", ("sample",), says, "Remove cases from it with a reason."))
    _refuse(wish, design)
    fields = {"size": wish.size, "because": wish.because.strip(), "reserves": wish.reserves, "strata": [*wish.strata]}
    before = ChosenDesign.objects.filter(inspection=row, design=design).first()
    seed = before.seed if before else secrets.token_hex(16)
    ChosenDesign.objects.update_or_create(
        inspection=row, design=design, defaults={**fields, "seed": seed, "by": by, "at": at}
    )
    detail: dict[str, Plain] = {"design": design, "size": wish.size, "reserves": wish.reserves, "new": before is None}
    record(chain=chain(inspection), by=by, act=Act.DESIGN_CHOSEN, of=("inspection", inspection), detail=detail, at=at)


@transaction.atomic
def leave_design(*, by: str, inspection: str, design: str, at: datetime) -> None:
    """Not draw by a design after all. Its seed is kept, so that choosing it again is no second try."""
    row = found(inspection, locked=True)
    ChosenDesign.objects.filter(inspection=row, design=design).update(size=None, because="", reserves=None)
    detail: dict[str, Plain] = {"design": design, "left": True}
    record(chain=chain(inspection), by=by, act=Act.DESIGN_CHOSEN, of=("inspection", inspection), detail=detail, at=at)


def with_chosen(key: str, definition: Inspection, *, planned: bool = False) -> Inspection:
    """The definition of an inspection with the designs that were chosen in the store and drawn by; or ``planned`` too."""
    rows = list(ChosenDesign.objects.filter(inspection__key=key).order_by("pk"))
    if not planned:
        drawn = set(SizeChange.objects.filter(inspection__key=key).values_list("design", flat=True)) if rows else set()
        rows = [row for row in rows if row.design in drawn]
    known = {one.design for one in definition.samples}
    named = tuple(
        Chosen(design=row.design, seed=row.seed, size=row.size, because=row.because, reserves=row.reserves)
        for row in rows
        if row.design and row.design not in known
    )
    own = next((row for row in rows if not row.design and row.size), None)
    changes: dict[str, object] = {"samples": (*definition.samples, *named)} if named else {}
    if own is not None and own.size and definition.sample is None:
        changes["sample"] = Design(size=own.size, seed=own.seed, strata=tuple(own.strata), reserves=own.reserves or 0)
    return definition.model_copy(update=changes) if changes else definition


def chosen_designs(inspection: str) -> dict[str, ChosenDesign]:
    """The designs that were chosen in the store, by name."""
    return {row.design: row for row in ChosenDesign.objects.filter(inspection__key=inspection)}


def _refuse(wish: Wish, design: str) -> None:
    numbers = [number for number in (wish.size, wish.reserves) if number is not None]
    if any(number > LARGEST or number < 0 for number in numbers) or wish.size == 0 or len(wish.because) > LONGEST:
        says = "The size or the number of reserves is not one that can be drawn."
        stop(Fault("sample.bad-wish", ("size",), says, "Enter whole numbers, such as 34 and 6."))
    if design and wish.size is not None and not wish.because.strip():
        says = "A size other than that of the design needs a reason."
        stop(Fault("sample.bad-wish", ("because",), says, "Enter why another size is taken."))
