"""A group of commands, each of whose modules is imported only when it is called, so that every start is quick."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click


class Lazy(click.Group):
    """Knows what its commands are called and for, and nothing more until one is called.

    ``says`` is the sentence for each name, in the order of ``--help``. A command stands under its own name in the module
    ``prefix`` + name, and under another name where ``other_modules`` gives it one, such as ``try`` in ``trying``.
    """

    def __init__(self, *args: Any, says: Mapping[str, str], prefix: str, **attributes: Any) -> None:
        self._says, self._prefix = says, prefix
        self._others: Mapping[str, str] = attributes.pop("other_modules", {})
        super().__init__(*args, **attributes)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the work."""
        del ctx
        return list(self._says)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """One command, or None when there is none of that name."""
        del ctx
        if name not in self._says:
            return None
        called = self._others.get(name, name)
        command: click.Command = getattr(import_module(f"{self._prefix}{called}"), called)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands in ``--help``, without importing any of them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(self._says.items()))
