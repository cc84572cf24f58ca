"""The drop-down lists of a workbook: what a person chooses (a label) and what it stands for (a code).

Labels of one list are made different from one another. A label is recognised whatever its case and outer spaces, and
nothing else is: no guessing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from caselight.method.framework.definition import Framework
from caselight.method.framework.parts import Option, Reason

TICK = "yes"


@dataclass(frozen=True, slots=True)
class Choices:
    """One list: codes and labels in the order shown."""

    codes: tuple[str, ...]
    labels: tuple[str, ...]

    def label(self, code: str) -> str:
        """The label of a code; the code itself when the list does not have it."""
        return dict(zip(self.codes, self.labels, strict=True)).get(code, code)

    def code(self, label: str) -> str | None:
        """The code of a label, or nothing."""
        wanted = folded(label)
        return next(
            (code for code, own in zip(self.codes, self.labels, strict=True) if folded(own) == wanted),
            None,
        )


def folded(label: str) -> str:
    """A label without what a person may type differently: case and spaces."""
    return " ".join(label.split()).casefold()


def choices(pairs: Iterable[tuple[str, str]]) -> Choices:
    """A list of codes and labels. A label that an earlier one has, or that could be two, gets its code behind it."""
    codes: list[str] = []
    labels: list[str] = []
    seen: set[str] = set()
    for code, text in pairs:
        label = " ".join(text.replace("|", "/").split()) or code
        label = f"{label} ({code})" if folded(label) in seen else label
        seen.add(folded(label))
        codes.append(code)
        labels.append(label)
    return Choices(tuple(codes), tuple(labels))


def choices_of(framework: Framework, language: str) -> Mapping[str, Choices]:
    """Every list by name: ``scale:ID``, ``fact:ID``, ``reasons:QUESTION``, ``good:QUESTION``, ``not_relevant`` …"""

    def named(parts: Iterable[Option | Reason]) -> Choices:
        return choices((p.value if isinstance(p, Option) else p.id, p.label.in_(language)) for p in parts)

    found = {
        "tick": choices([(TICK, TICK)]),
        "yes_no": choices([("yes", "Yes"), ("no", "No")]),
        "not_relevant": named(framework.not_relevant_reasons),
    }
    found |= {f"scale:{scale.id}": named(scale.options) for scale in framework.scales}
    for fact in framework.facts:
        if fact.type == "yes_no":
            found[f"fact:{fact.id}"] = found["yes_no"]
        elif fact.values() is not None:
            found[f"fact:{fact.id}"] = named(fact.options)
    for question in framework.questions.values():
        found[f"reasons:{question.id}"] = named(framework.reasons_of(question))
        found[f"good:{question.id}"] = named(framework.good_of(question))
    return found
