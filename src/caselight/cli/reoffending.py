"""``caselight reoffending``: the group of commands about proven reoffending, each imported only when it is called."""

from __future__ import annotations

from importlib import import_module

import click

COMMANDS = {
    "measures": "List the measures of reoffending, and where each option comes from.",
    "compute": "Count who reoffended, from offence events.",
    "comparators": "Read, check and keep published rates of reoffending.",
    "track": "Follow a service's own reoffending, as known on a day.",
    "link": "Find which records are of one person, and what that does to the rates.",
    "suppress": "Hold back what would show that a count is small.",
    "demo": "Everything about reoffending once through, with invented events.",
}


class Reoffending(click.Group):
    """Loads a command's module when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the work."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """One command, or None when there is none of that name."""
        del ctx
        if name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"caselight.cli.reoffending_{name}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands in ``--help``, without importing any of them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Reoffending)
def reoffending() -> None:
    """Proven reoffending: published rates, and rates computed from offence events."""
