"""``caselight reoffending suppress FILE OUT``: hold back what would show that a count is small."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from caselight.cli.progress import progress
from caselight.cli.speaking import say_json, say_table

if TYPE_CHECKING:
    from caselight.engines.suppression.suppressing import Suppressed

COLUMNS = ("number", "value", "lowest", "highest")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--threshold", type=click.IntRange(2, 100), default=10, metavar="N",
              help="Counts of people below N are protected (default: 10).")  # fmt: skip
@click.option(
    "--zeros", type=click.Choice(["shown", "hidden"]), default="shown", help="What is done with counts of nobody."
)
@click.option(
    "--pooled", multiple=True, metavar="YEAR=Q1,Q2", help="A period that is the sum of others; once for each."
)
@click.option("--earlier", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
              help="A table that was released before; once for each.")  # fmt: skip
@click.option("--seconds", type=click.IntRange(0, 86_400), default=60, metavar="N",
              help="How long to look for the least (default: 60).")  # fmt: skip
@click.option("--bounds", is_flag=True, help="Say what an attacker is left with: for you, not for release.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def suppress(file: Path, out: Path, threshold: int, zeros: str, seconds: int, **options: object) -> None:
    """Write the counts of FILE to OUT without those that would show a small one."""
    from caselight.procedures.reoffending.suppressing import Asked, suppress_file

    pooled = {
        year: tuple(parts.split(",")) for year, _, parts in (one.partition("=") for one in _texts(options["pooled"]))
    }
    asked = Asked(threshold, zeros, pooled, [Path(one) for one in _texts(options["earlier"])], seconds)
    with progress(quiet=bool(options["as_json"])) as doing, quiet_solver():
        doing("Looking for the least to hold back")
        found = suppress_file(file, out, asked)
    if options["as_json"]:
        bounds = [{"number": b.key, "value": b.value, "lowest": b.low, "highest": b.high} for b in found.audit]
        say_json({"written": str(out), "held_back": found.hidden, "protected": len(found.audit),
                  "least": found.is_least, "gap": round(found.gap, 4)}
                 | ({"bounds": bounds} if options["bounds"] else {}))  # fmt: skip
        return
    click.echo(
        f"{out} was written. {len(found.hidden)} counts are held back, so that {len(found.audit)} are protected."
    )
    click.echo(_how_near(found))
    if options["bounds"]:
        say_table(COLUMNS, [(b.key, b.value, b.low, "none" if b.high is None else b.high) for b in found.audit],
                  right=frozenset(COLUMNS[1:]))  # fmt: skip


def _how_near(found: Suppressed) -> str:
    if found.is_least:
        return "It is proven that nothing cheaper is safe."
    return (
        f"The time ended before it was proven that nothing cheaper is safe; it costs at most {found.gap:.1%} more than the "
        "least. More --seconds may find better."
    )


def _texts(values: object) -> list[str]:
    return [str(value) for value in values] if isinstance(values, tuple) else []


@contextmanager
def quiet_solver() -> Iterator[None]:
    """What the solver prints by itself goes to the error stream, so that an answer is only the answer."""
    sys.stdout.flush()
    try:
        kept = os.dup(1)
    except OSError:  # there is none
        yield
        return
    os.dup2(2, 1)
    try:
        yield
    finally:
        sys.stdout.flush()
        os.dup2(kept, 1)
        os.close(kept)
