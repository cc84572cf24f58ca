"""A practice case in the terminal: questions said, lines read, and the sheet at the end."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict
from typing import Any, TextIO

import click

from caselight.cli.speaking import say_table
from caselight.method.answers.practice import Ask, Practice, Step, ask
from caselight.method.answers.practice.outcome import lines, misfits
from caselight.method.faults import Faults

LONGEST = 10_000  # characters of a line
HELP = "Type a number or a word. Enter leaves it empty, ? shows guidance, back goes back, quit ends."
FURTHER = {
    "reasons": "Why? One or more, separated by commas.",
    "good": "What was good? One or more, separated by commas, or Enter.",
    "not_relevant": "Why is it not relevant? One or more, separated by commas.",
    "note": "A note is needed: say what it was.",
}


class Talk:
    """Asks a practice case's questions one after the other."""

    def __init__(self, source: TextIO, *, to_error: bool) -> None:
        self._source = source
        self._to_error = to_error
        self._told: set[tuple[Step, tuple[str, ...]]] = set()
        self._theme = ""

    def fill(self, practice: Practice) -> Practice:
        """Ask until everything is answered, or until *quit*, the end of what is piped in, or Ctrl-C."""
        with suppress(AttributeError):  # what a test puts in the place of a terminal
            self._source.reconfigure(errors="replace")  # type: ignore[attr-defined]
        if ask(practice) is not None:
            self._say(HELP)
        with suppress(KeyboardInterrupt):
            while (asked := ask(practice)) is not None:
                self._not_asked(practice)
                self._show(asked, practice)
                line = self._read()
                if line is None or line == "quit":
                    return practice
                practice = self._take(practice, asked, line)
        self._not_asked(practice)
        return practice

    def _take(self, practice: Practice, asked: Ask, line: str) -> Practice:
        if line == "?":
            self._guide(asked)
        elif line == "back":
            return practice.back()
        else:
            try:
                return asked.take(practice, line)
            except Faults as found:
                for fault in found:
                    self._say(f"  {fault.says}")
        return practice

    def _read(self) -> str | None:
        click.echo("> ", nl=False, err=self._to_error)
        line = self._source.readline(LONGEST)
        if not self._source.isatty():
            self._say(line.strip())  # on a terminal it stands there already
        return line.strip() if line else None

    def _show(self, asked: Ask, practice: Practice) -> None:
        step, framework = asked.step, practice.framework
        if step.sort == "question" and practice.draft is None:
            theme = framework.theme_of[step.name].title.in_(practice.language)
            if theme != self._theme:
                self._theme = theme
                self._say(click.style(f"\n{theme}", bold=True))
        self._say(f"\n{click.style(_name(step), bold=True)}  {_words(asked)}")
        for number, (_, label) in enumerate(asked.choices, start=1):
            self._say(f"  {number:>2}  {label or 'Not relevant'}")

    def _guide(self, asked: Ask) -> None:
        if not asked.guidance and not asked.prompts:
            self._say("  There is no guidance here.")
        if asked.guidance:
            self._say(click.wrap_text(asked.guidance, 100, "  ", "  "))
        for prompt in asked.prompts:
            self._say(click.wrap_text(prompt, 100, "  - ", "    "))

    def _not_asked(self, practice: Practice) -> None:
        for step, why in practice.not_asked:
            if (step, why) not in self._told:
                self._told.add((step, why))
                self._say(click.style(f"  Not asked: {_name(step)}{_because(why)}.", dim=True))

    def _say(self, text: str) -> None:
        click.echo(text, err=self._to_error)


def _name(step: Step) -> str:
    return f"{step.row} {step.name}".strip()


def _words(asked: Ask) -> str:
    if asked.what == "rows":
        return f"How many {asked.text} are there?"
    return asked.text or FURTHER[asked.what]


def _because(why: tuple[str, ...]) -> str:
    return f", because {' and '.join(why)}" if why else ""


def say_sheet(practice: Practice) -> None:
    """The sheet as a table, what does not fit together, and how far it is filled in."""
    sheet = lines(practice)
    click.echo("\nThe sheet:")
    rows = [
        (
            f"{ln.row} {ln.question}".strip(),
            ln.short,
            ln.standing,
            ln.shown,
            "; ".join((*ln.why, *filter(None, [ln.note]))),
        )
        for ln in sheet
    ]
    say_table(("question", "about", "standing", "answer", "why"), rows)
    for misfit in misfits(practice):
        if misfit.severity == "flag":
            click.echo(f"\nflag {misfit.check}: most of what informs it points the other way ({misfit.says}).")
        else:
            click.echo(f"\n{misfit.severity} {misfit.check}: {misfit.says}\n    {misfit.cure}")
    counts = {
        name: sum(line.standing == name for line in sheet) for name in dict.fromkeys(line.standing for line in sheet)
    }
    click.echo(f"\n{', '.join(f'{number} {name}' for name, number in counts.items())}.")


def sheet_as_data(practice: Practice) -> dict[str, Any]:
    """The sheet for a program."""
    return {
        "sheet": [asdict(line) for line in lines(practice)],
        "misfits": [asdict(misfit) for misfit in misfits(practice)],
        "complete": not list(practice.open_questions()),
    }
