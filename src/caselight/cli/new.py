"""``caselight new``: a new inspection folder with its framework inside, or a new framework to write in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from caselight.cli.speaking import say_json


@click.group()
def new() -> None:
    """Begin something new: an inspection folder, or a framework."""


@new.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--framework",
    "framework",
    required=True,
    metavar="ID",
    help="The framework: the name of a shipped pack (sqs), or a folder that holds one.",
)
@click.option("--service", default="", help="The full name of the inspected service.")
@click.option("--local", is_flag=True, help="A local audit: a service looks at its own cases, ten at a time.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def inspection(folder: Path, framework: str, service: str, local: bool, as_json: bool) -> None:
    """Make FOLDER into a new inspection: every file of the package, the framework, and its starting letter if it has one."""
    from caselight.procedures.beginning import new_inspection

    files = new_inspection(folder, framework, service, local=local)
    next_ = f"fill in {folder / 'inspection.yaml'} and caseload.csv, then run: caselight check {folder}"
    _say(folder, files, next_, as_json=as_json)


@new.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", default="", help="The title of the framework; without it, the name of the folder.")
@click.option(
    "--language",
    "languages",
    multiple=True,
    metavar="CODE",
    help="A language of its texts, such as en or cy. Give it once for each language, the main one first.",
)
@click.option(
    "--from", "source", default="", metavar="ID", help="Copy this framework instead: a shipped pack, or a folder."
)
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def framework(folder: Path, title: str, languages: tuple[str, ...], source: str, as_json: bool) -> None:
    """Make FOLDER into a new framework: small, complete and commented, so that you change what works."""
    from caselight.procedures.beginning_framework import copied_framework, new_framework

    if source and (title or languages):
        raise click.UsageError("A copy keeps its title and languages: leave out --title and --language with --from.")
    files = copied_framework(folder, source) if source else new_framework(folder, title, languages)
    next_ = f"write in {folder / 'framework.yaml'} and its themes, while this runs: caselight check {folder} --watch"
    _say(folder, files, next_, as_json=as_json)


def _say(folder: Path, files: Sequence[str], next_: str, *, as_json: bool) -> None:
    """What was made, and what comes next."""
    if as_json:
        say_json({"folder": str(folder), "files": files})
        return
    click.echo(f"{folder} is ready:")
    for name in files:
        click.echo(f"  {name}")
    click.echo(f"Next: {next_}")


@new.command("backup-key")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def backup_key(file: Path, as_json: bool) -> None:
    """Write a new secret key for backups into FILE, and say its public half. Then keep FILE off this machine."""
    from caselight.procedures.backup.sealing import new_pair, write_secret

    secret, recipient = new_pair()
    write_secret(file, secret, recipient)
    if as_json:
        say_json({"file": str(file), "recipient": recipient})
        return
    click.echo(f"The secret key is in {file}. Keep it somewhere else, twice: without it no backup can be opened.")
    click.echo(f"Backups are made for: {recipient}")
    click.echo(f"Set CASELIGHT_BACKUP_RECIPIENT={recipient}")
