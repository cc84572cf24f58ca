"""Records linked from file to file: a first time at two thresholds, beside known persons, or with a history elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from caselight.engines.linkage import linking as engine
from caselight.formats.files import read_text, write_whole
from caselight.formats.linkage_files import read_linked, read_records, write_linked, write_undecided
from caselight.formats.offence_events.mapping import read_mapping
from caselight.formats.offence_events.reading import read_delivery
from caselight.method.faults import Fault, Place, Severity, stop
from caselight.method.reoffending.linked_rates import Asked, Effect, effect
from caselight.method.reoffending.linking import Linked, Pair, Record, Thresholds, clusters, kept
from caselight.method.reoffending.measures import measure
from caselight.method.reoffending.months import windows
from caselight.method.reoffending.placing import Undecided, Why, place
from caselight.method.reoffending.weighing import Model, Purpose, model_from, score, score_between


@dataclass(frozen=True, slots=True)
class Job:
    """The thresholds, the day, the seed of training, and the files: a kept model, a former result, a history."""

    thresholds: Thresholds
    on: date
    seed: int = engine.SEED
    model: Path | None = None
    known: Path | None = None
    history: Path | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What is kept, the model, who waits for a decision, warnings, and how many records joined and are of nobody known.

    ``fewer`` and ``more`` are the persons at the upper and the lower threshold of a first linkage.
    """

    linked: tuple[Linked, ...]
    model: Model
    undecided: tuple[Undecided, ...]
    faults: tuple[Fault, ...]
    records: int
    joined: int = 0
    new: int = 0
    fewer: Mapping[str, str] | None = None
    more: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Output:
    """The files to be written: the links, and, where they are asked for, the model and those to be decided."""

    linked: Path
    model: Path | None = None
    undecided: Path | None = None


@dataclass(frozen=True, slots=True)
class Events:
    """Offence events whose persons are ids of records: the file, its mapping, the measure, its cohorts, the extract."""

    file: Path
    mapping: Path | None
    measure: str
    first: date
    last: date
    as_of: date


def link(source: Path, job: Job) -> Done:
    """Link the records of a file, as the job says. Raises the faults of its files, and ``reoffending.extra-missing``."""
    records, faults = read_records(source)
    if job.history is not None:
        return _history(records, faults, job, job.history)
    return _first(records, faults, job) if job.known is None else _beside(records, faults, job, job.known)


def keep(done: Done, output: Output) -> None:
    """Write what came out, each file whole; the links last."""
    if output.model is not None:
        write_whole(output.model, done.model.as_json().encode())
    if output.undecided is not None:
        write_undecided(output.undecided, done.undecided)
    write_linked(output.linked, done.linked)


def shown(done: Done, events: Events) -> tuple[Effect, list[Fault]]:
    """What a first linkage does to the rates, and what was wrong with the rows of the events."""
    delivery = read_delivery(events.file, read_mapping(events.mapping), events.as_of)
    by = measure(events.measure)
    asked = Asked(by, windows(by.window, events.first, events.last), events.as_of)
    found = effect([one.event for one in delivery.known], done.fewer or {}, done.more or {}, asked)
    return found, list(delivery.faults)


def _model(job: Job, purpose: Purpose, *tables: Sequence[Record]) -> Model:
    if job.model is None:
        return engine.train(*tables, seed=job.seed)
    model = model_from(read_text(job.model, job.model.name), job.model.name)
    if model.purpose is not purpose:
        says = f"The model is for {model.purpose}, and {purpose} are to be linked."
        stop(Fault("reoffending.bad-model", (job.model.name,), says, "Give a model of this purpose, or train again."))
    return model


def _first(records: Sequence[Record], faults: Sequence[Fault], job: Job) -> Done:
    model, both = _model(job, Purpose.RECORDS, records), job.thresholds
    pairs = engine.score(model, records, least=both.lower)
    names = [record.id for record in records]
    fewer, more = clusters(names, pairs, both.upper), clusters(names, pairs, both.lower)
    linked = (*kept(fewer, model.id, both.upper, job.on), *kept(more, model.id, both.lower, job.on))
    waits = tuple(
        Undecided(pair.other, Why.BETWEEN, (fewer[pair.one],), pair.probability)
        for pair in pairs
        if fewer[pair.one] != fewer[pair.other]
    )
    new = len(set(fewer.values()))
    return Done(linked, model, waits, tuple(faults), len(records), len(records) - new, new, fewer, more)


def _beside(records: Sequence[Record], faults: Sequence[Fault], job: Job, former: Path) -> Done:
    """New records beside known persons, scored in plain Python; what is known is written again as it was."""
    before = read_linked(former, job.thresholds.upper)
    known = {one.record: one.person for one in before}
    model = _model(job, Purpose.RECORDS, records)
    old, new = ([r for r in records if (r.id in known) is there] for there in (True, False))
    pairs = [*score(model, new), *score_between(model, old, new)]
    found = place([record.id for record in new], pairs, known, job.thresholds)
    linked = (*before, *kept({**found.joined, **found.begun}, model.id, job.thresholds.upper, job.on))
    said = (*faults, *_not_there(former, len(known) - len(old)))
    begun = len(set(found.begun.values()))
    return Done(linked, model, found.undecided, said, len(new), len(found.joined), begun)


def _not_there(former: Path, number: int) -> list[Fault]:
    """The warning that new records could not be compared with all who are known."""
    says = f"Of the known records, {number} are not among those given, so that new ones were not compared with them."
    cure = "Give the known records too; otherwise somebody known may begin anew."
    fault = Fault("reoffending.known-missing", (former.name,), says, cure, Severity.WARNING, Place(former.name))
    return [fault] if number else []


def _history(records: Sequence[Record], faults: Sequence[Fault], job: Job, history: Path) -> Done:
    """The records of a history, each with the one person whom it matches; the others are of nobody known."""
    others, more_faults = read_records(history)
    twice = {record.id for record in records} & {record.id for record in others}
    if twice:
        says = f"{len(twice)} ids of records stand in both files."
        stop(Fault("reoffending.record-repeated", (history.name,), says, "Give every record an id of its own."))
    former = read_linked(job.known, job.thresholds.upper) if job.known else []
    known = {record.id: record.id for record in records} | {one.record: one.person for one in former}
    model = _model(job, Purpose.HISTORY, records, others)
    pairs: list[Pair] = engine.score(model, records, others, least=job.thresholds.lower)
    found = place([record.id for record in others], pairs, known, job.thresholds)
    linked = tuple(kept(found.joined, model.id, job.thresholds.upper, job.on))
    return Done(linked, model, found.undecided, (*faults, *more_faults), len(others), len(found.joined), len(found.begun))  # fmt: skip
