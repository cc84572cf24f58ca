"""S11: text that somebody stored or sent never runs in a page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.evidence.django_run import in_django
from tests.evidence.promise import SQLITE, Outcome, Promise, Run
from tests.evidence.work.browsing import ran

WORK = "tests.evidence.work.running:attack"
QUIET = {"CASELIGHT_LOG": "ERROR"}


def attack(run: Run) -> Outcome:
    """Hostile text in every field: each page read as a browser reads it, and the pages of each turn in Chromium."""
    said: list[str] = []
    looked = opened = held = 0
    for turn in range(run.trials):
        found, pages = _turn(run, turn)
        browsed = ran(pages["pages"], pages["static"], seconds=600.0, most=MOST if run.tier == 1 else None)
        said += [*found["said"], *browsed]
        looked, held = looked + found["looked"], held + found["held"]
        opened += min(len(pages["pages"]), MOST) if run.tier == 1 else len(pages["pages"])
    figures = {"pages_read": looked, "pages_opened": opened, "vectors": found["vectors"], "pages_that_showed_one": held}
    return Outcome(looked + opened, len(said), figures, said)


def planted(run: Run) -> Outcome:
    """Caught only where both see it: the reader of pages, and the browser."""
    found, pages = _turn(run, 0, fault=True)
    browsed = ran(pages["pages"], pages["static"], seconds=300.0, most=12)
    caught = len(found["said"]) if found["said"] and any("ran" in one for one in browsed) else 0
    return Outcome(found["looked"], caught, {}, [*found["said"], *browsed])


def _turn(run: Run, turn: int, *, fault: bool = False) -> tuple[Any, Any]:
    kept: Path = run.folder / "pages.json"
    found = in_django(run, WORK, env=QUIET, turn=turn, kept=str(kept), each=run.tier > 1, fault=fault)
    return found, json.loads(kept.read_text("utf-8"))


MOST = 25  # pages that a browser opens in the first tier

PROMISE = Promise(
    id="S11",
    says="Text that somebody stored or sent never runs in a page.",
    attack=attack,
    planted=planted,
    fault="tables whose cells are not escaped",
    trials=(1, 8, 8),
    databases=(SQLITE,),
    lively=True,
    planted_trials=1,
    not_modelled=(
        "Browsers other than Chromium. Its content security policy is switched off while pages are opened, so that what "
        "would run shows; that pages keep to the policy is looked at wherever a browser walks through them."
    ),
)
