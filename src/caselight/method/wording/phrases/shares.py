"""The phrase styles for figures of an inspection, each with its condition and the options it understands.

"All" needs all, "none" needs none, a complement needs another side, a subset must fit inside its whole; whatever a
style cannot truly say, it refuses. (Design: letter.md, phrases.)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from caselight.method.faults import quoted
from caselight.method.wording.amounts import Amount, Refusal
from caselight.method.wording.numbers import percent_of, say_decimal
from caselight.method.wording.phrases.templates import Job, fill_style, fill_text, unknown_figure, variant_of
from caselight.method.wording.quantifiers import bands_of, misfit_refusal, percent_refusal, word_for


def _ratio(job: Job) -> str | Refusal:
    amount = job.amount
    digits = not variant_of(job)
    values = {"n": str(amount.n) if digits else job.say(amount.n), "d": str(amount.d)}
    return fill_style(job, job.style, amount.d, values)


def _all_but(job: Job) -> str | Refusal:
    amount = job.amount
    if amount.rest == 0:
        return Refusal(
            "letter.all-but-none",
            f"The figure is {amount}, so there is no exception to name.",
            "Use the style all.",
        )
    if amount.n == 0:
        return Refusal("letter.all-but-all", f"The figure is {amount}, so nothing is left.", "Use the style none.")
    digits = not variant_of(job)
    return fill_style(
        job,
        "all but",
        amount.d,
        {"k": str(amount.rest) if digits else job.say(amount.rest), "d": str(amount.d)},
    )


def _whole(job: Job) -> str | Refusal:
    amount = job.amount
    if amount.rest:
        return Refusal(
            "letter.all-with-exceptions",
            f"{quoted(job.style)} needs {amount.d} of {amount.d}, but the figure is {amount}.",
            "Use the style of or all but.",
        )
    return fill_style(job, job.style, amount.d, {"d": job.say(amount.d)})


def _none(job: Job) -> str | Refusal:
    amount = job.amount
    if amount.n:
        return Refusal(
            "letter.none-with-some",
            f"{quoted('none')} needs 0 of {amount.d}, but the figure is {amount}.",
            "Use the style of or count.",
        )
    if amount.d == 1:
        return Refusal(
            "letter.none-of-one",
            "Only one case was relevant, and none of one reads badly.",
            "Use the style single with side=insufficient.",
        )
    return fill_style(job, "none", amount.d, {"d": job.say(amount.d)})


def _none_relevant(job: Job) -> str | Refusal:
    return fill_style(job, "none relevant", 1, {})


def _single(job: Job) -> str | Refusal:
    amount = job.amount
    if amount.d != 1:
        return Refusal(
            "letter.single-of-many",
            f"{quoted('single')} needs exactly one relevant case, and there were {amount.d}.",
            "Use the style of or all.",
        )
    if amount.n == 0:
        return Refusal(
            "letter.single-on-the-other-side",
            "The single relevant case is on the other side of the figure.",
            "Write side=insufficient and say that it fell short, or the other way round.",
        )
    return fill_style(job, "single", 1, {})


def _failures(job: Job) -> str | Refusal:
    failing = job.amount.failing
    if failing == 0:
        return Refusal(
            "letter.no-failures",
            f"The figure is {job.amount}, so there is no failure to count.",
            "Leave the sentence out, or use the style all.",
        )
    return fill_style(job, "failures", failing, {"k": job.say(failing)})


def _complement(job: Job) -> str | Refusal:
    rest = job.amount.rest
    if rest == 0:
        return Refusal(
            "letter.complement-of-all",
            f"The figure is {job.amount}, so nothing stands on its other side.",
            "Leave the sentence out.",
        )
    return fill_style(job, "complement.noun" if "noun" in job.options else "complement", rest, {"k": job.say(rest)})


def _subset(job: Job) -> str | Refusal:
    whole, key = job.amount, job.options.get("part", "")
    found = job.setting.named.get(key)
    if found is None:
        return unknown_figure(key, job.setting)
    part = found.on("insufficient") if job.options.get("side") == "insufficient" else found
    refusal = _no_part(whole, part, key)
    if refusal:
        return refusal
    first = fill_style(Job("of", whole, {}, job.language, job.setting), "of", whole.d, _digits(whole))
    if isinstance(first, Refusal):
        return first
    name = "subset.all" if part.rest == 0 else "subset.none" if part.n == 0 else "subset.some"
    values = _digits(part) if name == "subset.some" else {"d": job.say(part.d)}
    # The part's own noun says what is special about it; "relevant" was said of the whole.
    special = Job(
        job.style, Amount(part.n, part.d, part.d, part.noun_one, part.noun_many), job.options, job.language, job.setting
    )
    return fill_style(special, name, part.d, {"whole": first, **values})


def _digits(amount: Amount) -> dict[str, str]:
    return {"n": str(amount.n), "d": str(amount.d)}


def _no_part(whole: Amount, part: Amount, key: str) -> Refusal | None:
    if part.question != whole.question:
        return Refusal(
            "letter.subset-of-another-question",
            f"{key} is about another question, so it is no part of this figure.",
            "Name a figure of the same question over some of its cases, for instance C4@custody beside C4.",
        )
    if part.d == 0:
        return Refusal(
            "letter.no-case-relevant",
            f"No case was relevant in {key}, so nothing can be said of that part.",
            "Use the style of.",
        )
    if part.d > whole.d or part.n > whole.n or part.rest > whole.rest:
        return Refusal(
            "letter.subset-larger-than-its-whole",
            f"{key} is {part}, which does not fit inside {whole}.",
            "Check which figure is the part and which the whole.",
        )
    return None


def _count(job: Job) -> str | Refusal:
    return fill_style(job, "count", job.amount.n, {"n": job.say(job.amount.n)})


def _quantifier(job: Job) -> str | Refusal:
    amount, scale = job.amount, job.language.scale
    wanted = job.options.get("word")
    word = wanted or word_for(scale, amount.n, amount.d)
    if word is None:
        return Refusal(
            "letter.no-word-for-share",
            f"The scale has no word for {amount}; approximate words begin at {scale.minimum} relevant cases.",
            "Use the style of or count.",
        )
    refusal = misfit_refusal(word, amount, job.language)
    if refusal:
        return refusal
    bands = [band for band in bands_of(scale, word) if band.phrase]
    general = "quantifier" if bands_of(scale, word) else "all but one"
    template = bands[0].phrase if bands else job.language.templates.get(general, "{word} {noun}")
    if job.options.get("noun", "-") == "":
        return word
    return fill_text(job, template, amount.d, {"word": word})


def _percent(job: Job) -> str | Refusal:
    amount, minimum = job.amount, job.language.scale.minimum
    refusal = percent_refusal(amount, job.language, job.setting)
    if refusal:
        return refusal
    places = int(job.options.get("places", "0"))
    percent = percent_of(amount.n, amount.d, places)
    if percent in (0, 100) and 0 < amount.n < amount.d:
        return Refusal(
            "letter.percent-hides-exceptions",
            f"Rounded, {amount} would read as {percent.normalize():f}%, which it is not.",
            f"Use the style all but or of, or more places; the minimum base for percentages is {minimum}.",
        )
    value = {"p": say_decimal(percent, job.language, places)}
    return fill_style(job, "percent.noun" if job.options.get("noun") else "percent", amount.d, value)


@dataclass(frozen=True, slots=True)
class Style:
    words: Callable[[Job], str | Refusal]
    options: frozenset[str]


def _style(words: Callable[[Job], str | Refusal], *options: str) -> Style:
    return Style(words, frozenset(options))


SHARE_STYLES: dict[str, Style] = {
    "of": _style(_ratio, "base", "side", "noun"),
    "out of": _style(_ratio, "side", "noun"),
    "of the": _style(_ratio, "side", "noun"),
    "all but": _style(_all_but, "base", "side", "noun", "numbers"),
    "all": _style(_whole, "base", "side", "noun", "numbers"),
    "each": _style(_whole, "base", "side", "noun", "numbers"),
    "every": _style(_whole, "base", "side", "noun"),
    "none": _style(_none, "base", "side", "noun", "numbers"),
    "none relevant": _style(_none_relevant, "noun"),
    "single": _style(_single, "side", "noun"),
    "failures": _style(_failures, "base", "noun", "numbers"),
    "complement": _style(_complement, "side", "noun", "numbers"),
    "subset": _style(_subset, "part", "side", "noun", "numbers"),
    "count": _style(_count, "base", "side", "noun", "numbers"),
    "quantifier": _style(_quantifier, "side", "noun", "word"),
    "percent": _style(_percent, "side", "noun", "places"),
}
