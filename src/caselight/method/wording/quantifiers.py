"""Quantity words: which word a share deserves, and whether a word that somebody wrote lies in its own band.

The scale is data of the framework, versioned, because published scales contradict each other; arithmetic is exact.
Below the scale's minimum no approximate word is used; words that are exact (all, none, all but one) are exempt.
(Design: sqs.md section 7.)
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Literal

from caselight.method.faults import quoted
from caselight.method.wording.amounts import Amount, Refusal, Setting
from caselight.method.wording.definition import Band, Language, Scale
from caselight.method.wording.numbers import fill, say_number

Misfit = Literal["unknown", "nobody", "below-minimum", "one-exception", "too-many", "outside"]


def bands_of(scale: Scale, word: str) -> list[Band]:
    """The bands that a word belongs to, in any case of letters; none for a word that the scale does not know."""
    wanted = _plain(word)
    return [band for band in scale.bands if wanted in {_plain(known) for known in band.words}]


def fits(scale: Scale, word: str, n: int, d: int, *, roll_up: bool = False) -> bool | None:
    """Whether a word may stand for ``n`` of ``d``; ``None`` when the scale does not know it.

    A band's lower end is inside it and its upper end outside, unless the band says otherwise. With ``roll_up``, ``n``
    and ``d`` are several figures taken together, and only words that the scale allows for that fit.
    """
    why = misfit(scale, word, n, d, roll_up=roll_up)
    return None if why == "unknown" else why is None


def misfit(scale: Scale, word: str, n: int, d: int, *, roll_up: bool = False) -> Misfit | None:
    """Why a word does not fit ``n`` of ``d``; ``None`` when it does. The band that comes nearest gives the reason."""
    if _plain(word) in {_plain(known) for known in scale.all_but_one}:
        return None if d > 1 and n == d - 1 and not roll_up else "outside"
    bands = bands_of(scale, word)
    if not bands:
        return "unknown"
    if d <= 0:
        return "nobody"
    reasons = [_misfit(scale, band, n, d, roll_up) for band in bands]
    return None if None in reasons else reasons[0]


def _misfit(scale: Scale, band: Band, n: int, d: int, roll_up: bool) -> Misfit | None:
    if roll_up and not band.roll_up:
        return "outside"
    if band.exact:
        return None if inside(band, Fraction(n, d)) else "outside"
    if d < scale.minimum:
        return "below-minimum"
    if scale.all_but_one and n == d - 1 and d <= scale.all_but_one_up_to:
        return "one-exception"
    if not inside(band, Fraction(n, d)):
        return "outside"
    return "too-many" if band.most_cases is not None and n > band.most_cases else None


def inside(band: Band, share: Fraction) -> bool:
    """Whether a share lies between the ends of a band, each end inside or outside as the band says."""
    low = share > band.low if band.above else share >= band.low
    high = share <= band.high if band.exact or band.up_to_and_including else share < band.high
    return low and high


def misfit_refusal(word: str, amount: Amount, language: Language, *, roll_up: bool = False) -> Refusal | None:
    """Why a quantity word may not stand for an amount, as a refusal; ``None`` when it may."""
    scale, said = language.scale, quoted(word)
    match misfit(scale, word, amount.n, amount.d, roll_up=roll_up):
        case None:
            return None
        case "unknown":
            return Refusal(
                "letter.unknown-quantity-word",
                f"The scale has no word {said}.",
                f"Use a word of the scale (version {scale.version}), or the style of.",
            )
        case "below-minimum":
            return Refusal(
                "letter.word-below-minimum",
                f"{said} stands for {amount}, and below {scale.minimum} relevant cases no approximate word is used.",
                "Say the numbers, for instance with the style of.",
            )
        case "one-exception":
            return Refusal(
                "letter.word-for-one-exception",
                f"{said} stands for {amount}: with so few cases a single exception is named.",
                f"Write {quoted(scale.all_but_one[0])}, or use the style of.",
            )
        case _:
            right = word_for(scale, amount.n, amount.d)
            cure = f"The word for {amount} is {quoted(right)}." if right else "Say the numbers."
            return Refusal(
                "letter.word-outside-band", f"{said} does not fit {amount}.", f"{cure} The style of always fits."
            )


def percent_refusal(amount: Amount, language: Language, setting: Setting) -> Refusal | None:
    """Why an amount may not be a percentage at all: the framework prints none, or the base is too small."""
    if not setting.percentages:
        return Refusal(
            "letter.percent-not-allowed",
            "This framework prints no percentages of cases.",
            "Use the style of; published rates keep their percentages.",
        )
    if amount.d < language.scale.minimum:
        return Refusal(
            "letter.percent-below-minimum",
            f"The base is {amount.d}, and below {language.scale.minimum} relevant cases no percentage is printed.",
            "Use the style of.",
        )
    return None


def word_for(scale: Scale, n: int, d: int) -> str | None:
    """The word for ``n`` of ``d``: the first generated band that fits; ``None`` where no word does and counts are due.

    For a single exception among few cases it is the exact word (all but one), never an approximate one.
    """
    for band in scale.bands:
        if band.generated and d > 0 and _misfit(scale, band, n, d, roll_up=False) is None:
            return band.words[0]
    few = max(scale.all_but_one_up_to, scale.minimum - 1)
    if scale.all_but_one and n == d - 1 and 3 <= d <= few:
        return scale.all_but_one[0]
    return None


def scale_table(language: Language) -> tuple[tuple[str, str], ...]:
    """The scale as a reader sees it: the words of each band and its range in words, in the scale's order."""
    rows = [(", ".join(band.words), explain_band(band, language)) for band in language.scale.bands]
    scale = language.scale
    if scale.all_but_one:
        count = {"n": say_number(scale.all_but_one_up_to, language)}
        rows.append((", ".join(scale.all_but_one), fill(language.templates.get("band.all but one", ""), count)))
    return tuple(rows)


def explain_band(band: Band, language: Language) -> str:
    """A band's range in words: ``from 90% to below 100%``."""
    templates = language.templates
    low, high = _end(band.from_, language), _end(band.to, language)
    text = fill(templates.get(_shape(band), "{low} {high}"), {"low": low, "high": high})
    if band.most_cases is not None:
        count = say_number(band.most_cases, language)
        text = fill(templates.get("band.most cases", "{range}"), {"range": text, "n": count})
    return fill(templates.get("band.roll up", "{range}"), {"range": text}) if band.roll_up else text


def _shape(band: Band) -> str:
    if band.low == band.high:
        return "band.exact"
    closed = band.up_to_and_including
    if band.above:
        return "band.above to" if closed else "band.above below"
    return "band.from to" if closed else "band.from below"


def _end(text: str, language: Language) -> str:
    """An end of a band as printed: thirds stay fractions, everything else is a percentage."""
    share = Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)
    percent = share * 100
    if percent.denominator not in (1, 2, 4, 5, 10):
        return text
    number = f"{(Decimal(percent.numerator) / percent.denominator).normalize():f}"
    return fill(language.templates.get("rate", "{p}"), {"p": number.replace(".", language.decimal)})


def _plain(word: str) -> str:
    return " ".join(word.casefold().split())
