"""``caselight reoffending``: the group of commands about proven reoffending, each imported only when it is called."""

from __future__ import annotations

import click

from caselight.cli.lazy import Lazy

COMMANDS = {
    "measures": "List the measures of reoffending, and where each option comes from.",
    "compute": "Count who reoffended, from offence events.",
    "comparators": "Read, check and keep published rates of reoffending.",
    "track": "Follow a service's own reoffending, as known on a day.",
    "link": "Find which records are of one person, and what that does to the rates.",
    "suppress": "Hold back what would show that a count is small.",
    "demo": "Everything about reoffending once through, with invented events.",
}


@click.group(cls=Lazy, says=COMMANDS, prefix="caselight.cli.reoffending_")
def reoffending() -> None:
    """Proven reoffending: published rates, and rates computed from offence events."""
