"""The people of the demonstration, by role. Nobody of them exists."""

from __future__ import annotations

from dataclasses import dataclass

from caselight.store.accounts.permissions import Role

PASSWORD = "a calm lantern by the harbour"  # noqa: S105 - for signing a case again, and told on the page of the roles
OUTSIDE, INSPECTED, ITSELF, SYSTEM = (
    "An inspection from outside",
    "The services that are inspected",
    "A service that audits its own cases",
    "The system",
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody one can be. ``key`` is a word for them in addresses, ``says`` what there is to see as them."""

    key: str
    name: str
    role: Role
    group: str
    says: str

    @property
    def email(self) -> str:
        """The address of the account."""
        return f"{self.key}@caselight.example"


LEAD = Actor("lead", "Morwenna Hartsdyke", Role.LEAD_INSPECTOR, OUTSIDE,
             "Select the sample in Ashenby and follow the fieldwork in Northmere. In Tidewell agree answers, make the feedback "
             "sheet and begin the letter; in Wykeholm decide about comments on it.")  # fmt: skip
INSPECTOR = Actor("inspector", "Chidi Aldermast", Role.INSPECTOR, OUTSIDE,
                  "Go on with a case in Northmere that is half done, begin the next one, raise an urgent concern.")  # fmt: skip
SECOND = Actor("second-inspector", "Agnieszka Torvane", Role.INSPECTOR, OUTSIDE,
               "The same with other cases. Somebody answered one of her questions otherwise.")  # fmt: skip
ASSESSOR = Actor("local-assessor", "Rowan Petherick", Role.LOCAL_ASSESSOR, OUTSIDE,
                 "Examine cases of a service that is not your own, as a guest of the team in Northmere.")  # fmt: skip
QUALITY = Actor("quality", "Iris Calloway", Role.QUALITY_ASSURER, OUTSIDE,
                "Read the draft letter of Wykeholm and comment on it; read cases that others examined.")  # fmt: skip
PUBLISHER = Actor("publisher", "Tobias Wrenfield", Role.PUBLISHER, OUTSIDE, "Find what is published: West London.")
ANALYST = Actor("analyst", "Hanna Quillfeather", Role.ANALYST, OUTSIDE, "Find what is published: West London.")
MANAGER = Actor("service-manager", "Gwen Thackeray", Role.SERVICE_MANAGER, INSPECTED,
                "Answer what the inspectors ask for, and comment on the draft letter of Wykeholm.")  # fmt: skip
WORKER = Actor("case-manager", "Marta Oxendale", Role.CASE_MANAGER, INSPECTED,
               "See when your cases are looked at, and with whom; answer a request.")  # fmt: skip
AUDIT_LEAD = Actor("audit-lead", "Philippa Okonjo-Reeve", Role.LOCAL_LEAD, ITSELF,
                   "Lead this month's audit round, agree answers, see what the round of February found.")  # fmt: skip
AUDITOR = Actor("auditor", "Gethin Saltmarsh", Role.AUDITOR, ITSELF, "Audit the cases that are given to you.")
SECOND_AUDITOR = Actor("second-auditor", "Nusrat Pellworth", Role.AUDITOR, ITSELF, "The same with other cases.")
ADMINISTRATOR = Actor("administrator", "Sam Oddfellow", Role.ADMINISTRATOR, SYSTEM,
                      "Run the system: people and health. An administrator reads no content.")  # fmt: skip

CAST = (
    LEAD, INSPECTOR, SECOND, ASSESSOR, QUALITY, PUBLISHER, ANALYST, MANAGER, WORKER, AUDIT_LEAD, AUDITOR,
    SECOND_AUDITOR, ADMINISTRATOR,
)  # fmt: skip


def actor(key: str) -> Actor | None:
    """Who goes by a word, if anybody does."""
    return next((one for one in CAST if one.key == key), None)


def groups() -> list[tuple[str, list[Actor]]]:
    """Everybody, by where they stand."""
    return [(name, [one for one in CAST if one.group == name]) for name in (OUTSIDE, INSPECTED, ITSELF, SYSTEM)]
