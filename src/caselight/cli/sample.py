"""``caselight sample FOLDER``: draw the sample by its design and seed, or draw it again and compare."""

from __future__ import annotations

from pathlib import Path

import click

from caselight.cli.speaking import say_faults, say_json, say_table


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--remove", "removed", metavar="CASE", default="", help="Remove a case from the sample; a reserve takes its place."
)
@click.option("--reason", default="", metavar="CODE", help="The coded reason for --remove.")
@click.option("--note", default="", metavar="TEXT", help="What happened, for a reason that needs it.")
@click.option("--verify", is_flag=True, help="Draw again and say whether sample.csv is what the design and seed give.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def sample(folder: Path, removed: str, reason: str, note: str, verify: bool, as_json: bool) -> None:
    """Draw the sample of an inspection FOLDER into sample.csv and show it beside the caseload."""
    from caselight.procedures.sampling import draw_sample, remove_case, sample_report, verify_sample

    if bool(removed) != bool(reason):
        raise click.UsageError("--remove and --reason go together.")
    if removed and verify:
        raise click.UsageError("--remove changes the sample and --verify only looks; use one of them.")
    if removed:
        say_faults(remove_case(folder, removed, reason, note))
    elif verify:
        verify_sample(folder)
    else:
        draw_sample(folder)
    report = sample_report(folder)
    if as_json:
        say_json(report)
        return
    click.echo(report["says"])
    say_table(
        ("characteristic", "value", "caseload", "sample", "expected", "difference"),
        [tuple(row.values()) for row in report["representativeness"]],
        right=frozenset({"caseload", "sample", "expected", "difference"}),
    )
