"""The trace: the only way from a letter's source to something that may be written out.

Composes the blocks, binds every phrase to figures, and runs all seven groups of checks. What cannot be bound is an
error and there is no letter; what merely keeps a draft from being published is kept with it, in ``faults``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from caselight.method.analysis.figure import Figures
from caselight.method.faults import Fault, Place, refuse
from caselight.method.report.amounts import PUBLISHED, fact_in_words
from caselight.method.report.binding import Binder, BoundBlock
from caselight.method.report.compose import Composer, Placed
from caselight.method.report.context import Context
from caselight.method.report.letter import Letter
from caselight.method.report.lint.arithmetic import (
    complements_without_their_figure,
    implausible_years,
    texts_with_dates,
)
from caselight.method.report.lint.evidence import evidence_faults
from caselight.method.report.lint.grades import unbound_grades
from caselight.method.report.lint.measures import mixed_measures
from caselight.method.report.lint.names import alias_faults, known_names, name_faults, unchecked_names
from caselight.method.report.lint.neighbours import modified_phrases
from caselight.method.report.lint.quantities import unbound_dates, unbound_quantities
from caselight.method.report.lint.small_numbers import small_number_faults
from caselight.method.report.lint.stale import stale_faults, with_acceptance
from caselight.method.report.lint.unwritten import unwritten
from caselight.method.report.lint.words import words_claim
from caselight.method.report.notes import footnoted
from caselight.method.report.reached import Step, decided_by, reached_steps
from caselight.method.report.traced import Claim, Passage, Recipient, TracedLetter
from caselight.method.wording.amounts import Refusal
from caselight.method.wording.quantifiers import scale_table


def trace(letter: Letter, context: Context) -> TracedLetter:
    """A letter bound to its figures. Raises :class:`Faults` with all that could not be bound.

    Faults that stop a publication and not a draft are in the result.
    """
    composer, binder = Composer(context), Binder(context)
    placed = tuple(composer.placed(letter))
    blocks = tuple(binder.bound(block) for block in placed)
    bound = [claim for block in blocks for claim in block.claims]
    claims = with_acceptance([*bound, words_claim(placed, context)], context.accepted)
    traced = _assembled(blocks, claims, context)
    found = [*composer.faults, *binder.faults, *_checks(placed, blocks, claims, traced, context), *_unsaid(context)]
    refuse(found)
    return replace(traced, faults=tuple(found))


def _checks(
    placed: Sequence[Placed],
    blocks: Sequence[BoundBlock],
    claims: Sequence[Claim],
    traced: TracedLetter,
    context: Context,
) -> Iterator[Fault]:
    yield from unwritten(placed)
    yield from unbound_quantities(placed, context.words, context.framework.letter.allowed)
    yield from unbound_dates(placed, context)
    yield from unbound_grades(placed, context)
    yield from modified_phrases(placed, context.words)
    yield from mixed_measures(blocks, context)
    yield from complements_without_their_figure([block.claims for block in blocks])
    dated = [block.placed.place for block in blocks if block.placed.kind != "title"]
    yield from implausible_years(texts_with_dates(traced.passages, dated, context), context)
    yield from evidence_faults(placed, claims, context)
    yield from _names(blocks, traced, context)
    yield from small_number_faults(claims, context)
    yield from stale_faults(claims, context)


def _names(blocks: Sequence[BoundBlock], traced: TracedLetter, context: Context) -> Iterator[Fault]:
    months = [month for language in context.framework.wording.values() for month in language.months]
    names = known_names(
        context.identities, months, (word.word for word in context.inspection.accepted_words), prose=True
    )
    texts = [(block.placed.place, "".join(span.text for span in block.spans)) for block in blocks]
    texts += [(Place("inspection.yaml"), " ".join((label, value))) for label, value in traced.header]
    texts += [(Place("external.csv"), note.text) for note in traced.footnotes]
    texts += [(Place("answers.csv"), words) for steps in traced.reached.values() for _, words in steps]
    yield from name_faults(texts, names)
    yield from alias_faults(context.excerpts.values(), names)
    yield from unchecked_names(context)


def _assembled(blocks: Sequence[BoundBlock], claims: Sequence[Claim], context: Context) -> TracedLetter:
    titles = [block for block in blocks if block.placed.kind == "title"]
    title = "".join(span.text for span in titles[0].spans) if titles else context.inspection.title
    passages, footnotes = footnoted([_passage(b) for b in blocks if b.placed.kind != "title"], claims, context)
    inspection, language = context.inspection, context.language
    published = inspection.dates.published
    return TracedLetter(
        language=language,
        title=title,
        service=inspection.service.name,
        subject=context.framework.title.in_(language),
        published=published.isoformat() if published else "",
        banner=inspection.banner.in_(language) if inspection.banner else "",
        header=tuple(_header(context)),
        passages=passages,
        claims=tuple(claims),
        figures=_as_printed(context),
        used=tuple(dict.fromkeys(key for claim in claims for key in claim.keys)),
        footnotes=footnotes,
        copy_list=tuple(_copy_list(context)),
        themes=tuple(_themes(context)),
        labels={name: text.in_(language) for name, text in context.framework.letter.labels.items()},
        scale=scale_table(context.words),
        basis=f"{context.framework.id} {context.framework.version}",
        decisions={
            decision.figure: f"{decision.by}, {decision.on.isoformat()}: {decision.reason}"
            for decision in inspection.decisions
        },
        reached={key: tuple((step.about, step.words) for step in steps) for key, steps in _reached(context)},
    )


def _as_printed(context: Context) -> Figures:
    """The figures, with a name or a role in place of the key of whoever decided about a rating."""
    decided = [figure for figure in context.figures.values() if figure.reached and figure.reached.decided_by]
    named = {figure.key: replace(figure, reached=replace(figure.reached, decided_by=decided_by(figure, context)))
             for figure in decided if figure.reached}  # fmt: skip
    return {**context.figures, **named} if named else context.figures


def _reached(context: Context) -> Iterator[tuple[str, tuple[Step, ...]]]:
    """How each rating was reached, in words, for those that the language has words for."""
    for figure in context.figures.values():
        steps = reached_steps(figure, context) if figure.reached else ()
        if steps and not isinstance(steps, Refusal):
            yield figure.key, steps


def _unsaid(context: Context) -> Iterator[Fault]:
    """The first rating that cannot be explained, because its language lacks a template."""
    refusals = (reached_steps(figure, context) for figure in context.figures.values() if figure.reached)
    refusal = next((one for one in refusals if isinstance(one, Refusal)), None)
    if refusal is not None:
        yield Fault(refusal.code, ("letter",), refusal.says, refusal.cure, place=Place("framework"))


def _passage(block: BoundBlock) -> Passage:
    placed = block.placed
    return Passage(placed.kind, block.spans, placed.anchor, placed.section, placed.level, placed.number, placed.fixed)


def _header(context: Context) -> Iterator[tuple[str, str]]:
    """The labelled lines at the head of the letter; the publication date comes last where it is not given."""
    labels = context.framework.letter.labels
    for line in context.inspection.header:
        yield labels[line.label].in_(context.language) if line.label in labels else line.label, line.text
    date = fact_in_words(context.figures["fact.published"], context)
    if date and "publication_date" in labels:
        yield labels["publication_date"].in_(context.language), date


def _copy_list(context: Context) -> Iterator[Recipient]:
    roles = context.framework.letter.copy_roles
    for line in context.inspection.distribution:
        role = roles[line.role].in_(context.language) if line.role in roles else line.role
        yield Recipient(f"{role} ({line.area})" if line.area else role, line.names)


def _themes(context: Context) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    shown = [figure for figure in context.figures.values() if figure.kind not in (*PUBLISHED, "fact")]
    for theme in context.framework.themes:
        keys = tuple(figure.key for figure in shown if figure.theme == theme.id)
        if keys:
            yield theme.id, theme.title.in_(context.language), keys
