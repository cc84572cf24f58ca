"""The facts of a case as questions: what the service supplied, and what an inspector recorded or corrected."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from caselight.method.answers.current import BETWEEN
from caselight.method.answers.fact_values import FACT
from caselight.method.answers.sheet import Sheet
from caselight.method.framework.parts import Fact
from caselight.web.assessing.entries import Entry, Opt, Section
from caselight.web.assessing.opening import Opened
from caselight.web.assessing.recorded import filled

FACTS = "facts"  # the theme that is none
MOST = 4  # facts in the strip


def facts_of(case: Opened, kind: str = "") -> list[Fact]:
    """The facts of a kind of subject, in the order of the framework; a worker's key is no fact to correct."""
    wanted = kind or case.subject[0]
    return [fact for fact in case.framework.facts if fact.subject == wanted and fact.type != "key"]


def fact_sections(case: Opened) -> tuple[Section, ...]:
    """The facts of the case itself, then those of what was found in it."""
    return tuple(
        Section(
            sheet.subject.label if sheet.parent is not None else "",
            tuple(fact_entry(case, fact, sheet) for fact in facts_of(case, sheet.subject.kind)),
            (),
            (),
        )
        for sheet in case.shown
        if sheet.parent is None or facts_of(case, sheet.subject.kind)
    )


def fact_entry(case: Opened, fact: Fact, sheet: Sheet) -> Entry:
    """One fact as a question: its values, what was supplied, what was recorded."""
    found = sheet.parent is not None
    table, row = (sheet.subject.kind, sheet.subject.key.rpartition(BETWEEN)[2]) if found else ("", "")
    id_ = f"f-{fact.id}" + (f"-{table}-{row}" if row else "")
    listed = fact.options or ()
    labels = [(option.value, option.label.in_(case.language)) for option in listed]
    labels = labels or [(value, value.capitalize()) for value in fact.values() or ()]
    made = Entry(
        id=id_,
        question=FACT + fact.id,
        table=table,
        row=row,
        code="",
        text=fact.label.in_(case.language),
        kind="radios" if labels else {"integer": "number", "date": "date"}.get(fact.type, "text"),
        made="",
        op="",
        options=tuple(Opt(f"{id_}-{n}", value, label, chosen=False) for n, (value, label) in enumerate(labels)),
        fact=True,
        supplied=_supplied(case, fact, sheet),
    )
    made = filled(case, made, None)
    return replace(made, open=made.open and sheet.subject.facts.get(fact.id) is None)


def _supplied(case: Opened, fact: Fact, sheet: Sheet) -> str:
    value = sheet.subject.supplied.get(fact.id)
    return "" if value is None else said(case, fact, value)


def said(case: Opened, fact: Fact, value: object) -> str:
    """The value of a fact as people read it."""
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    labels = {option.value: option.label.in_(case.language) for option in fact.options}
    return labels.get(str(value), {"yes": "Yes", "no": "No"}.get(str(value), str(value)))


def told(case: Opened) -> list[tuple[str, str]]:
    """A few facts for the strip: label and value, characteristic ones first, those that are known."""
    known = [(fact, case.sheet.subject.facts.get(fact.id)) for fact in facts_of(case)]
    there = [(fact, value) for fact, value in known if value is not None]
    there.sort(key=lambda one: not one[0].characteristic)
    return [(fact.label.in_(case.language), said(case, fact, value)) for fact, value in there[:MOST]]
