"""Training and scoring with Splink on DuckDB, in one thread and with a seed, so that the same records give the same."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from caselight.engines.linkage.settings import settings
from caselight.engines.reoffending.packages import required
from caselight.method.faults import Fault, Faults, stop
from caselight.method.reoffending.linking import COLUMNS, Pair, Record
from caselight.method.reoffending.weighing import BEGINNING, Model, Purpose, in_order, with_numbers

NEEDED = ("splink", "duckdb")
SEED = 20_170_401
ROUNDS = (25, 5, 2)
FEWEST = 100  # records; fewer say nothing about how often records of two persons agree
PAIRS = 1_000_000  # sampled for what records of two persons share
RECALL = 0.8  # of the pairs of one person, those that agree in names and birthday: ours, not measured


def train(records: Sequence[Record], others: Sequence[Record] = (), *, seed: int = SEED) -> Model:
    """The numbers of a model from records; with ``others``, of a link between the two tables.

    Raises ``reoffending.extra-missing``, and ``reoffending.too-few-records`` for fewer than 100 of them, and
    ``reoffending.not-trained`` where they teach nothing.
    """
    required(*NEEDED, extra="linkage", what="Linking many records")
    if len(records) + len(others) < FEWEST:
        says = f"{len(records) + len(others)} records are too few to train a model; it takes {FEWEST}."
        stop(Fault("reoffending.too-few-records", ("records",), says, "Give more of them, or a model that was kept."))
    began = BEGINNING[Purpose.HISTORY if others else Purpose.RECORDS]
    trained = f"{len(records) + len(others)} records, seed {seed}"
    for rounds in ROUNDS:
        linker = _linker(began, records, others, rounds=rounds)
        try:
            _learn(linker.training, seed)
        except ValueError:  # Splink stops where a number becomes too small to hold; fewer rounds do not come so far
            continue
        return _trained(began, linker, f"{trained}, {rounds} rounds at most")
    says = "The records do not tell pairs of one person from pairs of two, so no model could be trained."
    cure = "Give more of them, or a model that was kept."
    raise Faults([Fault("reoffending.not-trained", ("records",), says, cure)])


def _learn(training: Any, seed: int) -> None:
    from splink import block_on

    training.estimate_probability_two_random_records_match([block_on("forename", "surname", "born")], recall=RECALL)
    training.estimate_u_using_random_sampling(max_pairs=PAIRS, seed=seed)
    for block in (("born",), ("forename", "surname")):
        training.estimate_parameters_using_expectation_maximisation(block_on(*block))


def score(model: Model, records: Sequence[Record], others: Sequence[Record] = (), *, least: float) -> list[Pair]:
    """The pairs from a probability on, in the order of ids: within one table, or between two.

    Raises ``reoffending.extra-missing``.
    """
    required(*NEEDED, extra="linkage", what="Linking many records")
    if not records or (model.purpose is Purpose.HISTORY and not others):
        return []
    linker = _linker(model, records, others)
    found = linker.inference.predict(threshold_match_probability=least, warning_mode="never").as_record_list()
    return in_order(Pair.of(row["record_id_l"], row["record_id_r"], row["match_probability"]) for row in found)


def _linker(model: Model, *tables: Sequence[Record], rounds: int = 1) -> Any:
    import duckdb
    from splink import Linker
    from splink.backends.duckdb import DuckDBAPI

    logging.getLogger("splink").setLevel(logging.ERROR)  # it warns of steps that no pair met, which is provided for
    connection = duckdb.connect(":memory:", config={"threads": 1})
    api = DuckDBAPI(connection)
    registered = [api.register(_table(table)) for table in tables if table]
    return Linker(registered if len(registered) > 1 else registered[0], settings(model, rounds), log_level=None)


def _table(records: Sequence[Record]) -> Any:
    import pyarrow as pa

    rows = [{"record_id": record.id, **record.compared()} for record in sorted(records, key=lambda one: one.id)]
    schema = pa.schema([(name, pa.string()) for name in ("record_id", *COLUMNS)])
    return pa.Table.from_pylist([{name: cell or None for name, cell in row.items()} for row in rows], schema=schema)


def _trained(began: Model, linker: Any, trained: str) -> Model:
    """Our own numbers of what Splink learnt, by the order of comparisons and steps; its first level is that of nothing."""
    said = linker.misc.save_model_to_json(out_path=None)
    numbers = [
        [(level.get("m_probability"), level.get("u_probability")) for level in comparison["comparison_levels"][1:]]
        for comparison in said["comparisons"]
    ]
    return with_numbers(began, said["probability_two_random_records_match"], numbers, trained)
