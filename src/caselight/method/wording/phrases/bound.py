"""Bound phrases: how ``{C4: of}`` becomes "28 of 31 relevant cases", and when it may not.

Every style checks its own condition and then fills a template of the language; no word of any language stands here.
Published rates are phrased in :mod:`caselight.method.wording.phrases.rates`; ``fact``, ``rests`` and ``headline`` need
no words of numbers and belong to the trace, like the styles of measures and ratings. (Design: letter.md, phrases.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from caselight.method.faults import did_you_mean, quoted
from caselight.method.wording.amounts import Amount, Rate, Refusal, Setting
from caselight.method.wording.definition import Language
from caselight.method.wording.numbers import capitalised
from caselight.method.wording.phrases.rates import RATE_OPTIONS, RATE_STYLES, phrase_rates
from caselight.method.wording.phrases.shares import SHARE_STYLES
from caselight.method.wording.phrases.templates import Job, unknown_figure
from caselight.method.wording.quantities import find_quantities

TRACE_STYLES = ("fact", "rests", "headline", "rating", "score", "reached")
STYLES: dict[str, frozenset[str]] = {
    **{name: style.options for name, style in SHARE_STYLES.items()},
    **RATE_OPTIONS,
}
_VALUES = {
    "side": ("sufficient", "insufficient"),
    "numbers": ("words", "digits"),
    "places": ("0", "1", "2"),
    "as": ("list", "respectively", "range"),
    "by": ("points", "per cent"),
    "value": ("yes", "no"),
}


def phrase(
    style: str,
    amounts: Sequence[Amount | Rate],
    language: Language,
    *,
    options: Mapping[str, str] | None = None,
    setting: Setting | None = None,
) -> str | Refusal:
    """The words for one or more amounts in a style of the letter, or the reason why they cannot be said.

    ``options`` are those of the letter's notation: ``base``, ``part``, ``numbers``, ``side``, ``noun`` and, for single
    styles, ``word``, ``places``, ``as``, ``by``, ``value``. In English ``phrase("of", [Amount(28, 32, 34, "case",
    "cases")], …)`` is ``28 of 32 relevant cases``. Never raises on what an author wrote.
    """
    options, setting = options or {}, setting or Setting()
    noun = options.get("noun", "")
    refusal = _wrong_options(style, options) or _wrong_amounts(style, amounts) or _wrong_noun(noun, language)
    if refusal:
        return refusal
    rates = [amount for amount in amounts if isinstance(amount, Rate)]
    if rates:
        result = phrase_rates(style, rates, language, options)
    else:
        amount = next(amount for amount in amounts if isinstance(amount, Amount))
        result = _share(style, amount, options, language, setting)
    return capitalised(result) if setting.sentence_start and isinstance(result, str) else result


def _share(
    style: str, amount: Amount, options: Mapping[str, str], language: Language, setting: Setting
) -> str | Refusal:
    counted = amount.on("insufficient") if options.get("side") == "insufficient" else amount
    job = Job(style, counted, options, language, setting)
    return _no_base(job) or _wrong_base(job) or SHARE_STYLES[style].words(job)


# ── what an author may write ────────────────────────────────────────────────────────────────────────────────────────


def _wrong_options(style: str, options: Mapping[str, str]) -> Refusal | None:
    if style not in STYLES:
        cure = did_you_mean(style, (*STYLES, *TRACE_STYLES))
        return Refusal("letter.unknown-style", f"There is no phrase style {quoted(style)}.", cure)
    known = STYLES[style]
    for name, value in options.items():
        if name not in known:
            listed = ", ".join(sorted(known)) or "none"
            return Refusal(
                "letter.unknown-option",
                f"The style {quoted(style)} has no option {quoted(name)}.",
                f"Its options are: {listed}.",
            )
        if name in _VALUES and value not in _VALUES[name]:
            return Refusal(
                "letter.option-value",
                f"The option {name} cannot be {quoted(value)}.",
                f"Write one of: {', '.join(_VALUES[name])}.",
            )
    return None


def _wrong_amounts(style: str, amounts: Sequence[Amount | Rate]) -> Refusal | None:
    published = style in RATE_STYLES
    if any(isinstance(amount, Rate) is not published for amount in amounts):
        what, other = ("published rates", "cases") if published else ("cases", "published rates")
        return Refusal(
            "letter.style-of-another-kind",
            f"The style {quoted(style)} is for {what}, and a figure named here is about {other}.",
            "Use rates or direction for published rates, and any other style for figures of this inspection.",
        )
    if not amounts or (len(amounts) > 1 and not published):
        return Refusal(
            "letter.one-figure-only",
            f"The style {quoted(style)} needs exactly one figure, and {len(amounts)} are named.",
            "Write a bound phrase for each figure.",
        )
    return None


def _no_base(job: Job) -> Refusal | None:
    """A base of nought can only be said to be one; it is never 0% or 100%, never all and never none."""
    if (job.amount.d == 0) == (job.style == "none relevant"):
        return None
    if job.amount.d:
        return Refusal(
            "letter.cases-were-relevant",
            f"The sentence says that no case was relevant, but {job.amount.d} were.",
            "Use another style, for instance of.",
        )
    return Refusal(
        "letter.no-case-relevant",
        f"No case was relevant, so {quoted(job.style)} has nothing to count.",
        "Leave the sentence out, or say so with the style none relevant.",
    )


def _wrong_noun(noun: str, language: Language) -> Refusal | None:
    found = find_quantities(noun, language)
    if not found:
        return None
    return Refusal(
        "letter.quantity-in-noun",
        f"The noun {quoted(noun)} carries the quantity {quoted(found[0][2])}.",
        "Bind that quantity to a figure of its own, or leave it out.",
    )


def _wrong_base(job: Job) -> Refusal | None:
    base, amount = job.options.get("base"), job.amount
    if base is None or (base == "sample" and amount.d == amount.sample):
        return None
    if base == "sample":
        return Refusal(
            "letter.base-is-not-the-sample",
            f"The base is {amount.d} relevant cases, not the whole sample of {amount.sample}.",
            "Leave out base=sample, so that the number of relevant cases is printed.",
        )
    named = job.setting.named.get(base)
    if named is None:
        return unknown_figure(base, job.setting)
    if named.d != amount.d:
        return Refusal(
            "letter.base-differs",
            f"The base of {base} is {named.d}, but this figure's base is {amount.d}.",
            "Leave out the option base, so that this figure's own base is printed.",
        )
    return None
