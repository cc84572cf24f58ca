"""Runs a documentation page in a folder: writes the files that it shows, runs the commands that it shows, keeps what they print.

A ``console`` block holds commands after ``$`` and what they print; a line ``…`` stands for any lines. Other blocks are
files when the line before names one. `caselight`, also with ``< FILE``, runs in this process, because a start of Python
for each command would take most of the time; everything else runs in the shell.
"""

from __future__ import annotations

import io
import re
import runpy
import shlex
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.repository.pages import ROOT, Fenced, fenced

from caselight.cli.main import main

SHOWN = ("packs", "examples", "docs")
ANY_LINES = "…"


@dataclass(frozen=True)
class Ran:
    """One command of a page: what the page says it prints, and what it printed."""

    command: str
    said: list[str]
    printed: list[str]


def run_page(text: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[Ran]:
    """Follow a page from its top in an empty folder beside which the repository's own folders lie."""
    for name in SHOWN:
        (folder / name).symlink_to(ROOT / name)
    monkeypatch.chdir(folder)
    ran: list[Ran] = []
    for block in fenced(text):
        if block.kind == "console":
            ran += [Ran(command, said, _run(command, monkeypatch)) for command, said in commands(block)]
        elif block.file:
            target = folder / block.file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(block.text, "utf-8")
    return ran


def commands(block: Fenced) -> list[tuple[str, list[str]]]:
    """The commands of a console block, each with the lines that it is said to print."""
    found: list[tuple[str, list[str]]] = []
    for line in block.text.splitlines():
        if line.startswith("$ "):
            found.append((line.removeprefix("$ "), []))
        elif found:
            found[-1][1].append(line.rstrip())
    return found


def fits(said: list[str], printed: list[str]) -> bool:
    """Whether the page says what was printed, ``…`` standing for any lines."""
    parts = ["(?:.*\n)*" if line == ANY_LINES else re.escape(line) + "\n" for line in said]
    return re.fullmatch("".join(parts), "".join(line + "\n" for line in printed)) is not None


def _run(command: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    words = shlex.split(command)
    if words[0] == "caselight" and "<" in words:
        *words, _, typed = words
        monkeypatch.setattr(sys, "stdin", io.StringIO(Path(typed).read_text("utf-8")))
    if words[0] == "caselight":
        text = _inside(words, monkeypatch, main)
    elif words[0] == "python":
        text = _inside(words[1:], monkeypatch, lambda: runpy.run_path(words[1], run_name="__main__"))
    else:
        done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
        text = done.stdout + done.stderr
    return [line.rstrip() for line in text.rstrip("\n").splitlines()]


def _inside(words: list[str], monkeypatch: pytest.MonkeyPatch, call: Callable[[], object]) -> str:
    screen = io.StringIO()
    monkeypatch.setattr(sys, "argv", words)
    with redirect_stdout(screen), redirect_stderr(screen):
        try:
            call()
        except SystemExit as end:
            if isinstance(end.code, str):
                screen.write(end.code)
    return screen.getvalue()
