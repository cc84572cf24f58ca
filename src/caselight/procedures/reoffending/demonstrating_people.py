"""Two ids of one person in the demonstration: what they do to the rates, merged, and found again from invented records."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caselight.formats.files import write_whole
from caselight.formats.tables.listing import Listed, listing_csv
from caselight.method.faults import Faults
from caselight.method.reoffending.linking import Thresholds
from caselight.method.reoffending.rates import Counts

if TYPE_CHECKING:
    from caselight.engines.reoffending.merging import Same

RECORD = ("record_id", "forename", "surname", "born", "sex", "postcode", "local_id")
FORENAMES = ("Aba", "Bel", "Cor", "Dan", "Eli", "Fen", "Gis", "Hal", "Ino", "Jor", "Kel", "Lia", "Mer", "Nor", "Oda")
ENDINGS = ("a", "an", "en", "ia", "in", "o", "on", "us", "y")
BEGINNINGS = (
    "Ash",
    "Birch",
    "Cold",
    "Dun",
    "East",
    "Fair",
    "Green",
    "Holm",
    "Kings",
    "Long",
    "Mill",
    "North",
    "Oak",
    "Stan",
)
PLACES = ("bourne", "bury", "by", "combe", "field", "ford", "ham", "ley", "over", "stead", "ton", "wick", "worth")
LEFT_OUT = 'Splink is not installed, so nobody looked for them in records: pip install "caselight[linkage]".'
TOO_FEW = "The service has too few records to learn from, so nobody looked for them there: invent more people."


@dataclass(frozen=True, slots=True)
class TwoIds:
    """The counts with each id taken for a person, and with ids of one person made one; how many have two.

    ``looked`` says in words what linking the service's records found, or why nobody looked.
    """

    ids: int
    apart: Counts
    merged: Counts
    looked: str

    def in_words(self) -> list[str]:
        """What it does to the rates, in sentences."""
        return [
            f"{self.ids:,} people came under two ids. With each id taken for a person the year has {self.apart.entries:,} "
            f"entries, binary {self.apart.binary}%; with the two made one {self.merged.entries:,}, binary {self.merged.binary}%.",
            self.looked,
        ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Of:
    """The service's events as delivered, by ids, and the cohorts that the effect is counted for."""

    events: Path
    measure: str
    first: date
    last: date
    as_of: date


def known(path: Path) -> Same:
    """Who has two ids, as it was invented."""
    import pyarrow.parquet as pq

    from caselight.engines.reoffending.merging import Same

    rows = pq.read_table(path).to_pylist()
    return Same({str(row["person"]): str(row["belongs_to"]) for row in rows}, "as invented: two-ids.parquet")


def looked_for(into: Path, people: Sequence[Mapping[str, Any]], same: Same, of: Of) -> str:
    """Link invented records of the service's people, hold it against the truth, and say what it does to the rates."""
    if find_spec("splink") is None:
        return LEFT_OUT
    from caselight.engines.linkage.linking import FEWEST
    from caselight.procedures.reoffending.linking import Events, Job, Output, keep, link, shown

    ids = [str(row["person"]) for row in people]
    if len(ids) < FEWEST:
        return TOO_FEW
    write_whole(
        into / "records.csv", listing_csv(Listed("Records", RECORD, tuple(_record(row, same) for row in people)))
    )
    try:
        done = link(into / "records.csv", Job(Thresholds(), of.as_of))
    except Faults as faults:  # few records may teach nothing; the rest of the demonstration stands
        return " ".join(f"Nobody looked for them in records: {fault.says}" for fault in faults)
    keep(done, Output(into / "linked.csv", into / "linkage-model.json", into / "to-be-decided.csv"))
    effect, _ = shown(done, Events(of.events, None, of.measure, of.first, of.last, of.as_of))
    found = done.fewer or {}
    truth = {one: same.persons.get(one, one) for one in ids}
    second = [one for one in ids if truth[one] != one and truth[one] in found]
    right = sum(found[one] == found[truth[one]] for one in second)
    wrong = _wrong(found, truth)
    said = {"records": len(ids), "second_ids": len(second), "found": right, "wrongly_linked": wrong,
            "fewer_links": asdict(effect.fewer), "more_links": asdict(effect.more)}  # fmt: skip
    write_whole(into / "linkage.json", json.dumps(said, indent=1, default=str).encode())
    return (
        f"From {len(ids):,} invented records of one service, linkage found {right:,} of its {len(second):,} second ids and "
        f"linked {wrong:,} wrongly; binary {effect.fewer.binary}% at the upper threshold, {effect.more.binary}% at the lower."
    )


def _wrong(found: Mapping[str, str], truth: Mapping[str, str]) -> int:
    """How many records are with somebody else's."""
    return sum(truth[record] != truth[person] for record, person in found.items())


def _record(row: Mapping[str, Any], same: Same) -> tuple[Any, ...]:
    """What a system would say of somebody; of a second id with a slip of the pen."""
    record = str(row["person"])
    person = same.persons.get(record, record)
    forename = _one(FORENAMES, person, "forename") + _one(ENDINGS, person, "ending")
    surname = _one(BEGINNINGS, person, "surname") + _one(PLACES, person, "place")
    postcode = f"ZZ{_drawn(person, 'district') % 20 + 1} {_drawn(person, 'unit') % 10}XX"
    local = str(_drawn(person, "local")) if _drawn(person, "has") % 3 else ""
    whole = (forename, surname, row["born"], row["sex"], postcode, local)
    slips = (
        whole,
        (forename[:-1] + "x", *whole[1:]),
        (forename, surname[0] + surname, *whole[2:]),
        (*whole[:4], f"ZZ{_drawn(record, 'moved') % 20 + 30} 1XX", ""),
        (forename, surname, None, row["sex"], postcode, local),
    )
    return (record, *(whole if record == person else _one(slips, record, "slip")))


def _drawn(*of: str) -> int:
    """A number that follows from a name."""
    return int.from_bytes(sha256("/".join(of).encode()).digest()[:6], "big")


def _one(among: Sequence[Any], *of: str) -> Any:
    return among[_drawn(*of) % len(among)]
