"""Ids of one person made one, before everything else: the events of a file under the persons that a linkage says."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caselight.engines.reoffending.arrow import opened
from caselight.method.faults import Fault, stop
from caselight.method.reoffending.linking import Linked, name_of, persons_of

if TYPE_CHECKING:
    import pyarrow as pa

LARGEST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Same:
    """The person of each id, and the name of the linkage that says so."""

    persons: Mapping[str, str]
    linkage: str

    @classmethod
    def of(cls, linked: Iterable[Linked], threshold: float) -> Same:
        """What was kept of a linkage, at one threshold."""
        kept = list(linked)
        return cls(persons_of(kept, threshold), name_of(kept, threshold))


@contextmanager
def merged(path: Path, same: Same) -> Iterator[Path]:
    """The events of a file with the ids of one person made one, as another file, for as long as it is asked.

    Its rows stand in the order of the first; nobody has sorted them. Raises ``reoffending.linked-otherwise`` where the
    ids of the file are whole numbers and a person of the linkage is none.
    """
    import pyarrow.parquet as pq

    file = opened(path)
    schema = file.schema_arrow
    at = schema.get_field_index("person")
    records, persons = _arrays(same, schema.field(at).type)
    with tempfile.TemporaryDirectory() as place:
        to = Path(place) / "events.parquet"
        with pq.ParquetWriter(to, schema, compression="lz4") as writer:
            for batch in file.iter_batches():
                writer.write_batch(batch.set_column(at, schema.field(at), _person(batch["person"], records, persons)))
        yield to


def _arrays(same: Same, kind: Any) -> tuple[pa.Array, pa.Array]:
    """Ids and their persons, those that are of a person with another id, in the type that the ids of the file have."""
    import pyarrow as pa

    other = {record: person for record, person in same.persons.items() if record != person}
    if pa.types.is_integer(kind):
        other = {record: person for record, person in other.items() if _is_number(record)}
        if not all(map(_is_number, other.values())):
            says = "The ids of the events are whole numbers, and a person of the linkage is none."
            stop(
                Fault(
                    "reoffending.linked-otherwise", ("linked",), says, "Link records that have the ids of the events."
                )
            )
        return pa.array([int(one) for one in other], kind), pa.array([int(one) for one in other.values()], kind)
    return pa.array(list(other), kind), pa.array(list(other.values()), kind)


def _is_number(written: str) -> bool:
    return written.isascii() and written.isdecimal() and int(written) <= LARGEST_ID


def _person(ids: pa.Array, records: pa.Array, persons: pa.Array) -> pa.Array:
    import pyarrow.compute as pc

    return pc.coalesce(persons.take(pc.index_in(ids, value_set=records)), ids)
