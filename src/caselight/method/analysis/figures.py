"""Every figure of an inspection, keyed, with its cases, its interval and the digest of the answers behind it.

Shares per question and per declared population, counts, published statistics and the facts of the inspection. Figures
are computed from a :class:`Package` and from nothing else, so that the same package gives the same figures anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from caselight.method.analysis.digest import with_basis
from caselight.method.analysis.examined import Examined
from caselight.method.analysis.figure import Figure, Figures
from caselight.method.analysis.measures import Measures
from caselight.method.analysis.ratings import Ratings
from caselight.method.analysis.tallies import Cells, count, reasons, tally, why_not_relevant
from caselight.method.framework.definition import Count, Framework, Population
from caselight.method.framework.questions import Question
from caselight.method.framework.rules import references
from caselight.method.inspection.package import External, Package
from caselight.method.reoffending.cited import Comparator


def figures(package: Package, language: str | None = None, *, examined: Examined | None = None) -> Figures:
    """Every figure of the inspection, by key, in the order of the framework."""
    seen = examined or Examined(package, language or package.inspection.languages[0])
    found: dict[str, Figure] = {}
    for figure in (*_counts(seen), *_shares(seen), *_scores(seen), *_published(package), *_facts(package)):
        found[figure.key] = with_basis(figure, package)
    return found


def _scores(seen: Examined) -> Iterable[Figure]:
    """The measures, then the ratings that rest on them."""
    measures = Measures(seen)
    yield from measures.figures()
    yield from Ratings(measures).figures()


def _shares(seen: Examined) -> Iterable[Figure]:
    framework = seen.package.framework
    by_figure: dict[str, list[Population]] = {}
    for population in framework.populations:
        for name in population.figures:
            by_figure.setdefault(name, []).append(population)
    for question in framework.asked(seen.package.inspection.framework.screening):
        if question.kind in ("judgement", "computed") and not (question.computed and question.computed.points):
            yield share(question, seen)
            for population in by_figure.get(question.id, ()):
                yield share(question, seen, population)


def share(question: Question, seen: Examined, population: Population | None = None) -> Figure:
    """The share of relevant subjects for which a question was sufficient, in the sample or in a sub-population.

    A question with a data-only scale has a figure whose answers count as nothing: it is not a share of anything.
    """
    framework, language = seen.package.framework, seen.language
    kind = framework.subject_of(question)
    group = seen.group(question)
    cells: Cells = tally(question.id, group, population.where) if population else tally(question.id, group)
    scale = framework.scale_by_id.get(question.scale or "")
    polarity = question.polarity or (scale.polarity if scale else "sufficient")
    figure = Figure(
        key=f"{question.id}@{population.id}" if population else question.id,
        kind="share" if kind == framework.subjects[0].id or framework.subject_by_id[kind].found_in else "people",
        label=question.short.in_(language) + (f" ({population.label.in_(language)})" if population else ""),
        definition=question.text.in_(language),
        theme=framework.theme_of[question.id].id,
        subject=kind,
        question=question.id,
        where=population.label.in_(language) if population else "",
        cells=cells,
        adverse=polarity == "adverse",
        sample_size=len(group),
        describes=question.describes or (population is not None and _describes(population, framework)),
    )
    shown = set(_keys(cells, "not_relevant_by_rule", "not_relevant_by_inspector"))
    why = why_not_relevant(question, (sheet for sheet in group if sheet.subject.key in shown), language)
    failed = reasons(question, group, _keys(cells, "insufficient"), language)
    interval = seen.bases.interval(question, population.where if population else None, figure)
    return replace(figure, why=why, reasons=failed, interval=interval)


def _keys(cells: Cells, *names: str) -> list[str]:
    return [key for name, keys in cells.items() if name in names for key in keys]


def _counts(seen: Examined) -> Iterable[Figure]:
    for item in seen.package.framework.counts:
        yield _count(item, seen)


def _count(item: Count, seen: Examined) -> Figure:
    group = seen.sheets[item.subject]
    label = item.label.in_(seen.language)
    return Figure(
        key=item.id,
        kind="count",
        label=label,
        definition=label,
        subject=item.subject,
        cells=count(item.where, group, item.answered),
        sample_size=len(group),
        describes=_describes(item, seen.package.framework),
    )


def _describes(group: Count | Population, framework: Framework) -> bool:
    """Whether a group describes children: it is marked, or its rule looks at a fact or a question that is."""
    return group.describes or any(
        framework.fact_by_id[name].describes if kind == "fact" else framework.questions[name].describes
        for kind, name in references(group.where)
    )


def _published(package: Package) -> Iterable[Figure]:
    languages = package.inspection.languages
    found = [published_figure(row) for row in package.external]
    found += [comparator_figure(one, languages) for one in package.comparators]
    yield from sorted(found, key=lambda figure: figure.key)


def published_figure(row: External) -> Figure:
    """A published statistic, or a comparison that its source states without numbers, as a figure."""
    return Figure(
        key=row.key,
        kind=row.kind,
        label=row.label,
        definition=row.measure,
        subject="",
        value=row.value,
        measure=row.measure,
        cohort=row.cohort,
        source=row.source,
        published=row.published,
        direction=row.direction,
        where=row.area,
        origin="external.csv",
        text={"footnote": row.footnote, "about": "|".join(row.about)},
    )


def comparator_figure(one: Comparator, languages: Sequence[str]) -> Figure:
    """A published cell as a figure, with the note of its measure in the first language, and in others that have their own."""
    cell, first = one.cell, one.footnote(languages[0])
    notes = {f"footnote.{language}": one.footnote(language) for language in languages[1:]}
    return Figure(
        key=one.key,
        kind="stated_direction" if one.direction else "external",
        label=one.label,
        definition=cell.measure,
        subject="",
        value=one.value,
        measure=cell.measure,
        cohort=cell.cohort.name,
        source=cell.provenance.publisher,
        published=cell.provenance.published,
        direction=one.direction,
        where=cell.area.name,
        origin="comparators.csv",
        text={"footnote": first, "about": "|".join(one.about)}
        | {name: note for name, note in notes.items() if note != first},
    )


def _facts(package: Package) -> Iterable[Figure]:
    inspection = package.inspection
    dates, service = inspection.dates, inspection.service
    said = {
        "service": service.name,
        "service-short": service.short,
        "noun": service.noun,
        "fieldwork": f"{dates.fieldwork_from.isoformat()}/{dates.fieldwork_to.isoformat()}",
        "announced": dates.announced.isoformat(),
        "published": dates.published.isoformat() if dates.published else "",
        "eligible": str(eligible) if (eligible := sum(case.eligible for case in package.caseload)) else "",
        "lead-inspector": next((member.name for member in inspection.team if member.role == "lead_inspector"), ""),
    }
    for name, value in said.items():
        yield Figure(key=f"fact.{name}", kind="fact", label=name, subject="", text={"value": value})
