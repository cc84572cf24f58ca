"""Binding: each phrase of a block becomes words and a claim, or faults with the phrase's place.

Numbers come from figures only; what the author wrote is checked against them. Nothing here knows a word of any language.
"""

from __future__ import annotations

import hashlib
import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from caselight.method.analysis.figure import Figure
from caselight.method.faults import Fault, Place, did_you_mean
from caselight.method.report.amounts import amount_of, say_facts
from caselight.method.report.compose import Placed
from caselight.method.report.context import Context
from caselight.method.report.graded import STYLES as RATED_STYLES
from caselight.method.report.graded import grade_agrees, is_rated, rated_value, say_rated
from caselight.method.report.letter import Bound, Checked, Divider, Inline, Quoted, Words
from caselight.method.report.traced import Claim, Span
from caselight.method.wording.amounts import Amount, Refusal, Setting
from caselight.method.wording.guards import agrees
from caselight.method.wording.numbers import capitalised
from caselight.method.wording.phrases import phrase

SILENT = ("rests", "headline")
OTHER_SIDE = ("complement", "failures", "all but")  # styles that count those outside the numerator
SENTENCE = re.compile(r"(?<=[.!?])[”\"’)]*\s+(?=[“\"‘(]*[A-ZÀ-Þ])")
WORD_AND_STOP = re.compile(r"([\w.]*\w)\.$")
LONGEST_ABBREVIATION = 20


@dataclass(frozen=True, slots=True)
class BoundBlock:
    """A block with its words in place, and its claims without their sentences' acceptance."""

    placed: Placed
    spans: tuple[Span, ...]
    claims: tuple[Claim, ...]


