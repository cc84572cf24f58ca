"""Which records are of one person: records, scored pairs, clusters at a threshold, and what of it is kept.

A pair is scored elsewhere (``weighing``, or Splink for many records). What is done with scores stands here, so that the
same scores give the same persons on any machine and in any order.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from caselight.method.faults import Fault, stop
from caselight.method.reoffending.events import id_order

COLUMNS = ("forename", "surname", "born", "sex", "postcode", "district", "local_id")
_NOT_COMPARED = re.compile(r"[^\w]+|_")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What one system says of somebody. Nothing but the id is shown when a record is printed.

    ``local_id`` is a number that several records of one person may share, such as that of the police.
    """

    id: str
    forename: str = field(default="", repr=False)
    surname: str = field(default="", repr=False)
    born: date | None = field(default=None, repr=False)
    sex: str = field(default="", repr=False)
    postcode: str = field(default="", repr=False)
    local_id: str = field(default="", repr=False)

    def compared(self) -> dict[str, str]:
        """The columns as they are compared: without accents, signs and spaces, in small letters; unknown is empty.

        >>> of = Record(id="1", forename="Zoë-Ann", postcode="W6 9JU").compared()
        >>> of["forename"], of["postcode"], of["district"]
        ('zoeann', 'w69ju', 'w6')
        """
        texts = {name: _plain(getattr(self, name)) for name in ("forename", "surname", "sex", "postcode", "local_id")}
        return texts | {"born": self.born.isoformat() if self.born else "", "district": texts["postcode"][:-3]}


def _plain(written: str) -> str:
    apart = unicodedata.normalize("NFKD", written.casefold())
    return _NOT_COMPARED.sub("", "".join(sign for sign in apart if not unicodedata.combining(sign)))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records, by id in the order of ids, and how probable it is that they are of one person."""

    one: str
    other: str
    probability: float

    @classmethod
    def of(cls, one: str, other: str, probability: float) -> Pair:
        """The pair, whichever of the two is named first."""
        first, second = sorted((one, other), key=id_order)
        return cls(first, second, probability)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The two probabilities. From ``upper`` on records are linked; between the two a person decides (the grey band).

    Raises ``reoffending.bad-thresholds``.
    """

    lower: float = 0.5
    upper: float = 0.95

    def __post_init__(self) -> None:
        if not 0 < self.lower < self.upper < 1:
            says = "The thresholds are no two probabilities, the lower before the upper."
            stop(Fault("reoffending.bad-thresholds", ("thresholds",), says, "Write, for instance, 0.5 and 0.95."))


@dataclass(frozen=True, slots=True)
class Linked:
    """That a record is of a person: by which model, from which threshold on, since when."""

    record: str
    person: str
    model: str
    threshold: float
    linked_on: date


def clusters(records: Iterable[str], pairs: Iterable[Pair], threshold: float) -> dict[str, str]:
    """The person of each record: records are of one person when pairs from the threshold on lead from one to the other.

    A person has the id of their first record, in the order of ids.

    >>> clusters(["3", "1", "2"], [Pair("1", "3", 0.99), Pair("2", "3", 0.6)], 0.95)
    {'1': '1', '2': '2', '3': '1'}
    """
    above = {record: record for record in sorted(set(records), key=id_order)}

    def first(record: str) -> str:
        while above[record] != record:
            above[record] = record = above[above[record]]
        return record

    for pair in pairs:
        if pair.probability >= threshold:
            one, other = sorted((first(pair.one), first(pair.other)), key=id_order)
            above[other] = one
    return {record: first(record) for record in above}


def kept(persons: Mapping[str, str], model: str, threshold: float, on: date) -> list[Linked]:
    """The clusters of one threshold, as they are kept."""
    return [Linked(record, person, model, threshold, on) for record, person in persons.items()]


def persons_of(linked: Iterable[Linked], threshold: float) -> dict[str, str]:
    """The person of each record at one threshold: what ``cleaning.merge`` takes."""
    return {one.record: one.person for one in linked if one.threshold == threshold}


def name_of(linked: Iterable[Linked], threshold: float) -> str:
    """A short name of who is whose person at one threshold: model, threshold, and a digest of all that it says.

    >>> name_of([Linked("2", "1", "m1", 0.95, date(2020, 1, 1)), Linked("3", "1", "m1", 0.5, date(2020, 1, 1))], 0.95)
    'm1 from 0.95: 17382f937988'
    """
    of = sorted((one.record, one.person, one.model) for one in linked if one.threshold == threshold)
    said = json.dumps([one[:2] for one in of]).encode()
    models = "+".join(sorted({model for *_, model in of})) or "none"
    return f"{models} from {threshold}: {sha256(said).hexdigest()[:12]}"
