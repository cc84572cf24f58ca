"""The words that rules are put into: names, values, bounds and lists, from the ``rules`` texts of a language.

Every text is data of the framework's wording; a language without a text shows its neutral symbol instead (``≥``, ``∧``).
``SYMBOLS`` is the whole set of keys; the holes of a text are those of its symbol. Which words a rule needs is in
:mod:`caselight.method.framework.in_words`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from caselight.method.framework.definition import Framework
from caselight.method.framework.parts import Option
from caselight.method.framework.rules import Bounds, Named, Unit
from caselight.method.wording.numbers import fill, say_date, say_decimal, say_number

SYMBOLS: Mapping[str, str] = {
    "always": "⊤", "when": "{rule}", "between": ", ", "and": " ∧ ", "or": " ∨ ", "group": "({rule})", "not": "¬({rule})",
    "fact": "{label}", "question": "{id}", "yes": "yes", "no": "no", "sufficient": "✓", "insufficient": "✗",
    "applies": "∃ {question}", "applies.not": "∄ {question}",
    "is": "{name} = {value}", "is.not": "{name} ≠ {value}",
    "in": "{name} ∈ {values}", "in.not": "{name} ∉ {values}",
    "includes": "{name} ∋ {value}", "includes.not": "{name} ∌ {value}",
    "includes_any": "{name} ∋ {values}", "includes_any.not": "{name} ∌ {values}",
    "includes_all": "{name} ∋ {values}", "includes_all.not": "{name} ∌ {values}",
    "includes_none": "{name} ∌ {values}", "includes_none.not": "{name} ∋ {values}",
    "at_least": "{name} ≥ {value}", "at_least.not": "{name} < {value}",
    "at_most": "{name} ≤ {value}", "at_most.not": "{name} > {value}",
    "before": "{name} < {value}", "before.not": "{name} ≥ {value}",
    "after": "{name} > {value}", "after.not": "{name} ≤ {value}",
    "same_as": "{name} = {value}", "same_as.not": "{name} ≠ {value}",
    "known": "{name} ≠ ?", "known.not": "{name} = ?",
    "bounds.is": "= {n}", "bounds.is.not": "≠ {n}", "bounds.none": "= 0", "bounds.none.of": "= 0",
    "bounds.at_least": "≥ {n}", "bounds.at_least.not": "< {n}",
    "bounds.at_most": "≤ {n}", "bounds.at_most.not": "> {n}",
    "bounds.between": "{low}–{high}",
    "days": "d", "days.1": "d", "working_days": "wd", "working_days.1": "wd",
    "weeks": "w", "weeks.1": "w", "months": "m", "months.1": "m",
    "elapsed": "{from} → {to} {bounds} {unit}", "elapsed.was": "{from} → {to}: {n} {unit}",
    "count.outcome": "#({questions} = {value}) {bounds}", "count.answer": "#({questions} = {value}) {bounds}",
    "count.applies": "#∃({questions}) {bounds}",
    "rows": "#{noun} {bounds}", "rows.1": "#{noun} {bounds}",
    "rows.where": "#{noun}({rule}) {bounds}", "rows.where.1": "#{noun}({rule}) {bounds}",
    "measure": "{name} {bounds}",
    "rating.is": "{name} = {grade}", "rating.or_better": "{name} ≥ {grade}", "rating.or_worse": "{name} ≤ {grade}",
    "ratings.is": "#({names} = {grade}) {bounds}", "ratings.or_better": "#({names} ≥ {grade}) {bounds}",
    "ratings.or_worse": "#({names} ≤ {grade}) {bounds}",
}  # fmt: skip


class RuleWords:
    """Puts names, values, bounds and lists into the words of one language."""

    def __init__(self, framework: Framework, language: str) -> None:
        self.framework = framework
        self.language = language
        self._words = framework.wording[language]
        self._texts = self._words.rules

    def text(self, key: str, **holes: str) -> str:
        """The text of a key with its holes filled; of ``rows.1`` that of ``rows`` where the language has no other."""
        plain = key.removesuffix(".1")
        template = self._texts.get(key) or self._texts.get(plain) or SYMBOLS[key]
        return fill(template, holes) if holes else template

    def listed(self, parts: Iterable[str], last: str) -> str:
        """A list whose last part is joined by the text ``last`` (``and``, ``or``)."""
        *head, end = parts
        return self.text("between").join(head) + self.text(last) + end if head else end

    def number(self, number: int | float | Fraction) -> str:
        """A number: in words where the language has texts for rules and a word for it, else in digits."""
        if isinstance(number, (float, Fraction)) and number != int(number):
            return str(Fraction(str(number))) if not self._texts else self._decimal(Fraction(str(number)))
        return say_number(int(number), self._words) if self._texts else str(int(number))

    def _decimal(self, number: Fraction) -> str:
        places = next((places for places in range(7) if (number * 10**places).denominator == 1), 6)
        return say_decimal(number, self._words, places)

    # Names -------------------------------------------------------------------------------------------------------

    def name(self, kind: str, name: str) -> str:
        """What a fact, a question, a measure or a rating is called, inside a sentence."""
        framework = self.framework
        if kind == "fact":
            return self.text("fact", label=framework.fact_by_id[name].label.in_(self.language))
        if kind == "measure":
            return self.text("fact", label=framework.measure_by_id[name].label.in_(self.language))
        if kind == "rating":
            return self.text("fact", label=framework.rating_by_id[name].label.in_(self.language))
        return self.text("question", label=framework.questions[name].short.in_(self.language), id=name)

    def named(self, named: Named) -> str:
        """The name of what a rule compares with."""
        return self.name(*named.subject)

    def noun(self, kind: str, *, one: bool) -> str:
        """The noun of a kind of subject."""
        subject = self.framework.subject_by_id[kind]
        return (subject.one if one else subject.many).in_(self.language)

    def grade(self, rating: str, grade: str) -> str:
        """The words of a grade of a rating."""
        scale = self.framework.rating_scale_by_id[self.framework.rating_by_id[rating].scale]
        return next((found.label.in_(self.language) for found in scale.grades if found.id == grade), grade)

    # Values ------------------------------------------------------------------------------------------------------

    def said(self, kind: str, name: str, value: Any) -> str:
        """The whole phrase that the framework gives a value (“a report was prepared”); empty when it gives none."""
        if kind == "outcome":
            return ""
        owner = self.framework.fact_by_id[name] if kind == "fact" else self.framework.questions[name]
        return owner.said[str(value)].in_(self.language) if str(value) in owner.said else ""

    def value(self, kind: str, name: str, value: Any) -> str:
        """A value that a fact, an answer or an outcome is compared with."""
        if isinstance(value, Named):
            return self.named(value)
        if isinstance(value, (int, float, Fraction)):
            return self._decimal(Fraction(str(value))) if self._texts else str(value)
        day = _day(value)
        if day is not None and kind != "outcome":
            return say_date(day, self._words) if self._texts else day.isoformat()
        label = next((o.label.in_(self.language) for o in self._options(kind, name) if o.value == value), "")
        return label or (self.text(value) if value in ("yes", "no", "sufficient", "insufficient") else str(value))

    def _options(self, kind: str, name: str) -> tuple[Option, ...]:
        if kind == "outcome":
            return ()
        if kind == "fact":
            return self.framework.fact_by_id[name].options
        scale = self.framework.scale_by_id.get(self.framework.questions[name].scale or "")
        return scale.options if scale else ()

    # Bounds ------------------------------------------------------------------------------------------------------

    def bounds(self, bounds: Bounds, *, negated: bool = False, none: str = "") -> str:
        """How large a number may be; ``none`` is the key to use for nought, where the language says it otherwise."""
        low, high = bounds.least, bounds.most
        if none and low in (None, 0) and high == 0 and not negated:
            return self.text(none)
        if low is not None and high is not None and low != high:
            return self.text("bounds.between", low=self.number(low), high=self.number(high))
        key = "bounds.is" if low == high else "bounds.at_least" if high is None else "bounds.at_most"
        number = high if low is None else low
        return self.text(key + ".not" * negated, n=self.number(number if number is not None else 0))

    def unit(self, unit: Unit, number: Fraction | int | None) -> str:
        """The noun of a unit of time beside a number."""
        return self.text(unit + ".1" * (number == 1))

    @cached_property
    def neutral(self) -> bool:
        """Whether the language has no texts for rules, so that symbols stand in."""
        return not self._texts


def _day(value: object) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None
