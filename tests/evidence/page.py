"""Writes ``docs/evidence.md`` from the files of one or more runs: each promise with its newest run of each tier.

python -m tests.evidence.page evidence [evidence-tier-2 …]
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[2] / "docs" / "evidence.md"

HEAD = """# Evidence

What Caselight promises, how often each promise was attacked, and what came of it. `./start test --evidence` attacks
each again on your machine (`--tier 2` and `--tier 3` for longer); this page is written from what such runs left behind,
by `python -m tests.evidence.page`.

A zero is never "never". Beside each stands the upper bound that so many trials allow, at 95%: no failure in 500 trials
means fewer than 6 in 1,000. Every run carries a **planted fault**: the same attack against a Caselight that was spoilt
on purpose. A run that does not catch it is void, whatever else it found.
"""


def rows(folders: Iterable[Path]) -> list[Mapping[str, Any]]:
    """For each promise and database, the last run named of each tier, in the order of the promises, the highest tier first."""
    last: dict[tuple[str, str, int], Mapping[str, Any]] = {}
    for folder in folders:
        for file in sorted(folder.glob("[rs][0-9]*-*.json")):
            row = json.loads(file.read_text("utf-8"))
            last[row["promise"], row["database"], row["tier"]] = row
    return [
        last[key] for key in sorted(last, key=lambda key: (key[0][0], int(key[0][1:]), key[1] != "sqlite", -key[2]))
    ]


def page(found: Iterable[Mapping[str, Any]]) -> str:
    """The page as Markdown."""
    found = list(found)
    lines = [HEAD, "## In short", ""]
    lines += [
        "| | Promise | Database | Trials | Failures | Fewer than | Planted fault caught |",
        "|---|---|---|--:|--:|--:|---|",
    ]
    highest = {(row["promise"], row["database"]): row for row in reversed(found)}
    lines += [_line(row) for row in found if row is highest[row["promise"], row["database"]]]
    lines += ["", "## One by one", ""]
    for promise in dict.fromkeys(row["promise"] for row in found):
        lines += _section([row for row in found if row["promise"] == promise])
    return "\n".join(lines).rstrip("\n") + "\n"


def _line(row: Mapping[str, Any]) -> str:
    planted = row["planted"]
    caught = f"{planted['caught']:,} of {planted['trials']:,}" + (" – **void**" if row["void"] else "")
    return (
        f"| {row['promise']} | {row['says']} | {_called(row)} | {row['trials']:,} | {row['failures']:,} "
        f"| {row['upper_bound_95']:.2g} | {caught} |"
    )


def _section(of: list[Mapping[str, Any]]) -> list[str]:
    now = of[-1]  # the lowest tier is run most often
    lines = [f"### {now['promise']}: {now['says']}", "", f"Planted: {now['planted']['fault'].rstrip('.')}.", ""]
    for row in of:
        figures = "; ".join(f"{name}: {_number(value)}" for name, value in sorted(row["figures"].items()))
        lines.append(
            f"- {_called(row)}: tier {row['tier']}, {row['date']}, {row['machine']}, seed {row['seed']}, "
            f"commit {row['commit'][:10]}, {row['seconds']} s; {row['failures']:,} of {row['trials']:,}."
            + (f" {figures}." if figures else "")
        )
    if now["not_modelled"]:
        lines += ["", f"Not modelled: {now['not_modelled']}"]
    return [*lines, ""]


def _called(row: Mapping[str, Any]) -> str:
    return {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[row["database"]]


def _number(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_number(one)}" for name, one in sorted(value.items()))
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def main() -> None:
    """Write the page from the folders named; without a single file there, leave it as it is."""
    parser = argparse.ArgumentParser(prog="python -m tests.evidence.page", description=__doc__)
    parser.add_argument("folder", nargs="*", type=Path, default=[Path("evidence")])
    found = rows(parser.parse_args().folder)
    if not found:
        parser.error("no file of a run is there, so the page is left as it is")
    PAGE.write_text(page(found), "utf-8")


if __name__ == "__main__":
    main()
