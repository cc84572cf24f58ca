"""What is in the middle of the work: inspections that wait in each state, and one audit round of a service's own cases."""

from __future__ import annotations

from caselight.method.inspection.planning import LOCAL
from caselight.procedures.demonstrating import cast
from caselight.procedures.demonstrating.rounds import AGREED, COMPLETE, OPENED, SIGNED, UNTOUCHED, Round
from caselight.store.accounts.permissions import Role
from caselight.store.inspections.models import Kind, State

INSPECTORS = {cast.INSPECTOR: Role.INSPECTOR, cast.SECOND: Role.INSPECTOR}

NORTHMERE = Round(
    key="northmere", title="Short Quality Screening in Northmere", kind=Kind.EXTERNAL, example="west-london",
    service="Northmere Youth Offending Service", short="Northmere YOS", areas=("Northmere", "Saltwick", "Upper Harle"),
    lead=cast.LEAD, team={**INSPECTORS, cast.ASSESSOR: Role.LOCAL_ASSESSOR, cast.QUALITY: Role.QUALITY_ASSURER},
    begins=-2, lasts=4, state=State.FIELDWORK, every=2, size=20, reserves=4,
    work={
        cast.INSPECTOR: (SIGNED, SIGNED, AGREED, COMPLETE, OPENED, UNTOUCHED, UNTOUCHED),
        cast.SECOND: (SIGNED, COMPLETE, COMPLETE, OPENED, UNTOUCHED, UNTOUCHED),
        cast.ASSESSOR: (COMPLETE, OPENED, UNTOUCHED, UNTOUCHED),
        cast.LEAD: (OPENED, UNTOUCHED),
    },
    timetabled=True, contested=(cast.SECOND, cast.INSPECTOR), against=cast.SECOND, beside=(cast.QUALITY,),
)  # fmt: skip

HALLOWMERE = Round(
    key="hallowmere", title="Case audit of this month", kind=Kind.LOCAL_AUDIT, example="local-audit",
    service="Hallowmere Youth Justice Service", short="Hallowmere YJS", areas=("Hallowmere",), lead=cast.AUDIT_LEAD,
    team={cast.AUDITOR: Role.AUDITOR, cast.SECOND_AUDITOR: Role.AUDITOR},
    begins=-2, lasts=4, state=State.FIELDWORK, every=1, size=10, reserves=4,
    work={
        cast.AUDITOR: (SIGNED, COMPLETE, OPENED, UNTOUCHED),
        cast.SECOND_AUDITOR: (AGREED, COMPLETE, COMPLETE, UNTOUCHED),
        cast.AUDIT_LEAD: (OPENED,),
    },
    times=LOCAL,
)  # fmt: skip

ASHENBY = Round(
    key="ashenby", title="Short Quality Screening in Ashenby", kind=Kind.EXTERNAL, example="west-london",
    service="Ashenby Youth Offending Service", short="Ashenby YOS", areas=("Ashenby", "Coldbeck"), lead=cast.LEAD,
    team=INSPECTORS, begins=8, lasts=2, state=State.SETUP, every=2, size=0, reserves=0,
)  # fmt: skip

TIDEWELL = Round(
    key="tidewell", title="Short Quality Screening in Tidewell", kind=Kind.EXTERNAL, example="west-london",
    service="Tidewell Youth Offending Service", short="Tidewell YOS", areas=("Tidewell",), lead=cast.LEAD,
    team={**INSPECTORS, cast.QUALITY: Role.QUALITY_ASSURER},
    begins=-8, lasts=2, state=State.MODERATION, every=4, size=8, reserves=2,
    work={cast.INSPECTOR: (COMPLETE,) * 4, cast.SECOND: (COMPLETE,) * 4}, beside=(cast.QUALITY,),
)  # fmt: skip

WYKEHOLM = Round(
    key="wykeholm", title="Short Quality Screening in Wykeholm", kind=Kind.EXTERNAL, example="west-london",
    service="Wykeholm Youth Offending Service", short="Wykeholm YOS", areas=("Wykeholm", "Penhythe"), lead=cast.LEAD,
    team={**INSPECTORS, cast.QUALITY: Role.QUALITY_ASSURER},
    begins=-25, lasts=2, state=State.FACT_CHECK, every=4, size=6, reserves=2,
    work={cast.INSPECTOR: (SIGNED,) * 3, cast.SECOND: (SIGNED,) * 3},
)  # fmt: skip

PROGRAMME = (WYKEHOLM, TIDEWELL, NORTHMERE, ASHENBY, HALLOWMERE)  # in the order in which they were begun