class Binder:
    """Binds the blocks of one letter in order; claim ids stay put while other paragraphs come and go."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.faults: list[Fault] = []
        self._ids: dict[str, int] = {}

    def bound(self, placed: Placed) -> BoundBlock:
        """One block: its spans, its claims, its faults collected."""
        spans: list[Span] = []
        claims: list[tuple[Claim, int]] = []
        before, printed = "", 0
        for part in placed.parts:
            span, claim = self._part(part, placed, before=before)
            spans.append(span)
            if claim is not None:
                claims.append((claim, printed))
            before = f"{before}{span.text}".rstrip()[-LONGEST_ABBREVIATION:]
            printed += _letters(span.text)
        tidy = _tidied(spans)
        return BoundBlock(placed, tidy, tuple(_with_sentences(claims, tidy, self.context.words.abbreviations)))

    def _part(self, part: Inline, placed: Placed, *, before: str) -> tuple[Span, Claim | None]:
        match part:
            case Words():
                return Span(part.text, emphasis=part.emphasis), None
            case Divider():
                return Span(part.text, "divider"), None
            case Quoted():
                return self._quotation(part, placed)
            case Checked():
                return self._checked(part, placed)
            case Bound():
                return self._bound(part, placed, starts=_starts_sentence(before, self.context.words.abbreviations))

    def _quotation(self, part: Quoted, placed: Placed) -> tuple[Span, Claim | None]:
        """The words of an excerpt. They are accepted like figures: when the excerpt changes, its claim goes stale."""
        excerpt = self.context.excerpts.get(part.key)
        if excerpt is None:
            self._fault(
                "letter.unknown-excerpt",
                f"There is no excerpt called “{part.key}”.",
                did_you_mean(part.key, self.context.excerpts),
                part.place,
            )
            return Span("", kind="quote"), None
        origin = json.dumps([excerpt.text, excerpt.alias, excerpt.op_id], ensure_ascii=False)
        snapshot = hashlib.sha256(origin.encode("utf-8", "surrogatepass")).hexdigest()
        claim_id = self._claim_id(placed.section, part.key, "quote")
        values = (f"excerpt:{part.key}",)
        claim = Claim(claim_id, "quote", (), excerpt.text, "", values, snapshot, part.place)
        return Span(excerpt.text, "quote", claim.id), claim

    def _bound(self, part: Bound, placed: Placed, *, starts: bool) -> tuple[Span, Claim | None]:
        figures = self._figures(part.keys, part.place)
        if figures is None:
            return Span("", kind="phrase"), None
        if part.style in SILENT:
            claim = self._claim(part.style, "", figures, placed.section, part.place)
            return Span("", kind="evidence", claim=claim.id), claim
        if part.style == "fact":
            said = say_facts(figures, part.options, self.context)
        else:
            said = self._said(part, figures, starts=starts)
        if isinstance(said, Refusal):
            self._fault(said.code, said.says, said.cure, part.place)
            return Span("", kind="phrase"), None
        if part.style == "fact":
            said = capitalised(said) if starts and part.options else said
            return Span(said, emphasis=part.emphasis), self._claim("fact", said, figures, placed.section, part.place)
        keys = (*part.keys, *self._named_keys(part.options))
        every = [self.context.figures[key] for key in keys]
        claim = self._claim(part.style, said, every, placed.section, part.place)
        other = (part.style in OTHER_SIDE) != (part.options.get("side") == "insufficient")
        claim = replace(claim, other_side=other)
        return Span(said, "phrase", claim.id, part.emphasis), claim

    def _said(self, part: Bound, figures: list[Figure], *, starts: bool) -> str | Refusal:
        if part.style in RATED_STYLES or any(is_rated(figure) for figure in figures):
            said = say_rated(part.style, figures, part.options, self.context)
            return capitalised(said) if starts and isinstance(said, str) else said
        if any(figure.kind == "fact" for figure in figures):
            return Refusal(
                "letter.fact-is-no-number",
                f"{part.keys[0]} is a fact and has no number.",
                f"Write {{{part.keys[0]}: fact}}.",
            )
        amounts = [amount_of(figure, self.context) for figure in figures]
        return phrase(
            part.style,
            amounts,
            self.context.words,
            options=part.options,
            setting=self._setting(part.options, starts=starts),
        )

    def _checked(self, part: Checked, placed: Placed) -> tuple[Span, Claim | None]:
        figures = self._figures(part.keys, part.place)
        span = Span(part.text, "checked", emphasis=part.emphasis)
        if figures is None:
            return span, None
        refusal = self._disagreement(part, figures)
        if refusal is not None:
            self._fault(refusal.code, refusal.says, refusal.cure, part.place)
            return span, None
        claim = self._claim("checked", part.text, figures, placed.section, part.place)
        claim = replace(claim, other_side=part.options.get("side") == "insufficient")
        return replace(span, claim=claim.id), claim

    def _disagreement(self, part: Checked, figures: list[Figure]) -> Refusal | None:
        """Why an author's words do not agree with their figures: grades with ratings, quantities with everything else."""
        if any(is_rated(figure) for figure in figures):
            return grade_agrees(part.text, figures, part.options, self.context)
        amounts = [amount_of(figure, self.context) for figure in figures if figure.kind != "fact"]
        return _wrong_checked_options(part.options) or agrees(
            part.text,
            amounts,
            self.context.words,
            side="insufficient" if part.options.get("side") == "insufficient" else "sufficient",
            roll_up=part.options.get("roll_up") == "yes",
            setting=self._setting(part.options, starts=False),
        )

    def _setting(self, options: Mapping[str, str], *, starts: bool) -> Setting:
        style = self.context.inspection.house_style
        named = {key: amount_of(self.context.figures[key], self.context) for key in self._named_keys(options)}
        return Setting(
            words_up_to=style.words_up_to if style.numbers == "words" else 0,
            percentages=self.context.framework.percentages,
            sentence_start=starts,
            named={key: amount for key, amount in named.items() if isinstance(amount, Amount)},
        )

    def _named_keys(self, options: Mapping[str, str]) -> tuple[str, ...]:
        """The figures that options name: ``base=P5``, ``part=C4@custody``. ``base=sample`` names none."""
        values = (options.get(name, "") for name in ("base", "part"))
        return tuple(v for v in values if v in self.context.figures and not is_rated(self.context.figures[v]))

    def _figures(self, keys: Iterable[str], place: Place) -> list[Figure] | None:
        found: list[Figure] = []
        keys = tuple(keys)
        for key in keys:
            if key in self.context.figures:
                found.append(self.context.figures[key])
            else:
                self._fault(
                    "letter.unknown-figure",
                    f"No figure is called “{key[:60]}”.",
                    did_you_mean(key, self.context.figures),
                    place,
                )
        return found if len(found) == len(keys) else None

    def _claim(self, style: str, text: str, figures: list[Figure], section: str, place: Place) -> Claim:
        keys = tuple(figure.key for figure in figures)
        values = tuple(f"{figure.key}={_value(figure)}" for figure in figures)
        joined = "".join(figure.snapshot for figure in figures)
        snapshot = hashlib.sha256(joined.encode()).hexdigest()
        claim_id = self._claim_id(section, keys[0], style)
        return Claim(claim_id, style, keys, text, "", values, snapshot, place)

    def _claim_id(self, section: str, key: str, style: str) -> str:
        stem = f"{section}-{key}-{style.replace(' ', '-')}"
        times = self._ids[stem] = self._ids.get(stem, 0) + 1
        return stem if times == 1 else f"{stem}-{times}"

    def _fault(self, code: str, says: str, cure: str, place: Place) -> None:
        self.faults.append(Fault(code, ("letter",), says, cure, place=place))


