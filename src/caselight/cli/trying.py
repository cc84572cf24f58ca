"""``caselight try FRAMEWORK``: fill in a practice case in the terminal, or from what is piped in."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from caselight.cli.speaking import say_json


@click.command("try")
@click.argument("framework")
@click.option("--facts", multiple=True, metavar="NAME=VALUE", help="A fact that is known. Give it once for each fact.")
@click.option(
    "--answers",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=None,
    help="A YAML file with facts and answers that are given already.",
)
@click.option("--language", default="", metavar="CODE", help="The language of the questions (default: the first).")
@click.option("--subject", default="", metavar="KIND", help="What the practice is about (default: the first subject).")
@click.option("--screening", default="", metavar="ID", help="Which selection of questions (default: the first).")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON; the questions go to the error stream.")
def trying(  # noqa: PLR0913 - click hands every option over by name
    framework: str,
    facts: tuple[str, ...],
    answers: Path | None,
    language: str,
    subject: str,
    screening: str,
    as_json: bool,
) -> None:
    """Fill in a practice case of FRAMEWORK: only the questions that apply, and why the others do not.

    FRAMEWORK is a framework folder, the name of a shipped pack (sqs), or an inspection folder. Nothing is written.
    """
    from caselight.cli.talking import Talk, say_sheet, sheet_as_data
    from caselight.procedures.trying import begin, with_answers, with_facts

    practice = begin(framework, language=language, subject=subject, screening=screening)
    if answers is not None:
        practice = with_answers(practice, answers)
    practice = Talk(sys.stdin, to_error=as_json).fill(with_facts(practice, facts))
    if as_json:
        say_json(sheet_as_data(practice))
    else:
        say_sheet(practice)
