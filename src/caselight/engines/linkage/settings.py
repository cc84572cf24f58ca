"""A model as settings of Splink, made anew each time: saved settings hold the SQL of one database and fail on another."""

from __future__ import annotations

from typing import Any

from caselight.method.reoffending.weighing import BLOCKS, Comparison, Model, Purpose, Step


def settings(model: Model, rounds: int) -> Any:
    """What Splink compares, with the model's numbers, and how many rounds it may train. Term frequencies are off: they change with every delivery."""
    from splink import SettingsCreator, block_on

    return SettingsCreator(
        link_type="dedupe_only" if model.purpose is Purpose.RECORDS else "link_only",
        comparisons=[_comparison(comparison) for comparison in model.comparisons],
        blocking_rules_to_generate_predictions=[block_on(*block) for block in BLOCKS[model.purpose]],
        probability_two_random_records_match=model.prior,
        max_iterations=rounds,
        unique_id_column_name="record_id",
        retain_matching_columns=False,  # no name in what it answers
    )


def _comparison(comparison: Comparison) -> Any:
    import splink.comparison_level_library as levels
    import splink.comparison_library as library

    return library.CustomComparison(
        [levels.NullLevel(comparison.column), *(_level(step) for step in comparison.steps)],
        output_column_name=comparison.column,
    )


def _level(step: Step) -> Any:
    import splink.comparison_level_library as levels

    if step.edits is None:
        level: Any = levels.ElseLevel()
    elif step.edits == 0:
        level = levels.ExactMatchLevel(step.column)
    else:
        level = levels.LevenshteinLevel(step.column, step.edits)
    return level.configure(m_probability=step.m, u_probability=step.u)
