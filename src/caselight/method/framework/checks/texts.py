"""Every text is there in every language of the framework, and every source that a rule cites is listed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from caselight.method.faults import DataPath, Fault, Severity, did_you_mean, quoted
from caselight.method.framework.definition import Framework
from caselight.method.framework.parts import Provenance, Text
from caselight.method.framework.rule_words import SYMBOLS
from caselight.method.framework.rules import AllOf, Always, AnyOf, Bounds, Not, NotRelevant, Rank, Test
from caselight.method.wording.definition import Language
from caselight.method.wording.numbers import holes

_LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_WITHOUT_TEXT = (Always, AllOf, AnyOf, Not, NotRelevant, Test, Bounds, Rank, Language)  # Bounds and Rank: other rules


def text_faults(framework: Framework) -> Iterator[Fault]:
    """Missing, empty and surplus languages, and sources that are cited and not listed."""
    yield from _languages(framework)
    yield from _rule_words(framework)
    for path, part in _parts(framework, ()):
        if isinstance(part, Text):
            yield from _text(framework, path, part)
        else:
            yield from _source(framework, path, part)


def _parts(value: object, path: DataPath) -> Iterator[tuple[DataPath, Text | Provenance]]:
    """Every text and every provenance of the framework, with its path as written in the file."""
    if isinstance(value, (Text, Provenance)):
        yield path, value
        return
    for key, inner in _inside(value):
        yield from _parts(inner, (*path, key))


def _inside(value: object) -> Iterable[tuple[str | int, object]]:
    """What a part holds that may hold texts, by its key or place."""
    if isinstance(value, BaseModel):
        held = ((key, getattr(value, name)) for name, key in _fields(type(value)))
        return ((key, inner) for key, inner in held if inner)
    if isinstance(value, tuple):
        return enumerate(value)
    return value.items() if isinstance(value, dict) else ()


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """The fields of a model that may hold a text or a provenance, and their keys in the file."""
    if issubclass(model, _WITHOUT_TEXT):
        return ()
    fields = model.model_fields.items()
    return tuple((name, field.alias or name) for name, field in fields if _may_hold_text(field.annotation))


def _may_hold_text(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return not issubclass(annotation, _WITHOUT_TEXT)
    return any(_may_hold_text(argument) for argument in get_args(annotation))


def _languages(framework: Framework) -> Iterator[Fault]:
    for at, language in enumerate(framework.languages):
        if not _LANGUAGE_CODE.fullmatch(language):
            says = f"{quoted(language)} is not the code of a language."
            cure = "Write a code of two or three small letters, such as en or cy."
            yield Fault("framework.language-code", ("languages", at), says, cure)
        if language not in framework.wording:
            says = f"There is no wording for the language {quoted(language)}."
            cure = f"Add “{language}:” under “wording:”, or take the language out of “languages:”."
            yield Fault("framework.missing-language", ("wording", language), says, cure)
    for language in framework.wording:
        if language not in framework.languages:
            yield _surplus(("wording", language), language, framework)


def _rule_words(framework: Framework) -> Iterator[Fault]:
    """The texts that put rules into words: known keys, the holes of each, and all of them where there are languages."""
    for language, words in framework.wording.items():
        for key, text in words.rules.items():
            yield from _rule_word(("wording", language, "rules", key), key, text)
        missing = [key for key in SYMBOLS if not key.endswith(".1") and key not in words.rules]
        if missing and len(framework.languages) > 1:
            says = f"The wording of {quoted(language)} does not say {len(missing)} of the texts that rules are made of."
            cure = f"Add {', '.join(missing[:6])}{' …' if len(missing) > 6 else ''}, or read them from another wording."
            yield Fault("framework.missing-rule-words", ("wording", language, "rules"), says, cure)


def _rule_word(path: DataPath, key: str, text: str) -> Iterator[Fault]:
    if key not in SYMBOLS:
        says = f"No rule is put into words with a text called {quoted(key)}."
        yield Fault("framework.unknown-rule-word", path, says, did_you_mean(key[:60], SYMBOLS), Severity.WARNING)
        return
    wanted = holes(SYMBOLS[key])
    wrong = holes(text) - wanted - ({"label"} if key == "question" else set())
    if wrong or wanted - holes(text):
        says = f"This text has the holes {_braced(holes(text))}, and its rule fills {_braced(wanted)}."
        yield Fault("framework.rule-word-holes", path, says, "Write each of those holes once, and no other.")


def _braced(names: frozenset[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names)) or "none"


def _text(framework: Framework, path: DataPath, text: Text) -> Iterator[Fault]:
    if isinstance(text.root, dict):
        yield from _per_language(framework, path, text.root)
        return
    if len(framework.languages) > 1:
        says = f"This text is one string, and the framework has the languages {', '.join(framework.languages)}."
        yield Fault("framework.missing-language", path, says, "Write one text per language, each after its code.")
    if not text.root.strip():
        yield _empty(path)


def _per_language(framework: Framework, path: DataPath, texts: dict[str, str]) -> Iterator[Fault]:
    for language in framework.languages:
        if language not in texts:
            says = f"This text is missing in the language {quoted(language)}."
            cure = f"Add “{language}:” with the text; put a text that holds a colon between quotation marks."
            yield Fault("framework.missing-language", path, says, cure)
    for language, words in texts.items():
        if language not in framework.languages:
            yield _surplus((*path, language), language, framework)
        if not words.strip():
            yield _empty((*path, language))


def _empty(path: DataPath) -> Fault:
    return Fault(
        "framework.empty-text", path, "This text is empty.", "Write it, or remove its key if it is not needed."
    )


def _surplus(path: DataPath, language: str, framework: Framework) -> Fault:
    says = f"{quoted(language)} is not a language of this framework."
    cure = did_you_mean(language[:60], framework.languages)
    return Fault("framework.surplus-language", path, says, cure, Severity.WARNING)


def _source(framework: Framework, path: DataPath, provenance: Provenance) -> Iterator[Fault]:
    for source in (provenance.source or "").split(","):
        name = source.strip()
        if name and name not in framework.sources:
            says = f"The source {quoted(name)} is cited and not listed."
            cure = did_you_mean(name[:60], framework.sources)
            yield Fault("framework.unknown-source", (*path, "source"), says, cure)
