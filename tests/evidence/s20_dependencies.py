"""S20: what we depend on is known, pinned by hash, new enough, and without a known fault."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tests.evidence.django_run import ROOT
from tests.evidence.promise import SQLITE, Outcome, Promise, Run

LOCK = ROOT / "requirements.lock"
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)(?: ; [^\\]*)? ?\\?$")
# Below these a fault is known that touches what we do; the reason stands beside each.
OLDEST = {
    "django": (5, 2, 19),  # the newest of the long-term release when this was written
    "weasyprint": (70,),  # may be told to fetch nothing
    "pysqlite3": (0, 6, 1),  # carries SQLite 3.53.4; before 3.51.3 a file in WAL mode can be spoilt
    "cryptography": (50,),
    "pyyaml": (6, 0, 3),
    "jinja2": (3, 1, 6),
}


def attack(run: Run) -> Outcome:
    """Read the lock, hold it against what is installed, and ask for known faults where the index can say."""
    text = LOCK.read_text("utf-8")
    said = list(_wrong(text))
    audited, faults = _audited(LOCK, run.folder)
    said += faults
    components = _sbom(text)
    (ROOT / "evidence").mkdir(exist_ok=True)
    (ROOT / "evidence" / "sbom.json").write_text(json.dumps(components, indent=1) + "\n", "utf-8")
    figures = {"packages": len(components["components"]), "asked for known faults": audited}
    return Outcome(len(components["components"]), len(said), figures, said)


def planted(run: Run) -> Outcome:
    """A package without a hash, one that is not pinned, one that is too old, and an address of an index."""
    del run
    spoilt = LOCK.read_text("utf-8")
    spoilt = re.sub(r"^django==.*$", r"django==4.2.1 \\", spoilt, flags=re.MULTILINE)
    spoilt += "\nleft-pad==1.0\nright-pad>=1\n--index-url https://packages.example/simple\n"
    said = list(_wrong(spoilt, installed=False))
    return Outcome(4, len(said) if len(said) == 4 else 0, {}, said)


def _wrong(text: str, *, installed: bool = True) -> Iterator[str]:
    for name, wanted, hashes in _entries(text):
        if not wanted:
            yield f"{name} is not pinned to one version."
        elif not hashes:
            yield f"{name} has no hash."
        elif name in OLDEST and _numbers(wanted) < OLDEST[name]:
            yield f"{name} {wanted} is older than {'.'.join(map(str, OLDEST[name]))}."
        if installed and wanted and _installed(name) not in (None, wanted):
            yield f"{name} {_installed(name)} is installed, and the lock says {wanted}."
    if re.search(r"https?://|--(extra-)?index-url|--find-links", text):
        yield "The lock names an index."


def _entries(text: str) -> Iterator[tuple[str, str, int]]:
    """Name, version and number of hashes of each requirement."""
    for block in re.split(r"\n(?=[A-Za-z0-9])", text):
        line = block.strip().partition("\n")[0]
        if not line or line.startswith(("#", "--", " ")):
            continue
        pinned = PINNED.match(line)
        name = (pinned[1] if pinned else re.split(r"[<>=~! ;]", line)[0]).lower()
        yield name, pinned[2] if pinned else "", block.count("--hash=sha256:")


def _audited(lock: Path, folder: Path) -> tuple[int, list[str]]:
    """How many packages an advisory index could be asked about, and the faults it knows. An index may not answer."""
    out = folder / "audit.json"
    command = [sys.executable, "-m", "pip_audit", "-r", str(lock), "--require-hashes", "--disable-pip", "-f", "json"]
    done = subprocess.run([*command, "-o", str(out)], capture_output=True, text=True, check=False, timeout=300)
    try:
        found = json.loads(out.read_text("utf-8"))["dependencies"]
    except (OSError, ValueError, KeyError):
        return 0, [] if done.returncode else ["The audit said nothing that can be read."]
    asked = [item for item in found if "skip_reason" not in item]
    known = [(item["name"], fault["id"], fault["fix_versions"]) for item in asked for fault in item["vulns"]]
    return len(asked), [f"{name} has {fault}; mended in {', '.join(fixed)}." for name, fault, fixed in known if fixed]


def _sbom(text: str) -> Mapping[str, list[Mapping[str, str]]]:
    """A bill of materials in CycloneDX's form."""
    parts = [
        {"type": "library", "name": name, "version": wanted, "purl": f"pkg:pypi/{name}@{wanted}"}
        for name, wanted, _ in _entries(text)
    ]
    return {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": parts}  # type: ignore[dict-item]


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text)[:3])


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None  # for another system or Python


PROMISE = Promise(
    id="S20",
    says="What we depend on is known, pinned by hash, new enough, and without a known fault.",
    attack=attack,
    planted=planted,
    fault="a package without a hash, one not pinned, one too old, and an index named in the lock",
    trials=(1, 1, 1),
    databases=(SQLITE,),
    not_modelled="Known faults are asked for only where an index of advisories can be reached; the figure says of how "
    "many packages it was.",
)
