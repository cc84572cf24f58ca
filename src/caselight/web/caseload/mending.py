"""The faults of a list as questions: each asks for what is right, or why the row is left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django import forms

from caselight.method.framework.definition import Framework
from caselight.procedures.case_lists.cells import day_of, fact_text
from caselight.procedures.case_lists.checking import CellFault
from caselight.procedures.case_lists.preparing import OUT, Preparing
from caselight.procedures.case_lists.targets import BORN, CLOSED, WHO
from caselight.web.design.forms import Form

SHOWN = 20  # faults on one page
NAMED = 5  # cells that are named of a fault that many share


@dataclass(frozen=True)
class Asked:
    """One fault, or several cells with the same words: they mean the same thing."""

    faults: tuple[CellFault, ...]
    label: str
    choices: tuple[tuple[str, str], ...]

    @property
    def first(self) -> CellFault:
        """The one that stands for all."""
        return self.faults[0]

    @property
    def name(self) -> str:
        """What its fields are called."""
        return f"{self.first.row}-{self.first.column}"

    @property
    def cells(self) -> str:
        """The cells, as a spreadsheet names them; of many only the first."""
        more = len(self.faults) - NAMED
        return ", ".join(one.cell for one in self.faults[:NAMED]) + (f" and {more} more" if more > 0 else "")


def asked(faults: Iterable[CellFault], framework: Framework) -> list[Asked]:
    """The faults, those with the same words in a column of coded answers together."""
    grouped: dict[object, list[CellFault]] = {}
    for fault in faults:
        coded = bool(_choices(fault.target, framework)) and fault.text
        grouped.setdefault((fault.target, fault.text) if coded else (fault.row, fault.column, fault.says), []).append(
            fault
        )
    return [
        Asked(tuple(some), _label(some[0].target, framework), _choices(some[0].target, framework))
        for some in grouped.values()
    ]


class MendingForm(Form):
    """What is right in each cell, or why its row is left out. What is left empty waits."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, questions: list[Asked], framework: Framework, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.questions, self.framework = questions, framework
        for one in questions:
            label = f"{one.label}, {one.first.cell}"
            self.fields[f"v{one.name}"] = (
                forms.ChoiceField(label=label, required=False, choices=[("", "Select"), *one.choices])
                if one.choices
                else forms.CharField(label=label, required=False, max_length=500, initial=one.first.text)
            )
            out = [("", "Do not leave it out"), *OUT.items()]
            self.fields[f"o{one.name}"] = forms.ChoiceField(
                label="Or leave the row out, because" if len(one.faults) == 1 else "Or leave these rows out, because",
                required=False, choices=out,
            )  # fmt: skip

    @property
    def asked(self) -> list[tuple[Asked, forms.BoundField, forms.BoundField]]:
        """Each fault with its two fields."""
        return [(one, self[f"v{one.name}"], self[f"o{one.name}"]) for one in self.questions]

    def mended(self, now: Preparing) -> Preparing:
        """What is prepared with what was said; errors stand at the fields."""
        cells, words, out = dict(now.cells), {name: dict(said) for name, said in now.words.items()}, dict(now.out)
        for one in self.questions:
            value, reason = self.cleaned_data.get(f"v{one.name}", ""), self.cleaned_data.get(f"o{one.name}", "")
            if reason:
                out |= {fault.row: reason for fault in one.faults}
            elif value and value != one.first.text:
                if wrong := self._wrong(one, value, now.dates):
                    self.add_error(f"v{one.name}", wrong)
                elif one.choices and one.first.text:
                    words.setdefault(one.first.target, {})[one.first.text] = value
                else:
                    cells |= {f"{fault.row}:{fault.column}": value for fault in one.faults}
        return replace(now, cells=cells, words=words, out=out)

    def _wrong(self, one: Asked, value: str, dates: str) -> str:
        target = one.first.target
        if target in (BORN, CLOSED):
            return "" if day_of(value, dates) else one.first.cure
        fact = self.framework.fact_by_id.get(target)
        return one.first.cure if fact and fact_text(fact, value, {}, dates)[1] else ""


def _choices(target: str, framework: Framework) -> tuple[tuple[str, str], ...]:
    fact = framework.fact_by_id.get(target)
    if fact is None or fact.values() is None:
        return ()
    listed = tuple((one.value, one.label.in_(framework.languages[0])) for one in fact.options)
    return listed or (("yes", "Yes"), ("no", "No"))


def _label(target: str, framework: Framework) -> str:
    fact = framework.fact_by_id.get(target)
    return WHO.get(target) or (fact.label.in_(framework.languages[0]) if fact else target)
