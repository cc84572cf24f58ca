"""``caselight tally FOLDER``: every question as n of d, with what is not relevant, unanswered and contested.

Measures and ratings follow in tables of their own, where the framework has them.
"""

from __future__ import annotations

from pathlib import Path

import click

from caselight.cli.speaking import say_json, say_table

COLUMNS = ("figure", "what", "sufficient", "relevant", "not relevant", "unanswered", "contested", "95% interval")
NUMBERS = frozenset(COLUMNS[2:7])
MEASURES = ("measure", "what", "of", "value", "reached by", "made from")
RATINGS = ("rating", "what", "grade", "by the rule", "value", "discretion", "chance of another")


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--theme", default="", metavar="ID", help="Only the questions of one theme.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def tally(folder: Path, theme: str, as_json: bool) -> None:
    """Count every question of an inspection FOLDER."""
    from caselight.procedures.counting import tallied

    figures = tallied(folder, theme)
    if as_json:
        from caselight.formats.tables.json import interval_as_data

        say_json({"figures": [{**_as_data(f), "interval": interval_as_data(f.interval)} for f in figures]})
        return
    say_table(COLUMNS, [_row(f) for f in figures if f.kind not in ("score", "rating")], right=NUMBERS)
    for columns, rows in (
        (MEASURES, [_measure(f) for f in figures if f.number]),
        (RATINGS, [_rating(f) for f in figures if f.reached]),
    ):
        if rows:
            click.echo()
            say_table(columns, rows)


def _as_data(figure) -> dict[str, object]:  # type: ignore[no-untyped-def]
    from caselight.formats.tables.rated import number_as_data, reached_as_data

    about = {"key": figure.key, "kind": figure.kind, "label": figure.label, "theme": figure.theme}
    if figure.number:
        return {**about, "number": number_as_data(figure.number)}
    if figure.reached:
        return {**about, "reached": reached_as_data(figure.reached)}
    names = ("sufficient", "relevant", "not_relevant", "unanswered", "contested")
    return {**about, **{name: getattr(figure, name) for name in names}}


def _measure(figure) -> tuple[object, ...]:  # type: ignore[no-untyped-def]
    number = figure.number
    ratio = f"{_shown(number.n)} of {_shown(number.d)}" if number.n is not None and number.d is not None else ""
    value = "none" if number.value is None else _shown(number.value, percent=number.percent)
    return figure.key, figure.label, ratio if number.way != "mean" else "", value, number.way, ", ".join(number.of)


def _rating(figure) -> tuple[object, ...]:  # type: ignore[no-untyped-def]
    reached = figure.reached
    grade = reached.label(reached.grade) or reached.state.replace("_", " ")
    by_rule = reached.label(reached.provisional)
    value = "" if reached.value is None else _shown(reached.value, percent=reached.percent)
    value += f" of {reached.maximum}" if reached.maximum is not None else ""
    discretion = "" if reached.discretion is None else ", ".join(reached.discretion) or "closed"
    chance = "" if reached.chance is None else f"{reached.chance:.0%}"
    return figure.key, figure.label, grade, by_rule, value, discretion, chance


def _shown(value, *, percent: bool = False) -> str:  # type: ignore[no-untyped-def]
    from caselight.method.report.scores import shortest

    return f"{shortest(value * 100)}%" if percent else shortest(value, places=2)


def _row(figure) -> tuple[object, ...]:  # type: ignore[no-untyped-def]
    interval = figure.interval
    shown = f"{interval.low:.2f} to {interval.high:.2f}" if interval and interval.low is not None else "none"
    if figure.kind == "count":
        return figure.key, figure.label, figure.sufficient, "", "", figure.unanswered or "", "", ""
    return (
        figure.key,
        figure.label,
        figure.sufficient,
        figure.relevant,
        figure.not_relevant,
        figure.unanswered,
        figure.contested,
        shown,
    )
