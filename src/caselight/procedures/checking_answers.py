"""What the answers of an inspection say about themselves: not counted, contradictory, not yet complete."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from caselight.method.analysis.examined import Examined
from caselight.method.analysis.measures import Measures
from caselight.method.analysis.ratings import Ratings
from caselight.method.answers.completeness import missing, not_counted
from caselight.method.answers.consistency import against_prompts, inconsistencies, surplus
from caselight.method.answers.current import row_subject
from caselight.method.answers.sheet import Sheet
from caselight.method.faults import Fault, Place, Severity
from caselight.method.inspection.package import Package


def answer_faults(package: Package, examined: Examined) -> Iterator[Fault]:
    """What the answers say about themselves: not counted, inconsistent, and not yet complete."""
    sheets = examined.everyone
    rows = _rows(package)
    for item in not_counted(sheets):
        yield Fault(
            "answers.not-applicable",
            (item.subject_key, item.question_id),
            f"{item.question_id} is answered for {item.subject_key}, but does not apply to it; "
            "the answer is kept and counted nowhere.",
            "Withdraw the answer, or correct the fact or gate that decides.",
            Severity.WARNING,
            Place("answers.csv", None, rows.get((item.subject_key, item.question_id), "")),
        )
    yield from _surplus(sheets, rows)
    yield from _inconsistent(package, sheets)
    yield from _against_prompts(sheets, rows)
    yield from _decisions(package, examined, rows)
    yield from incomplete_faults(examined)


def _rows(package: Package) -> dict[tuple[str, str], str]:
    """The event to show for an answer: by subject, found subjects under their own key, and question."""
    return {
        (
            row_subject(event.subject_key, event.row_key) if event.table else event.subject_key,
            event.question_id,
        ): event.op_id
        for event in package.events
    }


def _surplus(sheets: Iterable[Sheet], rows: Mapping[tuple[str, str], str]) -> Iterator[Fault]:
    for item in surplus(sheets):
        yield Fault(
            "answers.must-be-not-relevant",
            item,
            f"{item.question_id} is answered for {item.subject_key}, where other answers make it not relevant.",
            "Withdraw the answer, or correct the answers that decide.",
            Severity.ERROR,
            Place("answers.csv", None, rows.get(item, "")),
        )


def _against_prompts(sheets: Iterable[Sheet], rows: Mapping[tuple[str, str], str]) -> Iterator[Fault]:
    for flag in against_prompts(sheets):
        key, name = flag.subject_key, flag.question_id
        shown = ", ".join(flag.against[:6]) + (" …" if len(flag.against) > 6 else "")
        yield Fault(
            "answers.against-prompts",
            (key, name),
            f"{name} is {flag.outcome} for {key}, and {len(flag.against)} of the {flag.applicable} prompts that apply "
            f"point the other way ({shown}).",
            "Look at the judgement again, and let it stand if it is right: the prompts inform it and do not decide.",
            Severity.WARNING,
            Place("answers.csv", None, rows.get((key, name), "")),
        )


def _decisions(package: Package, examined: Examined, rows: Mapping[tuple[str, str], str]) -> Iterator[Fault]:
    """Decisions about ratings that are recorded although the panel could not decide."""
    if package.framework.ratings:
        for fault in Ratings(Measures(examined)).decision_faults():
            key, question = fault.where
            yield fault.at(Place("answers.csv", None, rows.get((str(key), str(question)), "")))


def _inconsistent(package: Package, sheets: Iterable[Sheet]) -> Iterator[Fault]:
    language = package.inspection.languages[0]
    for key, check in inconsistencies(sheets):
        yield Fault(
            "answers.inconsistent",
            (key, check.id),
            f"{key}: {check.says.in_(language)}",
            check.cure.in_(language),
            Severity(check.severity),
            Place("answers.csv", None, key),
        )


def incomplete_faults(examined: Examined) -> Iterator[Fault]:
    """One fault for each subject that still has questions to answer or answers to decide between."""
    for key, group in groupby(missing(examined.everyone), key=lambda item: item.subject_key):
        items = list(group)
        shown = ", ".join(item.question_id for item in items[:6]) + (" …" if len(items) > 6 else "")
        yield Fault(
            "answers.incomplete",
            (key,),
            f"{key} is not complete: {len(items)} to answer or decide ({shown}).",
            "Answer them, or say why they are not relevant.",
            Severity.WARNING,
            Place("answers.csv", None, key),
        )
