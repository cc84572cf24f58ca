"""All files of a letter of the store, made while whoever asked for them does something else.

They are drawn in a process of their own (``drawing``); a thread follows it, notes how far it is, and ends the making. The
last look for names is at the final bytes, as when a folder is published.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from caselight.formats.letter.labels import labels_of
from caselight.formats.package.layout import letter_file
from caselight.method.analysis.examined import Examined
from caselight.method.faults import Fault, Severity, refuse
from caselight.method.inspection.package import Package
from caselight.method.report.open_data import open_letter
from caselight.method.report.traced import TracedLetter
from caselight.procedures.checking import inspection_faults, stops_publication, undated_faults
from caselight.procedures.drafting import draft
from caselight.procedures.drawing import Job, drawn
from caselight.procedures.lettering import letter_package
from caselight.procedures.publishing import names_in
from caselight.procedures.releasing import basis_of
from caselight.procedures.stored import store_package
from caselight.store.identities.actions.vault import names_to_check
from caselight.store.reports.making import begin_making, end_making, step_making
from caselight.store.reports.queries import versions_of

Clock = Callable[[], datetime]


def make_files(key: str, kind: str, *, by: str, at: datetime, clock: Clock) -> int:
    """Begin to make the files of a kind, ``working`` or ``open``; the number of the making.

    Raises :class:`Faults`, and makes nothing, while anything stands against it: for ``working`` what keeps the letter
    from being traced, for ``open`` what keeps it from being published.
    """
    basis = basis_of(store_package(key))
    package = replace(letter_package(key), identities=names_to_check(by=by, inspection=key, at=at))
    jobs = list(_jobs(package, kind))
    versions = {language: versions_of(key, language)[0].n for language in package.letters}
    n = begin_making(by=by, inspection=key, kind=kind, versions=versions, basis=basis, at=at)
    threading.Thread(target=_follow, args=(n, jobs, package, clock), name=f"letter-{n}", daemon=True).start()
    return n


def _jobs(package: Package, kind: str) -> Iterator[Job]:
    examined = Examined(package, package.inspection.languages[0])
    spoken = [code for code in package.inspection.languages if kind == "open" or code in package.letters]
    letters = [
        draft(package, code, examined=examined if code == examined.language else None)
        for code in spoken or package.inspection.languages[:1]
    ]
    if kind == "open":
        about = [*undated_faults(package), *(fault for letter in letters for fault in letter.faults)]
        against = inspection_faults(package, examined, read=(), letters=lambda: about)
        refuse(replace(fault, severity=Severity.ERROR) for fault in against if stops_publication(fault))
    for letter in letters:
        shown, held = open_letter(letter, package.framework) if kind == "open" else (_for_the_team(letter), {})
        file = letter_file(letter.language, package.inspection.languages)
        suffix = file.removeprefix("letter").removesuffix(".md")
        yield Job(shown, suffix, dict(held), kind == "open", letter is letters[0])


def _for_the_team(letter: TracedLetter) -> TracedLetter:
    notice = labels_of(letter)("page.working")
    return replace(letter, banner=f"{letter.banner} · {notice}" if letter.banner else notice)


def _follow(n: int, jobs: Sequence[Job], package: Package, clock: Clock) -> None:
    """See the making to its end, whatever happens; a connection of this thread's own is closed behind it."""
    from django.db import connection

    try:
        files, faults = drawn(jobs, lambda step: step_making(n=n, step=step, at=clock())), tuple[Fault, ...]()
        if files:
            faults = tuple(names_in(files, package))
        end_making(n=n, files={} if faults else files, faults=faults, failed=not files, at=clock())
    except Exception:
        end_making(n=n, files={}, failed=True, at=clock())
        raise
    finally:
        connection.close()
