"""``caselight document FRAMEWORK``: a framework as a document that inspectors read."""

from __future__ import annotations

from pathlib import Path

import click

from caselight.cli.speaking import say_json


@click.command()
@click.argument("framework")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=None,
    help="Where to write (default: out/ and the id of the framework).",
)
@click.option("--language", default="", metavar="CODE", help="Only the document in this language (default: all).")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def document(framework: str, out: Path | None, language: str, as_json: bool) -> None:
    """Write FRAMEWORK as HTML and DOCX: every question with when it applies in words, and where each rule comes from.

    FRAMEWORK is a framework folder, the name of a shipped pack (sqs), or an inspection folder.
    """
    from caselight.procedures.documenting import write_document

    files = write_document(framework, out, language)
    if as_json:
        say_json({"files": [str(path) for path in files]})
        return
    for path in files:
        click.echo(path)
