"""R8's attack: many histories of devices, then the sequences that failed elsewhere."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any
from unittest.mock import patch

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test
from tests.evidence.work import devices, threads
from tests.evidence.work.inspections import hastily

from caselight.method.answers.events import AnswerEvent
from caselight.store.assessments import queries, rows

STEPS = {1: 20, 2: 60, 3: 60}  # at most, in a history of each tier


def attack(seed_: int, trials: int, *, tier: int, last_writer_wins: bool) -> dict[str, Any]:
    """So many histories; with the fault planted, each event is stored as if it built on all that was there."""
    hastily()
    with ExitStack() as stack:
        if last_writer_wins:
            stack.enter_context(patch.object(rows, "row", _last_writer_wins(rows.row)))
        said = [*_histories(seed_, trials, STEPS[tier]), *threads.failing()]
    ran = devices.COUNT["examples"] + len(threads.THREADS)
    return {"trials": ran, "failures": len(said), "figures": dict(devices.COUNT), "said": said}


def _histories(seed_: int, trials: int, steps: int) -> list[str]:
    machine = seed(seed_)(devices.Devices)
    try:
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=trials,
                stateful_step_count=steps,
                phases=[Phase.generate],
                database=None,
                deadline=None,
                print_blob=False,
                suppress_health_check=list(HealthCheck),
            ),
        )
    except AssertionError as error:
        return [f"After {devices.COUNT['examples']} histories: {str(error)[:300]}"]
    return []


def _last_writer_wins(row: Any) -> Any:
    def planted(inspection_id: int, event: AnswerEvent, sealed: tuple[str, bytes, str]) -> rows.Row:
        there = rows.read(_key(inspection_id), '"inspection_id" = %s', [inspection_id])
        bases = tuple(old.op_id for old in there if old.address == event.address)
        return row(inspection_id, event._replace(base_op_ids=bases or event.base_op_ids), sealed)

    return planted


def _key(inspection_id: int) -> str:
    return queries.Inspection.objects.values_list("key", flat=True).get(pk=inspection_id)
