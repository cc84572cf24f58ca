"""``caselight sample FOLDER``: plan, draw, or verify the samples of an inspection by their designs and seeds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from caselight.cli.speaking import say_faults, say_json, say_table

NUMBERS = frozenset({"caseload", "sample", "expected", "difference", "size", "shared"})


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--design", metavar="NAME", default=None, help="Only this design; without it, all of the inspection's.")
@click.option("--plan", is_flag=True, help="Show size, precision and parts of the designs, and draw nothing.")
@click.option(
    "--share", "shares", metavar="PERCENT", multiple=True, help="Show the precision for this share too, such as 85%."
)
@click.option(
    "--remove", "removed", metavar="CASE", default="", help="Remove a case from the sample; a reserve takes its place."
)
@click.option("--reason", default="", metavar="CODE", help="The coded reason for --remove.")
@click.option("--note", default="", metavar="TEXT", help="What happened, for a reason that needs it.")
@click.option(
    "--verify", is_flag=True, help="Draw again and say whether what is stored is what designs and seeds give."
)
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def sample(  # noqa: PLR0913 - one for each option
    folder: Path,
    design: str | None,
    plan: bool,
    shares: tuple[str, ...],
    removed: str,
    reason: str,
    note: str,
    verify: bool,
    as_json: bool,
) -> None:
    """Draw the sample of an inspection FOLDER into sample.csv and show it beside the caseload."""
    from caselight.procedures.sample_report import plan_report, sample_report
    from caselight.procedures.sampling import draw_sample, remove_case, verify_sample

    if bool(removed) != bool(reason):
        raise click.UsageError("--remove and --reason go together.")
    if sum((bool(removed), verify, plan)) > 1:
        raise click.UsageError("--remove changes the sample, --verify and --plan only look; use one of them.")
    asked = [_share(share) for share in shares]
    if plan:
        _say(plan_report(folder, design, asked), as_json=as_json)
        return
    if removed:
        say_faults(remove_case(folder, removed, reason, note, design=design))
    elif verify:
        verify_sample(folder, design)
    else:
        say_faults(draw_sample(folder, design))
    _say(sample_report(folder, design, asked), as_json=as_json)


def _share(text: str) -> Any:
    from caselight.method.framework.measures import exact

    try:
        share = exact(text if text.endswith("%") else f"{text}%")
    except ValueError:
        share = None
    if share is None or not 0 < share < 1:
        raise click.UsageError(f"--share {text[:20]} is no share between 0% and 100%.")
    return share


def _say(report: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        say_json(report)
        return
    click.echo(report["says"])
    for inner in report.get("designs", ()):
        click.echo()
        _say(inner, as_json=False)
    for words in report.get("faults", ()):
        click.echo(words)
    for name in ("representativeness", "parts", "sizes", "precision"):
        _say_rows(report.get(name, ()))
    _say_rows(report.get("overlap", {}).get("pairs", ()))


def _say_rows(rows: Any) -> None:
    if rows:
        say_table(tuple(rows[0]), [tuple(row.values()) for row in rows], right=NUMBERS)
