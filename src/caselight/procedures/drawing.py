"""The files of letters, drawn in a process of their own that has a limit of time and of memory. It knows no store."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection

from caselight.method.report.traced import TracedLetter
from caselight.procedures.outputs import Files, Suppressed, data_files, letter_files

SECONDS = 240  # for all files of a letter
MEMORY = 3 * 1024**3  # bytes


@dataclass(frozen=True)
class Job:
    """One letter to be written: what is shown, the ending of its files, what is held back, and whether it is open."""

    letter: TracedLetter
    suffix: str
    suppressed: Suppressed
    open_: bool
    data: bool  # the figures too


def drawn(jobs: Sequence[Job], step: Callable[[str], None], *, seconds: float = SECONDS) -> Files:
    """The files of some letters, drawn in a process of their own; nothing where it failed or took too long.

    ``seconds`` may pass without a word from it.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_draw, args=(theirs, list(jobs)), daemon=True)
    child.start()
    theirs.close()
    try:
        return _received(ours, step, seconds)
    finally:
        child.kill()
        child.join()
        ours.close()


def _received(ours: Connection, step: Callable[[str], None], seconds: float) -> Files:
    while ours.poll(seconds):
        try:
            said = ours.recv()
        except EOFError:
            break
        if isinstance(said, dict):
            return said
        step(said)
    return {}


def _draw(theirs: Connection, jobs: list[Job]) -> None:
    """In the process of its own: draw, say each step, send the files."""
    _limit()
    files: Files = {}
    for job in jobs:
        files |= letter_files(job.letter, job.suffix, job.suppressed, open_=job.open_, step=theirs.send)
        if job.data:
            files |= data_files(job.letter, job.suppressed, open_=job.open_, step=theirs.send)
    theirs.send(files)


def _limit() -> None:
    """No more time of the processor and no more memory than a letter needs, where the system has such limits."""
    try:
        import resource
    except ImportError:  # not on every system
        return
    for what, most in ((resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_AS, MEMORY)):
        hard = resource.getrlimit(what)[1]
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
