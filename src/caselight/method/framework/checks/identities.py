"""Every id is given once, and none takes a word that letters or files keep for themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from caselight.method.faults import DataPath, Fault, quoted
from caselight.method.framework.checks.places import placed_questions
from caselight.method.framework.definition import Framework
from caselight.method.framework.parts import NOT_RELEVANT

NOTATION = frozenset({"fixed", "if", "quote", "section", "theme"})  # words before a colon in a letter's source
CASELOAD_COLUMNS = frozenset({"case_key", "eligible", "reason", "managed_by"})
FACT_FIGURES = "fact."

Ids = Iterable[tuple[DataPath, str]]


def identity_faults(framework: Framework) -> Iterator[Fault]:
    """Ids that stand twice in one list, ids shared by a question and a count, and reserved words."""
    for noun, ids in _lists(framework):
        yield from _duplicates(noun, ids)
    yield from _clashes(framework)
    yield from _reserved(framework)


def _lists(framework: Framework) -> Iterator[tuple[str, Ids]]:
    for name, noun in (
        ("screenings", "screening"), ("subjects", "kind of subject"), ("tools", "tool"), ("scales", "scale"),
        ("facts", "fact"), ("not_relevant_reasons", "reason"), ("themes", "theme"), ("populations", "population"),
        ("counts", "count"), ("consistency", "consistency check"), ("measures", "measure"), ("ratings", "rating"),
        ("rating_scales", "scale of grades"), ("cut_tables", "cut table"),
    ):  # fmt: skip
        yield noun, _ids((name,), getattr(framework, name))
    by_list: dict[DataPath, list[tuple[DataPath, str]]] = {}
    for owner, path, value in _options(framework):
        by_list.setdefault(owner, []).append((path, value))
    yield from (("option", options) for options in by_list.values())
    for at, scale in enumerate(framework.rating_scales):
        yield "grade", _ids(("rating_scales", at, "grades"), scale.grades)
    for name, reasons in framework.reason_lists.items():
        yield "reason", _ids(("reason_lists", name), reasons)
    yield "question", [((*path, "id"), question.id) for path, question in placed_questions(framework)]
    for path, question in placed_questions(framework):
        for field in ("reasons", "good"):
            listed = getattr(question, field)
            yield "reason", () if isinstance(listed, str) else _ids((*path, field), listed)
    yield "fixed text", _ids(("letter", "fixed"), framework.letter.fixed)
    if framework.sample is not None:
        yield "reason", _ids(("sample", "removal_reasons"), framework.sample.removal_reasons)
    yield "language", [(("languages", at), language) for at, language in enumerate(framework.languages)]


def _ids(path: DataPath, items: Iterable[object]) -> list[tuple[DataPath, str]]:
    return [((*path, at, "id"), str(getattr(item, "id"))) for at, item in enumerate(items)]  # noqa: B009 - any model with an id


def _duplicates(noun: str, ids: Ids) -> Iterator[Fault]:
    seen: set[str] = set()
    for path, name in ids:
        if name in seen:
            says = f"The {noun} {quoted(name)} stands here a second time."
            yield Fault("framework.duplicate-id", path, says, "Give one of the two another id, or remove it.")
        seen.add(name)


def _clashes(framework: Framework) -> Iterator[Fault]:
    for at, count in enumerate(framework.counts):
        if count.id in framework.questions:
            says = f"A count and a question are both called {quoted(count.id)}, so a letter could not tell their figures apart."
            yield Fault("framework.id-clash", ("counts", at, "id"), says, "Give the count another id.")
    taken = {*framework.questions, *(count.id for count in framework.counts)}
    for noun, field in (("measure", "measures"), ("rating", "ratings")):
        for path, name in _ids((field,), getattr(framework, field)):
            if name in taken:
                says = f"Another figure is called {quoted(name)} too, so a letter could not tell them apart."
                yield Fault("framework.id-clash", path, says, f"Give the {noun} another id.")
        taken |= {item.id for item in getattr(framework, field)}


def _reserved(framework: Framework) -> Iterator[Fault]:
    figures: list[tuple[DataPath, str]] = [((*path, "id"), q.id) for path, q in placed_questions(framework)]
    scored = (*_ids(("measures",), framework.measures), *_ids(("ratings",), framework.ratings))
    for path, name in (*figures, *_ids(("counts",), framework.counts), *scored):
        if name.lower().startswith(FACT_FIGURES) or name.lower() in NOTATION:
            says = f"{quoted(name)} cannot be the id of a figure: the letter's notation uses that word."
            yield Fault("framework.reserved-id", path, says, "Give it another id.")
    for path, name in _ids(("facts",), framework.facts):
        if name.lower() in CASELOAD_COLUMNS:
            says = f"{quoted(name)} cannot be the id of a fact: caseload.csv has a column of that name."
            yield Fault("framework.reserved-id", path, says, "Give it another id.")
    for _, path, value in _options(framework):
        if value == NOT_RELEVANT:
            says = f"{quoted(NOT_RELEVANT)} cannot be an option: inspectors say it of any question, with a reason."
            yield Fault("framework.reserved-id", path, says, "Remove the option.")


def _options(framework: Framework) -> Iterator[tuple[DataPath, DataPath, str]]:
    """Every option of a scale or fact: the path of its list, its own path, its value."""
    for field in ("scales", "facts"):
        for at, item in enumerate(getattr(framework, field)):
            for place, option in enumerate(item.options):
                path = (field, at, "options")
                yield path, (*path, place, "value"), option.value
