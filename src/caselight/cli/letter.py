"""``caselight letter FOLDER``: the letter and its data in every format, into ``working/`` and, when it may, ``open/``."""

from __future__ import annotations

from pathlib import Path

import click

from caselight.cli.speaking import fault_as_data, say_faults, say_json


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=None,
    help="Where to write working/ and open/ (default: out/ and the name of FOLDER).",
)
@click.option("--language", default="", metavar="CODE", help="Only the letter in this language (default: all).")
@click.option(
    "--publish", is_flag=True, help="Also write open/, what may be published; refused while anything is wrong."
)
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def letter(folder: Path, out: Path | None, language: str, publish: bool, as_json: bool) -> None:
    """Write the letter of an inspection FOLDER as HTML, PDF and DOCX, with its figures as ODS, CSV and JSON."""
    if publish and language:
        raise click.UsageError("--publish writes every language of the inspection; leave out --language.")
    from caselight.cli.progress import progress
    from caselight.procedures.publishing import write_letter

    with progress(quiet=as_json) as step:
        written = write_letter(folder, out or Path("out") / folder.resolve().name, language, publish=publish, step=step)
    refused = publish and not written.published
    if as_json:
        say_json(
            {
                "files": [str(path) for path in written.files],
                "published": written.published,
                "faults": [fault_as_data(fault) for fault in written.faults],
            }
        )
    else:
        say_faults(written.faults)
        for path in written.files:
            click.echo(path)
        if refused:
            click.echo(
                "open/ was not written: mend the faults above first. What stands there, if anything, is from before.",
                err=True,
            )
    raise SystemExit(int(refused))
