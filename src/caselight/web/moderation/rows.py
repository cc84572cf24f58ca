"""One question across all cases: what each case was first answered, what was agreed, and what its small form holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from caselight.method.answers.current import BETWEEN
from caselight.method.answers.events import Address, AnswerEvent, heads
from caselight.method.answers.sheet import Sheet
from caselight.method.framework.parts import NOT_RELEVANT
from caselight.procedures.findings import findings
from caselight.procedures.moderating import MODERATED, new_op_id
from caselight.store.accounts.permissions import Permission
from caselight.store.assessments.progress import standings
from caselight.store.assessments.queries import events_about
from caselight.store.assessments.steps import CaseStanding, Step
from caselight.store.audit.actions import as_text
from caselight.store.inspections.access import not_found
from caselight.store.reports.signers import names_of
from caselight.web.design.visits import InspectionVisit
from caselight.web.moderation.looked import begin_address, first_open
from caselight.web.moderation.places import case_address, in_order, row_id

NONE = ("", "")
SHOWN = (("all", "All"), ("no", "Only No"), ("open", "Not yet agreed"))


@dataclass(frozen=True, slots=True)
class Said:
    """An answer in words: the option, its reasons, the note, who gave it."""

    op_id: str
    value: str
    label: str
    colour: str
    reasons: tuple[str, ...]
    codes: tuple[str, ...]
    note: str
    by: str
    resolved: str = ""
    between: tuple[str, ...] = ()  # the answers that it was decided between


@dataclass(frozen=True, slots=True)
class Row:
    """One case: its first answer (two where they are in question), what was agreed, and the form to agree in."""

    id: str
    address: Address
    label: str
    href: str
    first: tuple[Said, ...]
    agreed: tuple[Said, ...]
    stands: str
    failed: bool
    locked: bool
    op: str
    value: str = ""
    because: str = ""
    why: str = ""
    error: str = ""
    wants: str = "v1"  # which of its controls an error leads to

    @property
    def deciding(self) -> tuple[Said, ...]:
        """The answers between which somebody must decide."""
        return self.agreed if len(self.agreed) > 1 else self.first if len(self.first) > 1 and not self.agreed else ()

    @property
    def control(self) -> str:
        """The control of its form that an error leads to."""
        return f"{self.id}-{'c1' if self.deciding else self.wants}"

    @property
    def changed(self) -> bool:
        """Whether what was agreed differs from the first answer."""
        return len(self.agreed) == 1 and (len(self.first) != 1 or self.agreed[0].value != self.first[0].value)

    @property
    def bases(self) -> str:
        """The moderated answers that the page shows, on which another builds."""
        return " ".join(one.op_id for one in self.agreed)


class Asked:
    """A question with its rows, for one visitor. Raises ``access.not-found`` where there is no such question."""

    def __init__(self, visit: InspectionVisit, question: str) -> None:
        self.visit, self.findings = visit, findings(visit.key)
        framework = self.findings.package.framework
        asked = {one.id: one for one in framework.asked(self.findings.package.inspection.framework.screening)}
        if question not in asked:
            not_found()
        self.framework, self.question = framework, asked[question]
        here = [*asked].index(question)
        self._others = [*asked.values()][here + 1 :] + [*asked.values()][:here]
        self.known: dict[str, AnswerEvent] = {}  # what was ever said of it, by its id
        self.kind = framework.subject_of(self.question)

    @property
    def language(self) -> str:
        """The language of the inspection."""
        return self.findings.language

    @cached_property
    def options(self) -> tuple[tuple[str, str], ...]:
        """The answers that can be agreed here; none where an answer is no choice of one."""
        scale = self.framework.scale_by_id.get(self.question.scale or "")
        if scale is None or scale.multiple or self.question.computed is not None:
            return ()
        given = tuple((option.value, option.label.in_(self.language)) for option in scale.options)
        return given if self.question.never_not_relevant else (*given, (NOT_RELEVANT, "Not relevant"))

    @cached_property
    def reasons(self) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        """Coded reasons in groups: of a No, of what was good, of what is not relevant."""
        of = self.question
        groups = (
            ("Why it is not good enough", self.framework.reasons_of(of)),
            ("What was good", self.framework.good_of(of)),
            ("Why it is not relevant", () if of.never_not_relevant else self.framework.not_relevant_reasons),
        )
        return tuple(
            (title, tuple((one.id, one.label.in_(self.language)) for one in reasons))
            for title, reasons in groups
            if reasons
        )

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The cases that are asked, or that somebody said it is not relevant to."""
        said = events_about(self.visit.key, self.question.id)
        events, self.known = heads(said), {one.op_id: one for one in said}
        known, names = standings(self.visit.key), names_of(self.visit.key)
        sheets = in_order(self.findings.sheets.get(self.kind, ()))
        return tuple(self._row(sheet, events, known, names) for sheet in sheets if self._asks(sheet))

    @property
    def made_at(self) -> str:
        """When the page was made."""
        return as_text(self.visit.at)

    @property
    def unasked(self) -> int:
        """How many cases the rule leaves out."""
        return len(self.findings.sheets.get(self.kind, ())) - len(self.rows)

    @property
    def next(self) -> tuple[str, str]:
        """The next question that is judged and not yet looked at in every case, in a few words, and its page with the
        cursor in the first such case; behind the last question the first. Nothing where all were looked at."""
        found = first_open(self.findings, self._others)
        return (found.short.in_(self.language), begin_address(self.findings, self.visit.key, found)) if found else NONE

    def shown(self, which: str) -> tuple[Row, ...]:
        """All rows, those that failed, or those that nobody agreed yet."""
        kept: dict[str, Callable[[Row], bool]] = {"no": lambda row: row.failed, "open": lambda row: not row.agreed}
        return tuple(row for row in self.rows if which not in kept or kept[which](row))

    def _asks(self, sheet: Sheet) -> bool:
        standing = sheet.standing(self.question.id)
        return standing.relevant is not False or standing.by == "inspector"

    def _row(
        self, sheet: Sheet, events: Mapping[Address, tuple[AnswerEvent, ...]], known: Mapping[tuple[str, str], CaseStanding],
        names: Mapping[str, str],
    ) -> Row:  # fmt: skip
        subject, place = sheet.subject, self._address(sheet)
        reads = self.visit.may(Permission.EVIDENCE_READ, place.subject_key)
        first = tuple(self._said(one, names, reads=reads) for one in _standing(events, place))
        agreed = tuple(
            self._said(one, names, reads=reads) for one in _standing(events, place._replace(pass_=MODERATED))
        )
        standing = known.get((place.subject_kind, place.subject_key))
        now = (agreed or first)[0] if len(agreed or first) == 1 else None
        return Row(
            id=row_id(subject.key),
            address=place,
            label=self.findings.labels.get(subject.key, subject.key),
            href=f"{case_address(self.visit.key, place.subject_kind, place.subject_key)}?theme="
            f"{self.framework.theme_of[self.question.id].id}#q-{self.question.id}",
            first=first,
            agreed=agreed,
            stands=self._computed(sheet),
            failed=sheet.standing(self.question.id).outcome == "insufficient",
            locked=standing is not None and standing.step is Step.LOCKED,
            op=new_op_id(self.visit.at),
            value=now.value if now else "",
        )

    def _address(self, sheet: Sheet) -> Address:
        subject, parent = sheet.subject, sheet.parent
        if parent is None:
            return Address(self.question.tool, subject.kind, subject.key, "", "", self.question.id, "first")
        row = subject.key.rpartition(BETWEEN)[2]
        of = parent.subject
        return Address(self.question.tool, of.kind, of.key, subject.kind, row, self.question.id, "first")

    def _said(self, event: AnswerEvent, names: Mapping[str, str], *, reads: bool) -> Said:
        label, colour = self._option(event.value)
        words = {code: text for _, group in self.reasons for code, text in group}
        return Said(
            event.op_id, event.value, label, colour, tuple(words.get(code, code) for code in event.reasons), event.reasons,
            event.note if reads else "", names.get(event.actor, event.actor), event.resolves_reason if reads else "",
            self._between(event, names),
        )  # fmt: skip

    def _between(self, event: AnswerEvent, names: Mapping[str, str]) -> tuple[str, ...]:
        """The answers that one decided between, in words; they stay beside it."""
        bases = [self.known[base] for base in event.base_op_ids if base in self.known]
        two = len(bases) > 1 and bool(event.resolves_reason)
        return tuple(f"{self._option(one.value)[0]}, {names.get(one.actor, one.actor)}" for one in bases if two)

    def _option(self, value: str) -> tuple[str, str]:
        if value == NOT_RELEVANT:
            return "Not relevant", "grey"
        scale = self.framework.scale_by_id.get(self.question.scale or "")
        options = {one.value: one for one in scale.options} if scale else {}
        words = ", ".join(
            options[part].label.in_(self.language) if part in options else part for part in value.split("|")
        )
        outcome = scale.outcomes.get(value) if scale else None
        return words or "No answer", {"sufficient": "green", "insufficient": "red"}.get(str(outcome or ""), "blue")

    def _computed(self, sheet: Sheet) -> str:
        if self.question.computed is None:
            return ""
        standing = sheet.standing(self.question.id)
        return {"sufficient": "Yes", "insufficient": "No"}.get(standing.outcome or "", str(standing.value or ""))


def _standing(events: Mapping[Address, tuple[AnswerEvent, ...]], place: Address) -> tuple[AnswerEvent, ...]:
    return tuple(one for one in events.get(place, ()) if not one.withdrawn)


def filled(row: Row, *, value: str, because: str, why: str, error: str) -> Row:
    """The row with what was typed, and why it was not saved."""
    wants = "because" if "elect why" in error else "why" if error.startswith("Enter") else "v1"
    return replace(row, value=value, because=because, why=why, error=error, wants=wants)


def following(rows: Iterable[Row], row_id: str) -> Iterator[Row]:
    """The rows after one."""
    passed = False
    for row in rows:
        if passed:
            yield row
        passed = passed or row.id == row_id
