"""One phrase to make, and the filling of its template: which variant, which form of the noun.

A template is chosen by style, by the number it counts (``all.2``) and by the base (``all.sample``); a missing template
means that the language cannot say it so. No word of any language stands here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from caselight.method.faults import did_you_mean, quoted
from caselight.method.wording.amounts import Amount, Refusal, Setting
from caselight.method.wording.definition import Language
from caselight.method.wording.numbers import fill, holes, say_number


@dataclass(frozen=True, slots=True)
class Job:
    """One phrase to make: its amount already counted from the side that the author asked for."""

    style: str
    amount: Amount
    options: Mapping[str, str]
    language: Language
    setting: Setting

    def say(self, number: int) -> str:
        """A count by house style, or as the author's ``numbers`` option asks."""
        up_to = {"words": len(self.language.numbers), "digits": -1}.get(
            self.options.get("numbers", ""), self.setting.words_up_to or -1
        )
        return say_number(number, self.language, words_up_to=up_to)


def variant_of(job: Job) -> str:
    base = job.options.get("base")
    return "" if base is None else ".sample" if base == "sample" else ".carried"


def fill_style(job: Job, name: str, count: int, values: Mapping[str, str]) -> str | Refusal:
    """The template for a count (``all.2``) or else the general one (``all``), with its noun in the form that fits."""
    variant = variant_of(job)
    found = [n for n in (f"{name}.{count}{variant}", f"{name}{variant}") if n in job.language.templates]
    if not found and variant:
        return Refusal(
            "letter.option-not-for-style",
            f"The style {quoted(job.style)} has no words for base={quoted(job.options['base'])}.",
            "Leave the option out.",
        )
    if not found:
        return Refusal(
            "letter.no-template",
            f"The language {job.language.name} has no template {quoted(name)}.",
            "Add it to the wording of the framework.",
        )
    return fill_text(job, job.language.templates[found[0]], count, values)


def fill_text(job: Job, template: str, count: int, values: Mapping[str, str]) -> str | Refusal:
    if "noun" in job.options and not holes(template) & {"noun", "plain", "one"}:
        return Refusal(
            "letter.option-not-for-style",
            f"Here the style {quoted(job.style)} prints no noun, so {quoted(job.options['noun'])} has no place.",
            "Leave out the option noun, or the option base.",
        )
    nouns = _nouns(job, count, "one" in holes(template))
    return nouns if isinstance(nouns, Refusal) else fill(template, {**nouns, **values})


def _nouns(job: Job, count: int, singular: bool) -> dict[str, str] | Refusal:
    one, many = job.amount.noun_one, job.amount.noun_many
    own = "noun" in job.options
    if own:
        one, many = _forms(job.options["noun"], job.language)
        if not one and many and (singular or count == 1):
            return Refusal(
                "letter.noun-needs-both-forms",
                f"The number is now one, and {quoted(many)} is written for many.",
                "Write both forms with a bar between them, the one first: noun=example|examples.",
            )
    plain = one if count == 1 else many
    fewer = 0 < job.amount.d < job.amount.sample and not own
    relevant = job.language.templates.get("relevant", "{noun}") if fewer else "{noun}"
    return {"plain": plain, "noun": fill(relevant, {"noun": plain}), "one": fill(relevant, {"noun": one})}


def _forms(noun: str, language: Language) -> tuple[str, str]:
    """The forms for one and for many of a noun that an author wrote, as far as they are known."""
    if "|" in noun:
        one, many = noun.split("|", 1)
        return one.strip(), many.strip()
    noun = noun.strip()
    if noun in language.plural:
        return noun, language.plural[noun]
    return next((one for one, many in language.plural.items() if many == noun), ""), noun


def unknown_figure(key: str, setting: Setting) -> Refusal:
    return Refusal("letter.unknown-figure", f"No figure is called {quoted(key)}.", did_you_mean(key, setting.named))
