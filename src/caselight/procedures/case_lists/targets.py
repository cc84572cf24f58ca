"""What a column can be: who the case is, its worker, when it closed, or a fact; and which of them a heading looks like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from caselight.method.framework.definition import Framework
from caselight.method.framework.parts import Fact, Text

LOCAL_ID, NAME, GIVEN, FAMILY, BORN, MANAGER, CLOSED = (
    "@local_id", "@name", "@given", "@family", "@born", "@manager", "@closed"
)  # fmt: skip
WHO: Mapping[str, str] = {
    LOCAL_ID: "Record number",
    NAME: "Child's name",
    GIVEN: "Child's first name",
    FAMILY: "Child's surname",
    BORN: "Date of birth",
    MANAGER: "Case manager",
    CLOSED: "Day on which the case closed",
}
ALIKE: Mapping[str, str] = {
    LOCAL_ID: r"^(local |case |client |record |unique |child |system |yp |person |core )*(id|ref|reference|number|no|urn|upn)$",
    NAME: r"^(child|young person|yp|client|full|case|offender)?s?( full)? ?name$|^(child|young person|client)$",
    GIVEN: r"^(first|given|fore) ?names?$|^forename$",
    FAMILY: r"^(sur|last|family) ?name$",
    BORN: r"^(dob|d o b|date of birth|birth date|born)$",
    MANAGER: r"(case ?(manager|holder|worker)|^worker|allocated (to|worker|officer)|key ?worker|supervising officer|^manager|^officer)",
    CLOSED: r"(close|closing|^ended|end date|date ended|completed order|order end|terminat)",
    "age": r"^age",
    "sex": r"^(sex|gender)$",
    "ethnicity": r"^ethnic",
    "sentence_date": r"(sentence|order|start|disposal|commence).*(date|start)|^(date|start).*(sentence|order|start)|^start(ed)?$",
    "started": r"(sentence|order|disposal|intervention|case).*(start|date|began)|^start|^date of (order|sentence|disposal)",
    "sentence_type": r"^(sentence|order|disposal|outcome)( type| name)?$",
    "disposal": r"^(sentence|order|disposal|outcome)( type| name)?$",
    "custodial": r"custod",
    "looked_after": r"looked after|^lac$|^cla$",
    "rosh_recorded": r"rosh|serious harm|risk of harm",
    "vulnerability_recorded": r"vulnerab|safety and well",
    "psr": r"psr|pre sentence",
    "mappa_eligible": r"^mappa( eligible)?$",
    "community_supervision": r"supervis(ion|ed)|community",
    "area": r"^(area|borough|district|team|locality)$",
}
ROWS_LOOKED_AT = 30


def facts_supplied(framework: Framework) -> list[Fact]:
    """The facts that a service supplies of a case, in the order of the framework."""
    kind = framework.subjects[0].id
    return [
        fact
        for fact in framework.facts
        if fact.subject == kind and fact.supplied_by == "service" and fact.type != "key"
    ]


def target_choices(framework: Framework) -> list[tuple[str, str]]:
    """Everything a column can be, with its label."""
    language = framework.languages[0]
    facts = [
        (fact.id, fact.label.in_(language) + (" (needed)" if fact.required else ""))
        for fact in facts_supplied(framework)
    ]
    return [("", "Not used"), *WHO.items(), *facts]


def plain(text: str) -> str:
    """Words for comparing: lower case, without signs.

    >>> plain(" Case-Manager: ")
    'case manager'
    """
    return " ".join(re.sub(r"[^\w]+|_+", " ", text.casefold()).split())


def guessed_heading(rows: Sequence[Sequence[str]]) -> int:
    """The row that looks like a heading: the first with the most words that are no numbers and no days."""

    def words(row: Sequence[str]) -> int:
        return sum(1 for text in set(row) if text and not re.fullmatch(r"[\d\s./:-]+", text))

    first = list(enumerate(rows[:ROWS_LOOKED_AT]))
    return max(first, key=lambda one: (words(one[1]) >= 2, min(words(one[1]), _usual(rows)), -one[0]))[0]


def _usual(rows: Sequence[Sequence[str]]) -> int:
    """How many cells a row of the table usually has: a heading names at least most of them."""
    return max(2, sorted(len(row) for row in rows)[len(rows) // 2] * 2 // 3)


def guessed_columns(headings: Sequence[str], framework: Framework, known: Mapping[str, str]) -> dict[int, str]:
    """What each column looks like: as it is remembered, else by the names of facts, else by usual words."""
    facts = facts_supplied(framework)
    targets = [*WHO, *(fact.id for fact in facts)]
    names = {plain(fact.id): fact.id for fact in facts}
    names |= {plain(label): fact.id for fact in facts for label in labels_of(fact.label)}
    found = {place: known[heading] for place, heading in enumerate(headings) if heading in known}
    for place, heading in enumerate(headings):
        if place not in found and names.get(plain(heading), "") not in {"", *found.values()}:
            found[place] = names[plain(heading)]
    for place, heading in enumerate(headings):
        if place not in found:
            found[place] = _alike(plain(heading), (one for one in targets if one not in found.values()))
    once = {target: place for place, target in reversed(found.items()) if target in targets}
    return {place: target for target, place in once.items()}


def labels_of(text: Text) -> tuple[str, ...]:
    """A text in every language that it has."""
    return (text.root,) if isinstance(text.root, str) else tuple(text.root.values())


def _alike(text: str, targets: Iterable[str]) -> str:
    return next((one for one in targets if one in ALIKE and re.search(ALIKE[one], text)), "")
