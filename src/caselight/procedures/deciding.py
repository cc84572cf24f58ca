"""A panel's decision about a rating, recorded as an answer event beside what the rule gave.

Nothing is overwritten: the event names the decisions that stood before as its bases, and the grade by the rule stays in
the figure. When the panel may not decide, nothing is written. (frameworks.md, group 11)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from caselight.formats.files import locked
from caselight.formats.package.layout import ANSWERS
from caselight.formats.package.reading import read_package
from caselight.formats.package.writing import write_tables
from caselight.method.analysis.figure import Figures
from caselight.method.analysis.figures import figures
from caselight.method.analysis.ratings.decisions import why_closed
from caselight.method.answers.decisions import RATING
from caselight.method.answers.events import COUNTED_PASSES, Address, AnswerEvent, heads, payload_digest
from caselight.method.faults import Fault, Place, did_you_mean, quoted, refuse, stop
from caselight.method.inspection.package import Package


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision changed: each rating whose grade is now another, with the words of both grades."""

    event: AnswerEvent
    changed: tuple[tuple[str, str, str], ...]


def decide_rating(folder: Path, rating: str, grade: str, *, by: str, why: str, stamp: tuple[str, str]) -> Decided:
    """Record that a panel decides on a grade, and say which ratings that changes. ``stamp`` is the new id and the instant.

    Raises :class:`Faults`, and then writes nothing: for a rating or grade that there is none of, somebody outside the
    team, a missing reason, closed discretion, or something the rating rests on that is still open.
    """
    with locked(folder):
        package = read_package(folder)
        if rating not in package.framework.rating_by_id:
            says = f"No rating is called {quoted(rating)}."
            stop(Fault("decide.unknown-rating", (rating,), says, did_you_mean(rating, package.framework.rating_by_id)))
        before = figures(package)
        refuse([*_wrong_words(package, rating, grade, by, why), *_closed(package, rating, before)])
        event = _event(package, rating, grade, by=by, why=why, stamp=stamp)
        after = replace(package, events=(*package.events, event))
        write_tables(folder, after, ANSWERS)
        return Decided(event, tuple(_changed(before, figures(after))))


def _wrong_words(package: Package, rating: str, grade: str, by: str, why: str) -> Iterator[Fault]:
    framework = package.framework
    grades = [one.id for one in framework.rating_scale_by_id[framework.rating_by_id[rating].scale].grades]
    if grade not in grades:
        says = f"{quoted(grade)} is no grade of {rating}."
        yield Fault("decide.unknown-grade", ("grade",), says, did_you_mean(grade, grades))
    team = [member.key for member in package.inspection.team]
    if by not in team:
        says = f"{quoted(by)} is not in the team of this inspection."
        yield Fault("decide.not-of-the-team", ("by",), says, did_you_mean(by, team), place=Place("inspection.yaml"))
    if not why.strip():
        says = "A decision without a reason cannot be read afterwards."
        yield Fault("decide.no-reason", ("why",), says, "Say with --why what the panel looked at.")


def _closed(package: Package, rating: str, found: Figures) -> Iterator[Fault]:
    reached = found[rating].reached if rating in found else None
    if reached is None:
        says = f"{rating} is not rated in this inspection."
        yield Fault("decide.closed", (rating,), says, "Decide about a rating that caselight tally lists.")
        return
    closed = why_closed(package.framework.rating_by_id[rating], reached)
    if closed:
        cure = f"See what it rests on: caselight explain FOLDER {rating}."
        yield Fault("decide.closed", (rating,), closed, cure)
    elif reached.state == "incomplete" and reached.why != "contested_decision":
        says = f"Something that {rating} rests on is unanswered or contested, so nobody knows yet what to decide about."
        cure = f"Answer or resolve it first: caselight explain FOLDER {rating} shows the chain."
        yield Fault("decide.incomplete", (rating,), says, cure)


def _event(package: Package, rating: str, grade: str, *, by: str, why: str, stamp: tuple[str, str]) -> AnswerEvent:
    address = _address(package, rating)
    standing = heads(package.events).get(address, ())
    op_id, instant = stamp
    event = AnswerEvent(
        op_id, *address, grade, (), " ".join(why.split()), (), False, False, by, "caselight",  # noqa: FBT003 - a record
        tuple(head.op_id for head in standing), " ".join(why.split()) if len(standing) > 1 else "",
        instant, "", package.framework.version, "",
    )  # fmt: skip
    return event._replace(payload_sha256=payload_digest(event))


def _address(package: Package, rating: str) -> Address:
    """Where decisions about the rating stand already, in the pass that counts; else the first pass of the first tool."""
    framework, question = package.framework, RATING + rating
    subject = next((one for one in package.subjects if one.kind == framework.rated), None)
    tool = next((one.id for one in framework.tools if one.subject == framework.rated), None)
    if subject is None or tool is None:
        says = "The rated service stands nowhere, so a decision about it can be recorded nowhere."
        cure = f"Add a row for it to subjects.csv (subject_kind {framework.rated}), and a tool to the framework."
        stop(Fault("decide.no-subject", (rating,), says, cure, place=Place("subjects.csv")))
    known = [
        address
        for address in heads(package.events)
        if (address.question_id, address.subject_kind, address.subject_key) == (question, subject.kind, subject.key)
        and address.pass_ in COUNTED_PASSES
    ]
    new = Address(tool, subject.kind, subject.key, "", "", question, "first")
    return min(known, key=lambda address: (COUNTED_PASSES.index(address.pass_), address), default=new)


def _changed(before: Figures, after: Figures) -> Iterator[tuple[str, str, str]]:
    for key, figure in after.items():
        then, now = before[key].reached, figure.reached
        if then is not None and now is not None and then.grade != now.grade:
            yield key, then.label(then.grade) or then.state.replace("_", " "), now.label(now.grade)
