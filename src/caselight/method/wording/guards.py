"""Checked phrases: whether the author's own words agree with the figures they are bound to.

Every quantity in the words must be one that can be checked, and must be true of a figure; "all" needs all, "several"
at least three, a percentage must be one that the numbers can give. (Design: letter.md, checked phrase and checks 1, 3.)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from caselight.method.faults import quoted
from caselight.method.wording.amounts import Amount, Rate, Refusal, Setting
from caselight.method.wording.definition import Language, Reading, Side
from caselight.method.wording.expressions import Hit, scan
from caselight.method.wording.numbers import percent_of, places_of, possible_percent
from caselight.method.wording.quantifiers import misfit_refusal, percent_refusal


@dataclass(frozen=True, slots=True)
class _Check:
    """What a quantity is held against: the language's scale, the house's rules, and whether figures are rolled up."""

    language: Language
    setting: Setting
    roll_up: bool = False


def agrees(
    text: str,
    amounts: Amount | Rate | Sequence[Amount | Rate],
    language: Language,
    *,
    side: Side = "sufficient",
    roll_up: bool = False,
    setting: Setting | None = None,
) -> Refusal | None:
    """Why an author's words do not agree with their figures; ``None`` when every quantity in them does.

    ``side`` says which side of the figures the words count. With several figures each quantity must be true of at least
    one, and each figure must be meant by some quantity. ``roll_up`` declares that the words sum several figures up:
    only words that the scale allows for that, true of all their answers together, with more than half in each.
    """
    check = _Check(language, setting or Setting(), roll_up)
    listed = [amounts] if isinstance(amounts, (Amount, Rate)) else list(amounts)
    meant = [amount.on(side) if isinstance(amount, Amount) else amount for amount in listed]
    hits = [hit for hit in scan(text, language) if hit.expression.kind != "allowed"]
    if not hits:
        return Refusal(
            "letter.no-quantity",
            f"The words {quoted(text)} carry no quantity that could be checked.",
            "Say how many, or bind the sentence with the style rests.",
        )
    if not meant:
        return Refusal("letter.unknown-figure", f"The words {quoted(text)} name no figure.", "Name the figure's key.")
    if roll_up:
        return _rolled_up(hits, meant, check)
    return _each_with_some(hits, meant, check)


def _each_with_some(hits: Sequence[Hit], meant: Sequence[Amount | Rate], check: _Check) -> Refusal | None:
    table = [[_refused(hit, amount, check) for amount in meant] for hit in hits]
    for row in table:
        if None not in row:
            return row[0]
    for column, amount in enumerate(meant):
        if all(row[column] is not None for row in table):
            return Refusal(
                "letter.figure-not-meant",
                f"No quantity in the words is true of {amount.key or amount}.",
                "Leave that figure out, say its numbers too, or declare that the words sum the figures up (roll_up=yes).",
            )
    return None


def _rolled_up(hits: Sequence[Hit], meant: Sequence[Amount | Rate], check: _Check) -> Refusal | None:
    shares = [amount for amount in meant if isinstance(amount, Amount) and amount.d]
    if len(shares) < 2 or len(shares) < len(meant):
        return Refusal(
            "letter.roll-up-of-one",
            "A roll-up sums up two or more figures about cases, none of them with an empty base.",
            "Leave out the option roll_up, or name further figures.",
        )
    low = next((amount for amount in shares if 2 * amount.n <= amount.d), None)
    if low is not None:
        return Refusal(
            "letter.roll-up-hides-a-low-figure",
            f"{low.key or 'One figure'} is {low}, not more than half, and the words would hide it.",
            "Leave it out of the roll-up and say it.",
        )
    pooled = replace(shares[0], n=sum(amount.n for amount in shares), d=sum(amount.d for amount in shares))
    return next((refusal for hit in hits if (refusal := _refused(hit, pooled, check))), None)


def _refused(hit: Hit, amount: Amount | Rate, check: _Check) -> Refusal | None:
    """Why one quantity is not true of one amount."""
    if isinstance(amount, Rate):
        return _refused_rate(hit, amount)
    if amount.d == 0:
        return Refusal(
            "letter.no-case-relevant",
            f"No case was relevant, so {quoted(hit.words)} counts nothing.",
            "Leave the words out, or write a bound phrase with the style none relevant.",
        )
    kind, reading = hit.expression.kind, hit.expression.reading
    if kind in {"word", "all_but_one"}:
        return misfit_refusal(hit.phrase, amount, check.language, roll_up=check.roll_up)
    if kind == "vague" or reading is None:
        return _without_meaning(hit)
    if check.roll_up:
        return Refusal(
            "letter.number-in-roll-up",
            f"{quoted(hit.words)} is said of several figures together.",
            "Use a word of the scale that may sum figures up.",
        )
    if reading.means == "percent":
        return _refused_percent(hit, amount, check)
    return None if _holds(hit, reading, amount) else _disagrees(hit, amount)


def _without_meaning(hit: Hit) -> Refusal:
    return Refusal(
        "letter.quantity-without-meaning",
        f"{quoted(hit.words)} has no agreed meaning, so no figure can stand behind it.",
        "Say the number, or use a word of the scale.",
    )


def _disagrees(hit: Hit, amount: Amount) -> Refusal:
    return Refusal(
        "letter.words-disagree",
        f"The words say {quoted(hit.words)}, but the figure is {amount}, in a sample of {amount.sample}.",
        "Correct the words, count the other side (side=insufficient), or use a bound phrase.",
    )


_NUMBERS: dict[str, Callable[[Amount, Decimal], bool]] = {
    "count": lambda amount, n: amount.n == n,
    "at_least": lambda amount, n: amount.n >= n,
    "at_most": lambda amount, n: amount.n <= n,
    "more_than": lambda amount, n: amount.n > n,
    "fewer_than": lambda amount, n: amount.n < n,
    "ratio": lambda amount, n: amount.n == n,
    "all_but": lambda amount, k: amount.rest == k and 0 < k < amount.d,
}
_WORDS: dict[str, Callable[[Amount], bool]] = {
    "all": lambda amount: amount.rest == 0,
    "none": lambda amount: amount.n == 0,
    "single": lambda amount: amount.n == amount.d == 1,
    "not_all": lambda amount: amount.rest > 0,
    "some": lambda amount: 1 <= amount.n < amount.d,
    "several": lambda amount: amount.n >= 3,
}


def _holds(hit: Hit, reading: Reading, amount: Amount) -> bool:
    """Whether what the words state is true of the amount, base included."""
    base = hit.number("d")
    stated = hit.number("k") if hit.number("n") is None else hit.number("n")
    if reading.means == "proportion":
        return bool(base) and Fraction(stated or 0) * amount.d == Fraction(base or 0) * amount.n
    if reading.means in _WORDS:
        # "both" is all of two and "neither" none of two: the value behind such words is their base.
        base = Decimal(reading.value) if reading.value is not None else base
    elif reading.value is not None:
        stated = Decimal(reading.value)
    if (base is not None and amount.d != base) or (reading.sample and amount.d != amount.sample):
        return False
    if reading.means in _WORDS:
        return _WORDS[reading.means](amount)
    return stated is not None and _NUMBERS[reading.means](amount, stated)


def _refused_percent(hit: Hit, amount: Amount, check: _Check) -> Refusal | None:
    refusal = percent_refusal(amount, check.language, check.setting)
    percent = hit.number("p")
    if refusal or percent is None:
        return refusal or _without_meaning(hit)
    if not possible_percent(percent, amount.d):
        return Refusal(
            "letter.impossible-percent",
            f"No whole number out of {amount.d} is {quoted(hit.words)}.",
            f"The figure is {amount}: say that, or its percentage.",
        )
    hides = percent in (0, 100) and 0 < amount.n < amount.d
    if hides or percent_of(amount.n, amount.d, places_of(percent)) != percent:
        return _disagrees(hit, amount)
    return None


def _refused_rate(hit: Hit, rate: Rate) -> Refusal | None:
    """A published rate agrees with its own percentage, and with nothing else."""
    percent = hit.number("p")
    if percent is not None and rate.value is not None and percent == rate.value:
        return None
    printed = "a comparison without numbers" if rate.value is None else f"{rate.value}%"
    return Refusal(
        "letter.words-disagree",
        f"The words say {quoted(hit.words)}, but the published figure is {printed}.",
        "Correct the words, or use a bound phrase with the style rates.",
    )
