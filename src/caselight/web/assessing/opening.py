"""One case as somebody may see it: what was recorded, which of it they may read, and what they may do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from caselight.method.answers.current import BETWEEN
from caselight.method.answers.events import Address, AnswerEvent, heads
from caselight.method.answers.fact_values import FACT
from caselight.method.answers.sheet import Sheet
from caselight.method.caseload.case import Subject
from caselight.method.framework.definition import Framework
from caselight.method.framework.questions import Question
from caselight.store.accounts.permissions import Permission
from caselight.store.assessments.dossier import Dossier, dossier_of
from caselight.store.assessments.room import RECORDING
from caselight.store.assessments.steps import Step
from caselight.store.frameworks.queries import framework_of
from caselight.store.inspections.access import demand, read_by
from caselight.web.assessing.clocks import clock
from caselight.web.assessing.pairs import Pair, pairs
from caselight.web.design.visits import InspectionVisit

MODERATED = "moderated"
_ROW = re.compile(r"[A-Za-z0-9-]{1,40}")
Heads = Mapping[Address, tuple[AnswerEvent, ...]]


@dataclass(frozen=True)
class Opened:
    """A case that was opened by a visitor. ``sharing``: somebody of the service is looking at the screen."""

    visit: InspectionVisit
    dossier: Dossier
    sharing: bool = False
    row: tuple[str, str] = ("", "")  # the kind and key of something found in the case of which nothing is recorded yet

    @property
    def subject(self) -> tuple[str, str]:
        """Kind and key."""
        return self.dossier.subject.kind, self.dossier.subject.key

    @property
    def framework(self) -> Framework:
        """The framework that the inspection is pinned to."""
        return self.dossier.framework

    @property
    def pairs(self) -> dict[str, Pair]:
        """Gates and questions that are one control, by either id."""
        return pairs(self.dossier.inspection.framework)

    @property
    def language(self) -> str:
        """The language of the questions."""
        return self.framework.languages[0]

    @cached_property
    def events(self) -> tuple[AnswerEvent, ...]:
        """The events that the visitor may read: a peer's stay closed until one's own are signed."""
        mine = read_by(self.visit.access, {_judgement(event) for event in self.dossier.events})
        return tuple(event for event in self.dossier.events if _judgement(event) in mine)

    @cached_property
    def unread(self) -> tuple[AnswerEvent, ...]:
        """Those that stay closed: only who recorded them and when may be said."""
        open_ = {event.op_id for event in self.events}
        return tuple(event for event in self.dossier.events if event.op_id not in open_)

    @cached_property
    def closed(self) -> Mapping[tuple[str, str, str], set[str]]:
        """Who recorded those that stay closed, by question and row."""
        found: dict[tuple[str, str, str], set[str]] = {}
        for event in self.unread:
            found.setdefault((event.question_id, event.table, event.row_key), set()).add(event.actor)
        return found

    @cached_property
    def heads(self) -> Heads:
        """What stands, of what may be read."""
        return heads(self.events)

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """The sheet of the case, then those of what was found in it."""
        return self.dossier.sheets(self.events)

    @property
    def sheet(self) -> Sheet:
        """The sheet of the case itself."""
        return self.sheets[0]

    @cached_property
    def shown(self) -> tuple[Sheet, ...]:
        """The sheets, and that of a row which is only begun."""
        begun = self.sheet_of(*self.row) if self.row[0] else None
        return (*self.sheets, begun) if begun is not None and begun not in self.sheets else self.sheets

    def sheet_of(self, kind: str, row: str) -> Sheet | None:
        """The sheet of the case, or of something found in it; an empty one for what nothing is recorded of yet."""
        key = f"{self.subject[1]}{BETWEEN}{row}" if kind else self.subject[1]
        wanted = (kind or self.subject[0], key)
        there = next((one for one in self.sheets if (one.subject.kind, one.subject.key) == wanted), None)
        known = self.framework.subject_by_id.get(kind)
        if there is not None or known is None or known.found_in != self.subject[0] or not _ROW.fullmatch(row):
            return there
        label = f"{self.sheet.subject.label} {BETWEEN} {row}"
        asked = frozenset(
            one.id for one in self.framework.asked(self.dossier.inspection.definition.framework.screening)
        )
        return Sheet(
            self.framework, Subject(kind, key, label), asked=asked, holidays=self.sheet.holidays, parent=self.sheet
        )

    @cached_property
    def may_record(self) -> bool:
        """Whether the visitor may answer here and now: examined by them, recording, and not locked."""
        if self.sharing or self.dossier.inspection.state not in RECORDING or self.dossier.standing.step is Step.LOCKED:
            return False
        return self.visit.may(Permission.ANSWER_RECORD, self.subject[1])

    def may(self, permission: Permission) -> bool:
        """Whether an act is allowed on this case."""
        return self.visit.may(permission, self.subject[1])

    @cached_property
    def may_resolve(self) -> bool:
        """Whether the visitor may decide between two answers."""
        return not self.sharing and self.may(Permission.ANSWER_RESOLVE)

    @cached_property
    def may_agree(self) -> bool:
        """Whether the visitor may say, as the author of one of two answers, which one stands."""
        return not self.sharing and self.may(Permission.ANSWER_AGREE)

    def in_question(self, place: Address) -> bool:
        """Whether several answers stand at a place, whether or not the visitor may read them all."""
        return len(self._all_heads.get(place, ())) > 1

    @cached_property
    def _all_heads(self) -> Heads:
        return heads(self.dossier.events)

    def name(self, actor: str) -> str:
        """Somebody's name; a key that is nobody's of the team stays a key."""
        return self.dossier.people.get(actor, actor)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone of the inspection."""
        return ZoneInfo(self.dossier.inspection.definition.time_zone)

    def clock(self, instant: str | datetime) -> str:
        """An instant as people say it: the time today, else the day as well."""
        return clock(instant, self.visit.at, self.zone)

    def address(self, question_id: str, table: str = "", row_key: str = "", pass_: str = "first") -> Address:  # noqa: S107 - a pass of an assessment
        """Where an answer belongs."""
        question = self.framework.questions.get(question_id)
        about = table or self.subject[0]
        tool = question.tool if question else self._tool(about)
        return Address(tool, *self.subject, table, row_key, question_id, pass_)

    def _tool(self, kind: str) -> str:
        return next((tool.id for tool in self.framework.tools if tool.subject == kind), "")

    def asked(self, question_id: str) -> Question | None:
        """A question by its id; None for a fact, and for what is none."""
        return None if question_id.startswith(FACT) else self.framework.questions.get(question_id)


def open_case(
    visit: InspectionVisit,
    kind: str,
    key: str,
    *,
    sharing: bool = False,
    row: tuple[str, str] = ("", ""),
    only: str = "",
) -> Opened:
    """A case as the visitor may see it. ``access.not-found`` and ``access.forbidden`` where they may not.

    With ``only``, the id of a question or fact, nothing is read of what was recorded elsewhere in the case.
    """
    kept = visit.inspection
    if not visit.may(Permission.ANSWER_READ, key):
        demand(visit.access, Permission.ANSWER_READ, key)
    framework, names = framework_of(kept.framework), _beside(only, kept.framework)
    return Opened(visit, dossier_of(kept, framework, kind[:60], key[:100], only=names), sharing, row)


def _beside(question: str, digest: str) -> tuple[str, ...]:
    """A question, and the gate or question that is one control with it."""
    pair = pairs(digest).get(question)
    return (pair.gate.id, pair.question.id) if pair else (question[:200],) if question else ()


def _judgement(event: AnswerEvent) -> tuple[str, str]:
    """What blind reading asks of: the subject, and the author of what is not moderated."""
    return event.subject_key, "" if event.pass_ == MODERATED else event.actor
