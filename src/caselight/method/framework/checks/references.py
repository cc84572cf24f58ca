"""Every name that a framework uses is the name of something, of the right kind of subject, and known by then."""

from __future__ import annotations

from collections.abc import Iterator

from caselight.method.faults import DataPath, Fault, quoted
from caselight.method.framework.checks.names import Wanted, foreign_fact, foreign_question, unknown
from caselight.method.framework.checks.places import placed_questions, subject_of
from caselight.method.framework.checks.rules.uses import needs
from caselight.method.framework.definition import Framework
from caselight.method.framework.questions import Question


def reference_faults(framework: Framework) -> Iterator[Fault]:
    """Names outside rules: unknown ones, those of another subject, and questions missing from a screening."""
    for named in (
        *_of_questions(framework),
        *_of_facts_and_tools(framework),
        *_of_figures(framework),
        *_of_sample(framework),
    ):
        if named.name not in named.known:
            yield unknown(named)
    yield from _other_subjects(framework)
    yield from _screenings(framework)


def _of_questions(framework: Framework) -> Iterator[Wanted]:
    themes = {theme.id: theme for theme in framework.themes}
    for path, question in placed_questions(framework):
        yield Wanted((*path, "tool"), "tool", question.tool, framework.subject_of_tool)
        if question.scale is not None:
            yield Wanted((*path, "scale"), "scale", question.scale, framework.scale_by_id)
        if isinstance(question.reasons, str):
            yield Wanted((*path, "reasons"), "list of reasons", question.reasons, framework.reason_lists)
        if isinstance(question.good, str):
            yield Wanted((*path, "good"), "list of reasons", question.good, framework.reason_lists)
        for inner, name in _named_questions(question):
            yield Wanted((*path, *inner), "question", name, framework.questions)
        for at, theme in enumerate(question.also_in):
            yield Wanted((*path, "also_in", at), "theme", theme, themes)
        for key, name in _date_facts(question):
            yield Wanted((*path, "computed", "on_time", key), "fact", name, framework.fact_by_id)


def _named_questions(question: Question) -> Iterator[tuple[DataPath, str]]:
    """The questions that a question names outside its rules: its prompts, and those whose points it adds up."""
    for at, name in enumerate(question.informed_by):
        yield ("informed_by", at), name
    points = question.computed.points if question.computed else None
    for at, name in enumerate(points.questions if points else ()):
        yield ("computed", "points", "questions", at), name


def _date_facts(question: Question) -> list[tuple[str, str]]:
    measure = question.computed.on_time if question.computed else None
    if measure is None:
        return []
    named = [("start", measure.start), ("done", measure.done)]
    return [*named, ("due", measure.due)] if measure.due else named


def _of_facts_and_tools(framework: Framework) -> Iterator[Wanted]:
    subjects = {subject.id: subject for subject in framework.subjects}
    for field in ("tools", "facts", "populations", "counts", "consistency"):
        for at, item in enumerate(getattr(framework, field)):
            yield Wanted((field, at, "subject"), "kind of subject", item.subject, subjects)
    for at, subject in enumerate(framework.subjects):
        if subject.found_in is not None:
            yield Wanted(("subjects", at, "found_in"), "kind of subject", subject.found_in, subjects)


def _of_figures(framework: Framework) -> Iterator[Wanted]:
    for at, population in enumerate(framework.populations):
        for place, name in enumerate(population.figures):
            yield Wanted(("populations", at, "figures", place), "question", name, framework.questions)
    for at, count in enumerate(framework.counts):
        if count.answered is not None:
            yield Wanted(("counts", at, "answered"), "question", count.answered, framework.questions)
    for at, item in enumerate(framework.consistency):
        if item.unless_note_on is not None:
            yield Wanted(("consistency", at, "unless_note_on"), "question", item.unless_note_on, framework.questions)


def _of_sample(framework: Framework) -> Iterator[Wanted]:
    for at, screening in enumerate(framework.screenings):
        for place, name in enumerate(screening.questions):
            yield Wanted(("screenings", at, "questions", place), "question", name, framework.questions)
    for at, name in enumerate(framework.sample.strata if framework.sample else ()):
        yield Wanted(("sample", "strata", at), "fact", name, framework.fact_by_id)
    if framework.eligibility is not None:
        name = framework.eligibility.start_fact
        yield Wanted(("eligibility", "start_fact"), "fact", name, framework.fact_by_id)


def _other_subjects(framework: Framework) -> Iterator[Fault]:
    """Questions and facts that belong to another subject than what names them."""
    asked: list[tuple[DataPath, str, str]] = []
    for at, population in enumerate(framework.populations):
        asked += [(("populations", at, "figures", p), n, population.subject) for p, n in enumerate(population.figures)]
    asked += [
        (("counts", at, "answered"), c.answered, c.subject) for at, c in enumerate(framework.counts) if c.answered
    ]
    for at, item in enumerate(framework.consistency):
        if item.unless_note_on:
            asked.append((("consistency", at, "unless_note_on"), item.unless_note_on, item.subject))
    for path, name, subject in asked:
        yield from foreign_question(framework, path, name, subject)
    for path, question in placed_questions(framework):
        yield from _of_others(framework, path, question)


def _of_others(framework: Framework, path: DataPath, question: Question) -> Iterator[Fault]:
    """What a question names outside its rules, of another subject or, where points are added up, too late."""
    subject = subject_of(framework, question)
    for key, name in _date_facts(question):
        where = (*path, "computed", "on_time", key)
        yield from foreign_fact(framework, where, name, subject)
    for inner, name in _named_questions(question):
        yield from foreign_question(framework, (*path, *inner), name, subject)


def _screenings(framework: Framework) -> Iterator[Fault]:
    """A screening that asks a question needs the questions that its rules look at."""
    for at, screening in enumerate(framework.screenings):
        chosen = set(screening.questions)
        for place, name in enumerate(screening.questions):
            question = framework.questions.get(name)
            for needed in sorted(needs(question) - chosen) if question else ():
                if needed in framework.questions:
                    path = ("screenings", at, "questions", place)
                    says = (
                        f"The screening asks {quoted(name)} and leaves out {quoted(needed)}, which its rule looks at."
                    )
                    cure = f"Add {needed} to the questions of the screening."
                    yield Fault("framework.screening-leaves-out", path, says, cure)
