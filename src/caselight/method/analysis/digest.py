"""The digest of a figure: the fingerprint of everything that is printed about it, so that a sentence can go stale.

Figures of shares, counts, published statistics and facts keep the form that accepted sentences were accepted with; a
number and how a rating was reached are added where there are any.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, replace
from fractions import Fraction

from caselight.method.analysis.figure import Figure, Interval, Number, Reached
from caselight.method.inspection.package import Package


def with_basis(figure: Figure, package: Package) -> Figure:
    """The figure with the digest of what is printed about it: each subject's cell, words, reasons, interval, source."""
    pinned = package.inspection.framework
    cells = [(cell.value, keys) for cell, keys in figure.cells.items()]
    rows: list[object] = [*sorted((key, name) for name, keys in cells for key in keys)]
    value = None if figure.value is None else str(figure.value)
    rows.append([figure.label, figure.definition, figure.where, figure.adverse, figure.sample_size])
    rows.append([sorted(figure.why.items()), figure.reasons, _range(figure.interval)])
    rows.append([value, figure.measure, figure.cohort, figure.direction, sorted(figure.text.items())])
    rows.append([figure.source, figure.published])
    rows += [_plain(part) for part in (figure.number, figure.reached) if part is not None]
    canonical = json.dumps([figure.key, pinned.id, pinned.version, rows], ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
    return replace(figure, snapshot=digest, basis=f"{pinned.id} {pinned.version}")


def _range(interval: Interval | None) -> list[object]:
    """An interval as it is digested: shares to six places, so that two machines agree."""
    if interval is None:
        return []
    ends = [None if end is None else f"{end:.6f}" for end in (interval.low, interval.high)]
    return [interval.method, *ends, interval.confidence, interval.population]


def _plain(value: object) -> object:
    """A part of a figure as it is digested: by its fields, exact numbers as text, chances to six places."""
    if isinstance(value, Number | Reached):
        return [[field.name, _plain(getattr(value, field.name))] for field in fields(value)]
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float):
        return f"{value:.6f}"
    return str(value) if isinstance(value, Fraction) else value
