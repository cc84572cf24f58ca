"""Everything that can be done and leaves a row in the audit, each with what it means in plain words.

The value stands in audit rows for ever: a member may be added and never renamed. The words may be made better.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Act(StrEnum):
    """What was done. ``says`` is its plain description, for the page that shows the audit."""

    says: str

    def __new__(cls, value: str, says: str) -> Self:
        """A member: the text that audit rows hold, and its description."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.says = says
        return member

    # answers
    ANSWER_RECORDED = "answer.recorded", "An answer was recorded."
    ANSWER_IMPORTED = "answer.imported", "An answer came in with a package, in the name of who recorded it."
    EVIDENCE_IMPORTED = "evidence.imported", "Evidence of an answer that was there already came in with a package."
    ANSWER_QUARANTINED = "answer.quarantined", "A message that could not be taken as an answer was set aside."
    MESSAGE_RECORDED = "message.recorded", "The author of a message that was set aside recorded it anew."
    MESSAGE_LEFT_OUT = (
        "message.left-out",
        "It was decided, with the reason, that a message that was set aside stays out.",
    )
    ANSWER_PREFERRED = "answer.preferred", "An author of one of several answers said which of them stands."
    CASE_COMPLETED = "case.completed", "A case was said to be complete."
    CASE_MODERATED = "case.moderated", "A case was moderated."
    CASE_SIGNED = "case.signed", "An inspector signed the answers of a case."
    CASE_LOCKED = "case.locked", "A signed case was countersigned, and takes no more answers."
    CASE_UNLOCKED = "case.unlocked", "Two people unlocked a case."
    UNLOCK_ASKED = "unlock.asked", "It was asked, with the reason, that a locked case be opened again."
    UNLOCK_ALLOWED = "unlock.allowed", "Who leads agreed that a locked case be opened again."
    UNLOCK_SECONDED = "unlock.seconded", "A second person agreed that a locked case be opened again."
    UNLOCK_REFUSED = "unlock.refused", "It was refused, with the reason, that a locked case be opened again."
    CASE_REOPENED = "case.reopened", "A case that was not locked was opened again."
    CONCERN_RAISED = "concern.raised", "An urgent concern about a child was raised."
    CONCERN_TOLD = "concern.told", "It was noted who was told of an urgent concern, and when."
    CONCERN_ANSWERED = "concern.answered", "It was noted what they answered to an urgent concern."
    CONCERN_CLOSED = "concern.closed", "An urgent concern was closed, with the reason."
    PRESENCE_NOTED = "presence.noted", "It was noted who was present while a case was examined."

    # frameworks and inspections
    FRAMEWORK_ADOPTED = "framework.adopted", "A question set was adopted."
    SERVICE_ADDED = "service.added", "A service was added."
    INSPECTION_CREATED = "inspection.created", "An inspection was begun."
    INSPECTION_MOVED = "inspection.moved", "An inspection went to its next state, or back."
    INSPECTION_IMPORTED = "inspection.imported", "An inspection, or more of it, was brought in from a package."
    INSPECTION_EXPORTED = "inspection.exported", "An inspection was taken out as a package."
    REQUEST_ASKED = "request.asked", "The service was asked for something."
    REQUEST_CHANGED = "request.changed", "The words or the day of a request to the service were changed."
    REQUEST_RECEIVED = "request.received", "It was noted that what the service was asked for has come."
    REQUEST_ACCEPTED = "request.accepted", "What the service provided was accepted."
    REQUEST_RETURNED = "request.returned", "What the service provided was sent back, with the reason."
    REQUEST_WITHDRAWN = "request.withdrawn", "A request to the service was withdrawn, with the reason."
    CONTACT_KEPT = "contact.kept", "Somebody of the service to turn to was noted, or corrected."
    CONTACT_REMOVED = "contact.removed", "Somebody of the service was taken off the list of whom to turn to."
    ANNOUNCEMENT_NOTED = "announcement.noted", "The announcement was noted as sent: when, to whom, in what words."
    FOLDER_KEPT = "folder.kept", "The holidays of an inspection and the list of its tables were kept."
    FILES_CARRIED = "files.carried", "Files of an inspection's folder were kept as they are."
    TABLES_CARRIED = "tables.carried", "Tables and columns that are not interpreted were kept."

    # cases, samples, what is made of them
    CASELOAD_BROUGHT_IN = "caseload.brought-in", "Cases of the service were added to the caseload."
    LIST_PREPARED = "caseload.list-prepared", "A case list was prepared further, before it was accepted."
    LIST_DROPPED = "caseload.list-dropped", "What was prepared of a case list was let go, with its key."
    LAYOUT_REMEMBERED = "caseload.layout-remembered", "It was remembered which column of a service's file is what."
    FACT_CORRECTED = "caseload.fact-corrected", "A fact of the case list was corrected; both values are kept."
    SUBJECTS_ADDED = "subjects.added", "Cases or case managers were added to those examined."
    SAMPLE_RECORDED = "sample.recorded", "A sample was recorded as it was drawn."
    DESIGN_CHOSEN = "sample.design-chosen", "A design of the sample was chosen, or its size changed, before the draw."
    CASE_REMOVED = "sample.removed", "A case was taken out of the sample."
    ACTION_AGREED = "action.agreed", "An action was agreed beside an answer."
    ACTION_SETTLED = "action.settled", "An action was said to be done, dropped or open again."
    LETTER_SAVED = "letter.saved", "A version of the letter was saved."
    LETTER_UNSAVED = "letter.unsaved-kept", "Words of the letter that were not saved yet were kept for their author."
    LETTER_UNSAVED_DROPPED = (
        "letter.unsaved-dropped",
        "Words of the letter that were not saved were let go by their author.",
    )
    NUMBER_DECIDED = "letter.number-decided", "It was decided that the letter may print a small number about children."
    WORD_ACCEPTED = "letter.word-accepted", "A word of the letter that looks like a name was said to be none."
    LETTER_MAKING = "letter.making", "The making of the letter's files began, went on or ended."
    REMARK_MADE = "letter.remark-made", "A suggestion or a comment about the letter was made."
    REMARK_DECIDED = "letter.remark-decided", "It was decided about a suggestion or a comment."
    SHEET_SAVED = "letter.sheet-saved", "A sheet of feedback was saved."
    RELEASE_PROPOSED = "release.proposed", "The letter was proposed for publication, as it and its files stood."
    RELEASE_WITHDRAWN = "release.withdrawn", "A proposal to publish the letter was withdrawn."
    RELEASE_RETURNED = "release.returned", "A proposal to publish the letter was sent back, with the reason."
    RELEASE_APPROVED = "release.approved", "What was proposed for publication was approved, and so was published."
    CLAIM_ACCEPTED = "claim.accepted", "A claim of the letter was accepted."
    COMPARATORS_KEPT = "comparators.kept", "Published figures for comparison were added."
    EXTERNAL_KEPT = "external.kept", "Figures from elsewhere were added."

    # care of the system
    BACKUP_TAKEN = "backup.taken", "A backup was taken."
    BACKUP_RESTORED = "backup.restored", "A backup was restored into this place."

    # running
    ADMINISTRATOR_MADE = "administrator.made", "The first administrator was made while setting up."
    # people
    USER_ADDED = "user.added", "A person was given an account."
    USER_INVITED = "user.invited", "A one-time link was made with which a person chooses their password."
    LINKS_ENDED = "user.links-ended", "A one-time link ended, because its person set a password otherwise."
    USER_CORRECTED = "user.corrected", "The name or the address of a person was corrected."
    USER_DISABLED = "user.disabled", "An account was disabled; its sessions and tokens ended with it."
    USER_ENABLED = "user.enabled", "A disabled account was opened again."
    ADMINISTRATOR_SET = "administrator.set", "A person was made an administrator, or is one no longer."
    SESSIONS_ENDED = "user.sessions-ended", "A person ended their sessions on all other devices."
    SESSION_ENDED = "user.session-ended", "A person ended one of their sessions, in another browser."
    PREFERENCES_SET = "user.preferences-set", "A person chose how pages look for them; what they chose is not said."
    TOKEN_ISSUED = "token.issued", "A device was given a token."
    TOKEN_REVOKED = "token.revoked", "A device's token was revoked."
    SIGNED_IN = "session.begun", "A person signed in."
    PASSWORD_SET = "password.set", "A person set a password; other sessions ended."
    SECOND_FACTOR = "factor.changed", "A person changed how they prove who they are."
    FACTOR_FORGOTTEN = "factor.forgotten", "An administrator took away the second step of a person, who had lost it."
    MEMBER_ADDED = "member.added", "A person was given a role."
    MEMBER_ENDED = "member.ended", "A role of a person ended."
    CONFLICT_DECLARED = "conflict.declared", "A conflict of interest was declared."
    CONFLICT_WITHDRAWN = "conflict.withdrawn", "A conflict of interest was withdrawn."
    CASE_ALLOCATED = "case.allocated", "A case was given to somebody to examine."
    ALLOCATION_ENDED = "allocation.ended", "A case was taken back from somebody."
    # the timetable
    SLOT_PLACED = "slot.placed", "A case or an interview was given a slot in the timetable."
    SLOT_MOVED = "slot.moved", "A slot of the timetable was moved."
    SLOT_CHANGED = "slot.changed", "A slot of the timetable was given another time or room."
    SLOT_TAKEN_OFF = "slot.taken-off", "A slot was taken off the timetable."
    TIMETABLE_PUBLISHED = "timetable.published", "The timetable was published as it stood."
    SLOT_HELD = "slot.held", "It was noted that a slot of the timetable was held."
    SLOT_CANCELLED = "slot.cancelled", "It was noted that a slot of the timetable was cancelled, and why."
    SLOT_REOPENED = "slot.reopened", "What was noted of a slot of the timetable was taken back."
    # identities
    IDENTITY_KEPT = "identity.kept", "Who a subject is was kept, or corrected."
    IDENTITY_READ = "identity.read", "Who a subject is was read."
    NAMES_CHECKED = (
        "identity.names-checked",
        "A text was checked for the names of all subjects; they were not shown to anybody.",
    )
    ALIAS_ASKED = "identity.alias-asked", "It was asked whether an alias is nobody's real name."
    # retention
    RETENTION_CONFIRMED = "retention.confirmed", "The controller's period for a kind of record was confirmed."
    RETENTION_SET = "retention.set", "The day until which a subject's records are kept was set."
    HOLD_PLACED = "hold.placed", "A hold was placed: nothing it covers may be purged."
    HOLD_CONFIRMED = "hold.confirmed", "A second person confirmed a hold."
    HOLD_LIFT_ASKED = "hold.lift-asked", "It was asked that a hold be lifted; it holds until a second person agrees."
    HOLD_LIFTED = "hold.lifted", "A hold was lifted."
    PURGE_PROPOSED = "purge.proposed", "A purge was proposed."
    PURGE_CONFIRMED = "purge.confirmed", "A second person confirmed a purge."
    PURGE_BEGUN = "purge.begun", "A purge began to destroy keys; from here it can only be finished."
    PURGE_REAPPLIED = "purge.reapplied", "Purges were carried out again after an old backup was restored."
    PURGE_FINISHED = "purge.finished", "A purge was finished and certified."