CHECKED_OPTIONS = {"side": ("sufficient", "insufficient"), "roll_up": ("yes", "no")}


def _wrong_checked_options(options: Mapping[str, str]) -> Refusal | None:
    for name, value in options.items():
        if value not in CHECKED_OPTIONS.get(name, ()):
            return Refusal(
                "letter.checked-option",
                f"A checked phrase has no option {name}={value[:60]}.",
                "Its options are side=sufficient, side=insufficient and roll_up=yes.",
            )
    return None


def _value(figure: Figure) -> str:
    if is_rated(figure):
        return rated_value(figure)
    if figure.kind == "count":
        return str(figure.sufficient)
    if figure.kind in ("share", "people"):
        return f"{figure.sufficient}/{figure.relevant}"
    return str(figure.value) if figure.value is not None else figure.direction or figure.text.get("value", "")


def _starts_sentence(before: str, abbreviations: Sequence[str]) -> bool:
    text = before.rstrip()
    return not text or (text.rstrip("”")[-1:] in (".", "!", "?") and not _abbreviated(text, abbreviations))


def _abbreviated(text: str, abbreviations: Sequence[str]) -> bool:
    """Whether the stop at the end of a text belongs to a word like “Dr.”."""
    word = WORD_AND_STOP.search(text[-LONGEST_ABBREVIATION:])
    return word is not None and word[1] in abbreviations


def _tidied(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Neighbouring plain words as one span, without blanks before what prints nothing and at both ends."""
    merged: list[Span] = []
    for span in spans:
        last = merged[-1] if merged else None
        if last and last.kind == span.kind == "text" and last.emphasis == span.emphasis:
            merged[-1] = replace(last, text=last.text + span.text)
        elif span.text or span.kind == "evidence":
            merged.append(span)
    return tuple(_without_loose_blanks(merged))


def _without_loose_blanks(spans: list[Span]) -> Iterator[Span]:
    for position, span in enumerate(spans):
        text = re.sub(r"\s+", " ", span.text)
        follows = spans[position + 1 :]
        if position == 0 or all(not earlier.text for earlier in spans[:position]):
            text = text.lstrip()
        if not follows or follows[0].kind == "evidence":
            text = text.rstrip()
        yield replace(span, text=text)


def _letters(text: str) -> int:
    """How much a text prints, blanks not counted: what stays the same while blanks are tidied up."""
    return len(text) - sum(map(str.isspace, text))


def _with_sentences(
    claims: Iterable[tuple[Claim, int]], spans: Iterable[Span], abbreviations: Sequence[str]
) -> Iterator[Claim]:
    """Each claim with the whole sentence it stands in, as printed. It comes with what is printed before it."""
    text = "".join(span.text for span in spans)
    places = [place for place, letter in enumerate(text) if not letter.isspace()]
    ends = [
        m.end()
        for m in SENTENCE.finditer(text)
        if not _abbreviated(text[max(0, m.start() - LONGEST_ABBREVIATION) : m.start()], abbreviations)
    ]
    starts = [0, *ends]
    sentences = [text[begin:end].strip() for begin, end in zip(starts, [*ends, len(text)], strict=True)]
    for claim, before in claims:
        # What prints nothing stands behind the sentence that it is evidence for; everything else begins its own words.
        first = max(before - 1, 0) if claim.style in SILENT else before
        last = first if claim.style in SILENT else max(before + _letters(claim.text) - 1, before)
        begin, end = (bisect_right(starts, places[at]) - 1 if at < len(places) else len(ends) for at in (first, last))
        whole = sentences[begin] if begin == end else text[starts[begin] : [*ends, len(text)][end]].strip()
        yield replace(claim, sentence=whole)
