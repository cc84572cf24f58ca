"""Finding expressions of a language in text: the little notation of :class:`Reading`, and one scan over prose.

``{n}`` is a number in digits or words, ``{any}`` any one word, ``[the|our]`` may be left out, ``(but|except)`` may not.
At each place of the text the longest expression counts; an *allowed* expression takes its words out of the search.
Only finds; what is found is judged in :mod:`caselight.method.wording.guards`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import product
from typing import Literal

from caselight.method.wording.definition import Language, Reading, Scale
from caselight.method.wording.numbers import read_number

Kind = Literal["allowed", "all_but_one", "word", "reading", "vague"]

_CHOICE = re.compile(r"\[([^\[\]]*)\]|\(([^()]*)\)|([^\[\]()]+)")
# Soft hyphens, joiners, direction marks, variation selectors: what takes no room on a page and hides no word.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]"
)
# A number in digits; a word, which may hold an apostrophe and digits; any other single character.
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*(?![^\W_])|[^\W_]+(?:['’][^\W_]+)*|[^\w\s]")
_HOLE = re.compile(r"\{([a-z]+)\}")


@dataclass(frozen=True, slots=True)
class Expression:
    """One expression of a language: what kind it is and, for a reading, what its numbers mean."""

    kind: Kind
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """An expression found in a text: its place and words, its phrase as the language spells it, the numbers in it."""

    start: int
    end: int
    words: str
    phrase: str
    expression: Expression
    numbers: tuple[tuple[str, Decimal], ...] = ()

    def number(self, hole: str) -> Decimal | None:
        """The number that stood in a hole, if the expression has it."""
        return dict(self.numbers).get(hole)


def expand(expression: str) -> list[str]:
    """The plain phrases that an expression stands for.

    >>> expand("all [of] (but|except) {k}")
    ['all of but {k}', 'all of except {k}', 'all but {k}', 'all except {k}']
    """
    choices = []
    for optional, required, literal in _CHOICE.findall(expression):
        parts = [literal] if literal else (optional or required).split("|")
        choices.append([*parts, ""] if optional else parts)
    return [" ".join("".join(parts).split()) for parts in product(*choices)]


# ── a language's expressions as a tree of words ─────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class _Node:
    """A place in the tree: the words and holes that may follow, and the phrase that ends here."""

    words: dict[str, _Node] = field(default_factory=dict)
    holes: dict[str, _Node] = field(default_factory=dict)
    phrase: str = ""
    expression: Expression | None = None
    value: Decimal | None = None
    rank: int = 0


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    plain: str


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """All expressions of a language, and its number words, each as a tree."""

    phrases: _Node
    numbers: _Node


def _tokens(text: str) -> list[_Token]:
    """The words, numbers and signs of a text; invisible characters (soft hyphens, zero-width spaces) hide nothing."""
    places = [place for place, letter in enumerate(text) if not INVISIBLE.match(letter)]
    visible = text if len(places) == len(text) else "".join(text[place] for place in places)
    return [
        _Token(places[found.start()], places[found.end() - 1] + 1, _plain(found[0]))
        for found in _TOKEN.finditer(visible)
    ]


def _plain(word: str) -> str:
    """A word without its looks: letter case, curly apostrophes, long hyphens, wide letters."""
    word = word if word.isascii() else unicodedata.normalize("NFKC", word)
    return "-" if word in {"\u2010", "\u2011", "\u2012", "\u2013"} else word.casefold().replace("’", "'")


def _grow(root: _Node, phrase: str) -> _Node:
    """The node at the end of a phrase, made where it is missing."""
    node = root
    for piece in re.split(r"(\{[a-z]+\})", phrase):
        hole = _HOLE.fullmatch(piece)
        if hole:
            node = node.holes.setdefault(hole[1], _Node())
            continue
        for token in _tokens(piece):
            node = node.words.setdefault(token.plain, _Node())
    return node


def _listed(
    scale: Scale, readings: tuple[Reading, ...], quantities: tuple[str, ...], allowed: tuple[str, ...]
) -> list[tuple[Expression, Iterable[str]]]:
    """Every kind of expression with its phrases; where two claim the same phrase, the first has it."""
    return [
        (Expression("allowed"), _expanded(allowed)),
        (Expression("all_but_one"), scale.all_but_one),
        (Expression("word"), (word for band in scale.bands for word in band.words)),
        *((Expression("reading", reading), _expanded(reading.words)) for reading in readings),
        (Expression("vague"), _expanded(quantities)),
        (Expression("vague"), ("{n}",)),
    ]


def _expanded(expressions: Iterable[str]) -> Iterator[str]:
    return (phrase for expression in expressions for phrase in expand(expression))


@lru_cache(maxsize=32)
def _lexicon(
    numbers: tuple[str, ...],
    scale: Scale,
    readings: tuple[Reading, ...],
    quantities: tuple[str, ...],
    allowed: tuple[str, ...],
) -> _Lexicon:
    lexicon = _Lexicon(_Node(), _Node())
    for rank, (expression, phrases) in enumerate(_listed(scale, readings, quantities, allowed)):
        for phrase in phrases:
            node = _grow(lexicon.phrases, phrase)
            if phrase and node.expression is None:
                node.phrase, node.expression, node.rank = phrase, expression, rank
    for value, word in enumerate(numbers):
        for spelling in (word, word.replace("-", " ")):
            _grow(lexicon.numbers, spelling).value = Decimal(value)
    return lexicon


# ── the scan ────────────────────────────────────────────────────────────────────────────────────────────────────────

_Path = tuple[int, _Node, tuple[tuple[str, Decimal], ...]]


def scan(text: str, language: Language, allowed: tuple[str, ...] = ()) -> list[Hit]:
    """Every expression of the language in a text, in order, without overlap; allowed ones are among them.

    ``allowed`` are further allowed expressions, for instance the names of laws that a framework declares.
    """
    lexicon = _lexicon(
        language.numbers, language.scale, language.readings, language.quantities, (*language.allowed, *allowed)
    )
    tokens, hits, at = _tokens(text), [], 0
    while at < len(tokens):
        found = _longest(tokens, at, lexicon, language)
        if found is None:
            at += 1
            continue
        end, node, numbers = found
        start, stop = tokens[at].start, tokens[end - 1].end
        hits.append(Hit(start, stop, text[start:stop], node.phrase, node.expression or Expression("vague"), numbers))
        at = end
    return hits


def _longest(tokens: list[_Token], at: int, lexicon: _Lexicon, language: Language) -> _Path | None:
    """The longest expression that begins at a word; of two as long, one without holes, then the one listed first."""
    paths = list(_paths(lexicon.phrases, tokens, at, (), (lexicon, language)))
    if paths:
        return max(paths, key=lambda path: (path[0], -len(path[2]), -path[1].rank))
    if any(letter.isnumeric() for letter in tokens[at].plain):
        return at + 1, _Node(), ()  # a digit inside a word, a fraction in one character: a number all the same
    return None


def _paths(
    node: _Node,
    tokens: list[_Token],
    at: int,
    numbers: tuple[tuple[str, Decimal], ...],
    known: tuple[_Lexicon, Language],
) -> Iterator[_Path]:
    if node.expression is not None:
        yield at, node, numbers
    if at == len(tokens):
        return
    follower = node.words.get(tokens[at].plain)
    if follower is not None:
        yield from _paths(follower, tokens, at + 1, numbers, known)
    for name, follower in node.holes.items():
        if name == "any" and tokens[at].plain[0].isalpha():
            yield from _paths(follower, tokens, at + 1, numbers, known)
        elif name != "any":
            for end, value in _numbers(tokens, at, known):
                yield from _paths(follower, tokens, end, (*numbers, (name, value)), known)


def _numbers(tokens: list[_Token], at: int, known: tuple[_Lexicon, Language]) -> Iterator[tuple[int, Decimal]]:
    """The numbers that begin at a word: digits, or number words of any length ("twenty", "twenty-eight")."""
    lexicon, language = known
    if tokens[at].plain[0].isdigit():
        value = read_number(tokens[at].plain, language)
        if value is not None:
            yield at + 1, value
        return
    node: _Node | None = lexicon.numbers
    while node is not None and at < len(tokens):
        node = node.words.get(tokens[at].plain)
        at += 1
        if node is not None and node.value is not None:
            yield at, node.value
