"""Workers who are interviewed, so that an inspection of the cast has slots to place. Call it after ``seeded``.

Cases ``C1`` and ``C4`` are of worker ``w1``, ``C2`` of ``w2``, ``C3`` of ``w3``. The fieldwork is on 14, 15 and 16
December 2015.
"""

from __future__ import annotations

from datetime import date, datetime

from tests.factories.store import AT

from caselight.store.caseloads.models import CaseloadCase, Subject
from caselight.store.inspections.models import Inspection
from caselight.store.samples.models import SampledCase
from caselight.store.samples.timetable.clashes import STOPS, clashes, inspecting
from caselight.store.samples.timetable.placing import Chosen, put_slots, take_off
from caselight.store.samples.timetable.publishing import publish_slots
from caselight.store.samples.timetable.reading import timetable_of
from caselight.store.samples.timetable.values import Half, Place, Slot

MONDAY, TUESDAY, WEDNESDAY = date(2015, 12, 14), date(2015, 12, 15), date(2015, 12, 16)
DAYS = (MONDAY, TUESDAY, WEDNESDAY)
KEY = "testshire"


def with_workers(*keys: str) -> None:
    """The workers of the cases, as those who are interviewed."""
    for row in Inspection.objects.filter(key__in=keys or (KEY,)):
        for n, key in enumerate(("w1", "w2", "w3"), 1):
            Subject.objects.create(
                inspection=row, position=10 + n, kind="case_manager", key=key, label=f"Case manager 0{n}"
            )


def put(
    subject: str, user: str, day: date = MONDAY, half: Half = Half.AM, *, key: str = KEY, by: str = "lead",
    at: datetime = AT,
) -> Slot:  # fmt: skip
    """A case, or the interview of a worker, put somewhere."""
    kind = "case_manager" if subject.startswith("w") else "case"
    chosen = Chosen(subjects=((kind, subject),))
    place = Place(user, day, half)
    return put_slots(by=by, inspection=key, chosen=chosen, place=place, days=DAYS, at=at)[0]


def published(*, key: str = KEY, at: datetime = AT) -> None:
    """The slots as they are planned, published."""
    publish_slots(by="lead", inspection=key, at=at)


def crowd(cases: int = 34, workers: int = 16, *, key: str = KEY) -> None:
    """As many cases and workers as an inspection has: the cases from ``X01`` on, spread over workers from ``x01`` on."""
    row = Inspection.objects.get(key=key)
    for n in range(1, workers + 1):
        Subject.objects.create(
            inspection=row, position=100 + n, kind="case_manager", key=f"x{n:02}", label=f"Case manager {n + 3:02}"
        )
    for n in range(1, cases + 1):
        case, worker = f"X{n:02}", f"x{n % workers + 1:02}"
        of = {"inspection": row, "position": 200 + n}
        Subject.objects.create(kind="case", key=case, label=f"Case {n + 4:02}", managed_by=worker, **of)
        CaseloadCase.objects.create(key=case, eligible=True, managed_by=worker, facts={"psr": "yes"}, **of)
        SampledCase.objects.create(case_key=case, order=n + 4, stratum="", status="drawn", **of)


def filled(cases: int = 28, *, key: str = KEY) -> None:
    """Most cases of :func:`crowd` put somewhere and published, and one moved afterwards."""
    cells = [(user, day, half) for day in DAYS for half in Half for user in ("i1", "i2", "la", "lead")]
    slots = [put(f"X{n:02}", *cells[n * 5 % len(cells)], key=key) for n in range(1, cases + 1)]
    crowded = {slot for slot, found in clashes(timetable_of(key), inspecting(key, AT)).items() if STOPS & {*found}}
    take_off(by="lead", inspection=key, slots=sorted(crowded), at=AT)
    published(key=key)
    moved = next(one for one in slots if one.slot not in crowded)
    chosen = Chosen(slots=(moved.slot,))
    put_slots(by="lead", inspection=key, chosen=chosen, place=Place("lead", WEDNESDAY, Half.PM), days=DAYS, at=AT)
