"""Every act that can be allowed, one by one, and every role. Which role may do what stands in ``inspections.grants``.

Names are what the matrix (``tests/evidence/matrix.csv``) and the documentation (``docs/reference/roles.md``) say.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Permission(StrEnum):
    """One act, and in ``says`` what it lets a person do."""

    says: str

    def __new__(cls, value: str, says: str) -> Permission:
        member = str.__new__(cls, value)
        member._value_ = value
        member.says = says
        return member

    INSPECTION_READ = "inspection.read", "Know that an inspection exists: its title, service, dates, state and team."
    INSPECTION_MOVE = "inspection.move", "Move an inspection to its next state, or back."
    FRAMEWORK_READ = "framework.read", "Read a question set."
    FRAMEWORK_ADOPT = "framework.adopt", "Adopt a question set, so that inspections can be pinned to it."
    CASE_READ = "case.read", "Know that a case exists: its key, its label and how far it is."
    CASELOAD_READ = "caseload.read", "Read the facts that the service supplied about its cases."
    CASELOAD_WRITE = "caseload.write", "Supply or correct the cases of the service."
    SAMPLE_DRAW = "sample.draw", "Draw cases, replace one with a reason, change a size with a reason."
    CASE_ALLOCATE = "case.allocate", "Give a case to somebody to examine, or take it back."
    IDENTITY_READ = "identity.read", "Read who a child is. Each reading is recorded."
    IDENTITY_MASKED = "identity.masked", "Read a child's initials and record number. Each reading is recorded."
    IDENTITY_WRITE = "identity.write", "Supply who a child is."
    EVIDENCE_READ = "evidence.read", "Read evidence: notes, where in the file it stands, words quoted, uploads."
    EVIDENCE_WRITE = "evidence.write", "Add evidence to a case."
    ANSWER_RECORD = "answer.record", "Record a judgement on a case, or change one's own."
    ANSWER_READ = "answer.read", "Read the judgements on a case."
    ANSWER_MODERATE = "answer.moderate", "Record a moderated judgement beside the first one, with a reason."
    ANSWER_RESOLVE = "answer.resolve", "Decide between two answers that stand against each other, with a reason."
    ANSWER_AGREE = "answer.agree", "Say which of two answers stands, as the author of one of them."
    ANSWER_QUARANTINED = "answer.quarantined", "See messages that could not be taken as answers, and settle them."
    CASE_COMPLETE = "case.complete", "Say that a case is completely examined, or open it again."
    CASE_SIGN = "case.sign", "Sign the judgements on a case."
    CASE_COUNTERSIGN = "case.countersign", "Countersign a case, which locks it."
    CASE_UNLOCK_ASK = "case.unlock-ask", "Ask that a locked case be opened again."
    CASE_UNLOCK = "case.unlock", "Open a locked case again, with a second person."
    CASE_UNLOCK_SECOND = "case.unlock-second", "Agree, as the second person, that a locked case is opened again."
    CONCERN_RAISE = (
        "concern.raise",
        "Raise an urgent concern about a child, and note who was told and what they answered.",
    )
    CONCERN_READ = "concern.read", "Read urgent concerns: what was seen, who was told, their answer."
    CONCERN_CLOSE = "concern.close", "Close an urgent concern, with the reason."
    QA_COMMENT = "qa.comment", "Comment on the quality of judgements, without changing any."
    QA_READ = "qa.read", "Read comments on the quality of judgements."
    QA_REPLY = "qa.reply", "Reply to comments on quality."
    FEEDBACK_READ = "feedback.read", "Read the feedback on one's own case that the lead has released."
    FIGURES_READ = "figures.read", "Read the figures of an inspection that is not published."
    FIGURES_WORKER = "figures.worker", "Read the figures of one worker of a local audit."
    EXTRACT_READ = "extract.read", "Read coded answers without names, keys or written text."
    LETTER_READ = "letter.read", "Read the draft letter."
    LETTER_WRITE = "letter.write", "Write the letter, and accept its claims."
    LETTER_SUGGEST = "letter.suggest", "Suggest a change to the letter."
    LETTER_COMMENT = "letter.comment", "Comment on the letter."
    TIMETABLE_READ = "timetable.read", "Read the timetable and the requests to the service."
    TIMETABLE_WRITE = "timetable.write", "Change the timetable, answer requests, say whom of the service to turn to."
    REQUEST_ASK = (
        "request.ask",
        "Ask the service for something, accept it or send it back, and announce the inspection.",
    )
    TIMETABLE_PUBLISH = (
        "timetable.publish",
        "Publish the timetable, and note of any slot whether it was held, who was present, or why it was cancelled.",
    )
    SLOT_NOTE = "slot.note", "Note of one's own slot whether it was held, who was present, or why it was cancelled."
    TABLES_APPROVE = "tables.approve", "Approve the content of open tables."
    TABLES_CHECK = "tables.check", "Check open tables for disclosure, as somebody who made none of them."
    TABLES_ASK = "tables.ask", "Ask that open tables be released."
    TABLES_RELEASE = "tables.release", "Release open tables."
    PUBLICATION_PROPOSE = "publication.propose", "Propose the letter for publication."
    PUBLICATION_READ = (
        "publication.read",
        "Read how the letter came to be published: what, by whom, what was sent back.",
    )
    PUBLICATION_APPROVE = "publication.approve", "Publish, with a second person, as somebody who wrote none of it."
    PUBLISHED_READ = "published.read", "Read what was published."
    PACKAGE_EXPORT = "package.export", "Take an inspection out as a package."
    PACKAGE_IMPORT = "package.import", "Bring a package in."
    PEOPLE_ASSIGN = "people.assign", "Give roles in one's own inspection."
    CONFLICT_DECLARE = "conflict.declare", "Declare a conflict of interest of one's own."
    PEOPLE_INVITE = "people.invite", "Invite the case managers of one's own service."
    PEOPLE_MANAGE = "people.manage", "Invite, disable and give roles to anybody but oneself."
    SETTINGS_MANAGE = "settings.manage", "Change the settings of the system, back it up and restore it."
    AUDIT_READ = "audit.read", "Read the audit of an inspection."
    AUDIT_READ_OWN = "audit.read-own", "Read one's own acts in the audit of an inspection."
    AUDIT_SECURITY = "audit.security", "Read the chain of sign-ins, roles and settings."
    PURGE_PROPOSE = "purge.propose", "Propose a date of retention, a hold or a purge."
    PURGE_APPROVE = "purge.approve", "Approve a hold or a purge as the first person."
    PURGE_SECOND = "purge.second", "Approve a hold or a purge as the second person."
    BREAK_GLASS = "break-glass.ask", "Ask, with a second person and a reason, for a reading that no role allows."


class Role(StrEnum):
    """Who somebody is in an inspection. ``short`` is the column of the matrix, ``called`` and ``says`` are for people."""

    short: str
    called: str
    says: str

    def __new__(cls, value: str, short: str, called: str, says: str) -> Role:
        member = str.__new__(cls, value)
        member._value_ = value
        member.short, member.called, member.says = short, called, says
        return member

    LEAD_INSPECTOR = "lead_inspector", "LI", "Lead inspector", "Leads one inspection and answers for its letter."
    INSPECTOR = "inspector", "IN", "Inspector", "Examines the cases that are given to them."
    LOCAL_ASSESSOR = "local_assessor", "LA", "Local assessor", "Examines cases of a service that is not their own."
    QUALITY_ASSURER = "quality_assurer", "QA", "Quality assurer", "Comments on judgements and changes none."
    CASE_MANAGER = "case_manager", "CM", "Case manager", "Works with children in the inspected service."
    SERVICE_MANAGER = "service_manager", "SM", "Service manager", "Answers for the inspected service."
    ANALYST = "analyst", "AN", "Analyst", "Works with coded answers that name nobody, after publication."
    PUBLISHER = "publisher", "PB", "Publisher", "Publishes what others wrote and approved."
    ADMINISTRATOR = "administrator", "AD", "Administrator", "Runs the system and reads no content."
    PUBLIC = "public", "PU", "Public", "Anybody, signed in or not."
    LOCAL_LEAD = "local_lead", "LL", "Lead of a local audit", "Leads an audit that the service does of itself."
    AUDITOR = "auditor", "AU", "Auditor", "Audits cases of their own service that they do not manage."


# Roles of somebody who inspects from outside; an account that has one has no role in an inspected service.
INSPECTORATE = frozenset(
    {Role.LEAD_INSPECTOR, Role.INSPECTOR, Role.QUALITY_ASSURER, Role.ANALYST, Role.PUBLISHER},
)
SERVICE = frozenset({Role.CASE_MANAGER, Role.SERVICE_MANAGER})
EVERY_INSPECTION = frozenset({Role.ANALYST, Role.PUBLISHER})  # may be held for all of them
LOCAL = frozenset({Role.LOCAL_LEAD, Role.AUDITOR})
EXAMINERS = frozenset({Role.LEAD_INSPECTOR, Role.INSPECTOR, Role.LOCAL_ASSESSOR, Role.LOCAL_LEAD, Role.AUDITOR})

# The roles that ``inspection.yaml`` gives to its team.
OF_TEAM: Mapping[str, Role] = {
    "lead_inspector": Role.LEAD_INSPECTOR,
    "inspector": Role.INSPECTOR,
    "assistant_inspector": Role.INSPECTOR,
    "local_assessor": Role.LOCAL_ASSESSOR,
    "quality_lead": Role.QUALITY_ASSURER,
    "publisher": Role.PUBLISHER,
}
