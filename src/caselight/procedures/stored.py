"""An inspection of the store as one value: the same that its folder would give, so that the same figures follow."""

from __future__ import annotations

from dataclasses import replace

from caselight.formats.garbage import uncollected
from caselight.formats.package.layout import FRAMEWORK
from caselight.method.inspection.definition import Inspection
from caselight.method.inspection.facts import with_facts
from caselight.method.inspection.package import Package
from caselight.store.assessments import queries as assessments
from caselight.store.caseloads.queries import caseload_of, subjects_of
from caselight.store.frameworks.queries import files_of, framework_of
from caselight.store.improvement.queries import actions_of
from caselight.store.inspections.queries import carried_files, carried_tables, inspection_of
from caselight.store.reports.comparators import comparators_of
from caselight.store.reports.decisions import decisions_of, words_of
from caselight.store.reports.queries import accepted_of, external_of, letters_of
from caselight.store.samples.designs import with_chosen
from caselight.store.samples.queries import sample_of, sampling_of


def store_package(key: str) -> Package:
    """The whole inspection, without names. Raises ``store.no-inspection``.

    Equal to what :func:`caselight.formats.package.reading.read_package` gives for the folder it came from.
    """
    package = as_recorded(key)
    subjects = with_facts(package.subjects, package.caseload, package.counted, package.framework)
    return replace(package, subjects=subjects)


def as_recorded(key: str) -> Package:
    """The inspection as its tables hold it: subjects without the facts that follow from the caseload and the events."""
    with uncollected():
        kept = inspection_of(key)
        framework = framework_of(kept.framework)
        letters = letters_of(key)
        return Package(
            _with_decisions(key, kept.definition),
            framework,
            subjects=subjects_of(key),
            caseload=caseload_of(key, framework),
            sample=sample_of(key),
            sampling=sampling_of(key),
            events=tuple(sorted(assessments.events(key))),
            locators=tuple(sorted(assessments.locators(key), key=lambda row: (row.op_id, row.document, row.where))),
            excerpts=tuple(sorted(assessments.excerpts(key), key=lambda row: row.key)),
            external=external_of(key),
            comparators=comparators_of(key),
            actions=actions_of(key),
            holidays=kept.holidays,
            accepted=accepted_of(key),
            letters={language: letters[language] for language in kept.definition.languages if language in letters},
            migrated=tuple(sorted(assessments.migrated(key), key=lambda row: row.op_id)),
            tables=carried_tables(key, beside=False),
            extra=carried_tables(key, beside=True),
        )


def _with_decisions(key: str, definition: Inspection) -> Inspection:
    """The definition with the decisions of the letter that were taken in the store; a newer one takes the place."""
    definition = with_chosen(key, definition)
    decided = {one.figure: one for one in (*definition.decisions, *decisions_of(key))}
    words = {one.word: one for one in (*definition.accepted_words, *words_of(key))}
    return definition.model_copy(update={"decisions": (*decided.values(),), "accepted_words": (*words.values(),)})


def files_in_store(key: str) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The files that are kept as they are, by path; and those of the framework, by their path inside its folder."""
    inside = f"{FRAMEWORK}/"
    kept = carried_files(key)
    own = {name.removeprefix(inside): content for name, content in kept.items() if name.startswith(inside)}
    others = {name: content for name, content in kept.items() if not name.startswith(inside)}
    return others, own or files_of(inspection_of(key).framework)
