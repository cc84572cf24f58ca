"""The process that reads a framework from outside: started by :mod:`.reading` with nothing but the bytes.

After its start it can open nothing more (:mod:`caselight.formats.limited_process`).
"""

from __future__ import annotations

import base64
import codecs
import difflib  # noqa: F401 - found before nothing can be opened
import json
import sys
from collections.abc import Mapping

from caselight.formats.framework_sent.unpacking import files_of
from caselight.formats.framework_yaml import canonical, framework_faults
from caselight.formats.held_files import Held
from caselight.formats.limited_process import given, limit
from caselight.method.faults import Fault, Faults, errors


def main() -> None:
    """Read the file from standard input; write the framework and what is wrong with it to standard output."""
    _, data = given()
    _warm()
    for alphabet in ("utf-8-sig", "cp437"):
        codecs.lookup(alphabet)
    limit()
    try:
        told = _told(files_of(data))
    except Faults as refused:
        told = {"faults": [_as_data(fault) for fault in refused]}
    sys.stdout.write(json.dumps(told))


def _warm() -> None:
    """What is loaded only when something is wrong is loaded now: afterwards nothing can be opened."""
    for text in (b"lable: [1\n", b"id: 1\nlable: {en: a}\nthemes: [{id: 1, questions: [{when: {fact: 1}}]}]\n"):
        framework_faults(Held({"/framework.yaml": text}, "/"))


def _told(files: Mapping[str, bytes]) -> dict[str, object]:
    framework, faults = framework_faults(Held({f"/{name}": content for name, content in files.items()}, "/"))
    told: dict[str, object] = {"faults": [_as_data(fault) for fault in faults]}
    if framework is not None and not errors(faults):
        told["framework"] = canonical(framework).decode()
        told["files"] = {name: base64.b64encode(content).decode() for name, content in files.items()}
    return told


def _as_data(fault: Fault) -> dict[str, object]:
    place = fault.place
    where = [place.file, place.line, place.column] if place else None
    return {
        "code": fault.code, "where": fault.where, "says": fault.says, "cure": fault.cure,
        "severity": fault.severity.value, "place": where,
    }  # fmt: skip


if __name__ == "__main__":
    main()
