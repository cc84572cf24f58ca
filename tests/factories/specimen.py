"""The specimen of sampling designs as an inspection folder, and what is drawn in it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from caselight.formats.package.reading import read_package
from caselight.formats.package.writing import write_package
from caselight.method.inspection.package import CaseloadCase
from caselight.procedures.beginning import new_inspection

SPECIMEN = Path(__file__).parents[1] / "specimens" / "sampling"
ANNOUNCED = date(2026, 1, 2)


def pick(key: str, what: str, *values: Any) -> Any:
    """One of the values, by the case and what it is about: the same in every run."""
    return values[int(hashlib.sha256(f"{what}/{key}".encode()).hexdigest(), 16) % len(values)]


def case(number: int) -> CaseloadCase:
    key = f"c{number:03}"
    facts = {
        "started": ANNOUNCED - timedelta(days=pick(key, "started", *range(1, 200))),
        "sex": pick(key, "sex", "female", "male", "male", "male", "other", None),
        "setting": pick(key, "setting", "community", "community", "post_custody"),
        "risk": pick(key, "risk", "low", "medium", "high", None),
        "name_hidden": pick(key, "hidden", *["no"] * 9, "yes"),
        "pnc": pick(key, "pnc", *(f"p{n}" for n in range(400))),
        "cluster": pick(key, "cluster", "east", "west"),
        "unit": pick(key, "unit", "u1", "u2", "u3"),
        "care": pick(key, "care", "foster", "foster", "in_home"),
        "site": pick(key, "site", "metro", "metro", "north", "south"),
        "at_court": pick(key, "court", "yes", "yes", "no"),
        "in_community": pick(key, "in", "yes", "no"),
    }
    known = {name: value for name, value in facts.items() if value is not None}
    return CaseloadCase(key, True, "", known, f"m{pick(key, 'manager', *range(12)):02}")


def specimen_folder(made: Path) -> Path:
    """An inspection of the specimen's framework with 300 cases and no sample."""
    new_inspection(made, str(SPECIMEN), "Testshire")
    package = read_package(made)
    write_package(replace(package, caseload=tuple(map(case, range(300)))), made)
    return made


def choosing(folder: Path, *designs: dict[str, Any]) -> Path:
    path = folder / "inspection.yaml"
    data = yaml.safe_load(path.read_text("utf-8"))
    data.pop("sample", None)
    data["dates"] = {name: str(day) for name, day in data["dates"].items()}
    data["samples"] = [{"seed": "spring"} | design for design in designs]
    path.write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
    return folder


def drawn(folder: Path, design: str) -> list[str]:
    return [row.case_key for row in read_package(folder).sample if row.design == design and row.status == "drawn"]


def history(folder: Path, design: str) -> list[tuple[str, str, int]]:
    return [(row.part, row.reason, row.size) for row in read_package(folder).sampling if row.design == design]


def facts(folder: Path) -> dict[str, Any]:
    return {row.key: {**row.facts, "worker": row.managed_by} for row in read_package(folder).caseload}
