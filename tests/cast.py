"""The people of the tests, by name: who they are, which role they have and for whom.

Two services, Testshire and Otherham; each has an external inspection and a local audit of its own. Keys are the names
that events and the audit use.
"""

from __future__ import annotations

from dataclasses import dataclass

from caselight.store.accounts.permissions import Role

PASSWORD = "seven blue lanterns in the fog"
TESTSHIRE, OTHERHAM = "testshire", "otherham"
SERVICES = {TESTSHIRE: "Testshire Youth Offending Service", OTHERHAM: "Otherham Youth Justice Service"}


@dataclass(frozen=True)
class Person:
    """Somebody of the cast. ``service`` is their own service; ``worker`` their key in a caseload."""

    key: str
    name: str
    role: Role | None
    inspects: str = ""  # the service whose inspection they are in
    service: str = ""
    worker: str = ""

    @property
    def email(self) -> str:
        """The address they sign in with."""
        return f"{self.key}@example.org"


LEAD = Person("lead", "Leila Lead", Role.LEAD_INSPECTOR, TESTSHIRE)
INSPECTOR = Person("i1", "Inga Inspector", Role.INSPECTOR, TESTSHIRE)
SECOND_INSPECTOR = Person("i2", "Ivo Inspector", Role.INSPECTOR, TESTSHIRE)
LOCAL_ASSESSOR = Person("la", "Lars Assessor", Role.LOCAL_ASSESSOR, TESTSHIRE, OTHERHAM)
QUALITY_ASSURER = Person("qa", "Quinn Quality", Role.QUALITY_ASSURER, TESTSHIRE)
CASE_MANAGER = Person("cm", "Carla Caseworker", Role.CASE_MANAGER, service=TESTSHIRE, worker="w1")
OTHER_CASE_MANAGER = Person("cm2", "Colin Caseworker", Role.CASE_MANAGER, service=OTHERHAM, worker="w1")
SERVICE_MANAGER = Person("sm", "Sami Manager", Role.SERVICE_MANAGER, service=TESTSHIRE)
OTHER_SERVICE_MANAGER = Person("sm2", "Sofia Manager", Role.SERVICE_MANAGER, service=OTHERHAM)
ANALYST = Person("an", "Ana Analyst", Role.ANALYST)
PUBLISHER = Person("pb", "Pia Publisher", Role.PUBLISHER)
ADMINISTRATOR = Person("ad", "Ada Administrator", Role.ADMINISTRATOR)
STRANGER = Person("stranger", "Stan Stranger", None)
OTHER_LEAD = Person("lead2", "Otto Lead", Role.LEAD_INSPECTOR, OTHERHAM)
LOCAL_LEAD = Person("ll", "Lou Lead", Role.LOCAL_LEAD, TESTSHIRE, TESTSHIRE)
AUDITOR = Person("au", "Aude Auditor", Role.AUDITOR, TESTSHIRE, TESTSHIRE, "w2")

CAST = (
    LEAD,
    INSPECTOR,
    SECOND_INSPECTOR,
    LOCAL_ASSESSOR,
    QUALITY_ASSURER,
    CASE_MANAGER,
    OTHER_CASE_MANAGER,
    SERVICE_MANAGER,
    OTHER_SERVICE_MANAGER,
    ANALYST,
    PUBLISHER,
    ADMINISTRATOR,
    STRANGER,
    OTHER_LEAD,
    LOCAL_LEAD,
    AUDITOR,
)
