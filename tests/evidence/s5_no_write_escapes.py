"""S5: no write escapes the audit. Every way to write is read in the source, and every transaction watched at work.

*Read*: outside the store nothing of the product changes a model or holds SQL that changes a table of the store, but for
the modules named here with their reason. *Watched*: the store's own tests run once more with every statement looked at
(``tests.evidence.watching``): an action whose transaction changes a table of the store and adds no audit row is a
fault, and so is a write outside a transaction of an action.
"""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.evidence.databases import fresh
from tests.evidence.promise import POSTGRESQL, Outcome, Promise, Run

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "caselight"
WATCHED = ["tests/store", "--ignore=tests/store/inspections/test_access.py", "--ignore=tests/store/audit"]
CHANGES = frozenset({
    "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "create_user", "save", "delete",
})  # fmt: skip
RAW = re.compile(r"^\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO)\s", re.IGNORECASE)
# Outside the store, who may write, and why.
MAY = {
    "procedures/setting_up.py": "makes the first administrator, with an audit row in the same transaction",
}
FORGETFUL = "caselight.store.reports.actions"  # the module whose actions forget their rows, for the control


def attack(run: Run) -> Outcome:
    """What the source says and what the tests did; a trial is a function of the source or a transaction."""
    read = list(escapes(SOURCE))
    seen = _watched(run, "")
    trials = sum(1 for _ in _functions(SOURCE)) + seen["judged"]
    figures = {"transactions that wrote": seen["judged"], "actions seen writing": len(seen["actions"])}
    lost = [] if len(seen["actions"]) >= 20 else [f"Only {len(seen['actions'])} actions were seen writing."]
    said = [*read, *seen["faults"], *lost]
    return Outcome(trials, len(said), figures, said)


def planted(run: Run) -> Outcome:
    """An action that forgets its row, and source that writes past the store: each must be caught."""
    caught = _watched(run, FORGETFUL, ["tests/store/reports"])["faults"]
    folder = run.folder / "source" / "procedures"
    folder.mkdir(parents=True)
    (folder / "past.py").write_text(
        'def f(m, c):\n    m.objects.create()\n    c.execute("UPDATE t SET a = 1")\n', "utf-8"
    )
    found = list(escapes(run.folder / "source"))
    whole = bool(caught) and len(found) == 2
    return Outcome(3, 3 if whole else 0, {}, [*caught, *found])


def escapes(source: Path) -> Iterator[str]:
    """Where something outside the store changes a model or holds SQL that changes a table."""
    for file in sorted(source.rglob("*.py")):
        name = file.relative_to(source).as_posix()
        if name in MAY or name.startswith("store/"):
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if _changes_a_model(node):
                yield f"{name}, line {node.lineno}: changes a model outside the store."
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and RAW.match(node.value):
                yield f"{name}, line {node.lineno}: holds SQL that changes a table."


def _changes_a_model(node: ast.AST) -> bool:
    """``something.objects.create(…)`` and its like, through any chain of filters."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    inside = any(isinstance(part, ast.Attribute) and part.attr == "objects" for part in ast.walk(node.func.value))
    return inside and node.func.attr in CHANGES | {"update"}


def _functions(source: Path) -> Iterator[ast.AST]:
    for file in source.rglob("*.py"):
        yield from (node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.FunctionDef))


def _watched(run: Run, plant: str, tests: list[str] | None = None) -> dict[str, Any]:
    """Run the store's tests under watch, on a database of their own, and say what was seen."""
    seen = run.folder / "seen.json"
    environment = {**os.environ, "CASELIGHT_WATCHED": str(seen), "CASELIGHT_PLANTED": plant}
    if run.database == POSTGRESQL:
        environment["CASELIGHT_TEST_DATABASE"] = fresh(replace(run))
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "tests.evidence.watching"]
    done = subprocess.run(
        [*command, *(tests or WATCHED)], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if not seen.exists():
        return {"judged": 0, "actions": [], "faults": [f"The tests did not run: {done.stdout[-500:]}"]}
    found: dict[str, Any] = json.loads(seen.read_text("utf-8"))
    return found


PROMISE = Promise(
    id="S5",
    says="Whatever is written is written with an audit row, in the same transaction.",
    attack=attack,
    planted=planted,
    fault="an action that forgets its row, and source that writes past the store",
    trials=(1, 1, 1),
    planted_trials=1,
    lively=True,
    not_modelled="An action that no test of the store calls; what the libraries for sign-in and sessions keep. The steps of a "
    "purge between its first row and its last are transactions of their own (tests.evidence.watching names them).",
)
