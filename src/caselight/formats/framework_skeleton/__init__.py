"""The files that a new framework begins with: small, complete, commented, and right from the first check.

The texts are in ``templates``; what is filled in is the id, the title and the languages. A text in a language other than
English begins with the language's code in brackets, so that nobody takes it for a translation. The words of each
language (``wording.yaml``) come from the packs and are no business of this room.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from caselight.formats.package.writing.yaml_text import scalar

if TYPE_CHECKING:
    from jinja2 import Environment

FILES = ("README.md", "framework.yaml", "letter-text.yaml", "themes/1-assessment-and-plan.yaml")
LETTER = "letter.md"
WRITTEN_IN = "en"


def skeleton_files(name: str, title: str, languages: Sequence[str]) -> dict[str, str]:
    """The files of a new framework by name: ``name`` is its id, the first of ``languages`` is its default.

    >>> sorted(skeleton_files("ours", "Our audit", ["en"]))[:3]
    ['README.md', 'framework.yaml', 'letter-text.yaml']
    """

    def text(words: str) -> str:
        return _in_languages({language: _marked(words, language) for language in languages})

    titles = {language: title if language == languages[0] else _marked(title, language) for language in languages}
    known: dict[str, object] = {
        "name": scalar(name),
        "heading": title,
        "title": _in_languages(titles),
        "languages": languages,
    }
    known |= {"words_of": words_file, "t": text}
    files = {file: _filled(file, **known) for file in FILES}
    for language in languages:
        mark = "" if language == WRITTEN_IN else f"[{language}] "
        files[letter_file(language, languages)] = _filled(LETTER, mark=mark)
    return files


def words_file(language: str) -> str:
    """The name of the file with the words of a language: ``wording.yaml``, or ``wording.cy.yaml``."""
    return "wording.yaml" if language == WRITTEN_IN else f"wording.{language}.yaml"


def letter_file(language: str, languages: Sequence[str]) -> str:
    """The name of the starting letter of a language: ``letter.md`` is that of the first."""
    return LETTER if language == languages[0] else f"letter.{language}.md"


def _in_languages(texts: Mapping[str, str]) -> str:
    """A text as the file holds it: one string, or a text for each language."""
    if len(texts) == 1:
        return scalar(*texts.values())
    return "{" + ", ".join(f"{language}: {scalar(words)}" for language, words in texts.items()) + "}"


def _marked(words: str, language: str) -> str:
    return words if language == WRITTEN_IN else f"[{language}] {words}"


def _filled(file: str, **known: object) -> str:
    return _environment().get_template(f"{file}.j2").render(known)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("caselight.formats.framework_skeleton", "templates")
    return Environment(loader=loader, autoescape=False, undefined=StrictUndefined, keep_trailing_newline=True)  # noqa: S701 - YAML and Markdown, not HTML
