"""Question sets of the packs, adopted in the database as a team would have them, and variants of a small one as files."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tests.factories.store import AT

from caselight.formats.framework_yaml import canonical, digest, read_framework
from caselight.method.framework.definition import Framework
from caselight.store.frameworks.actions import Adopted, adopt

PACKS = Path(__file__).parents[2] / "packs"
MINIMAL = (Path(__file__).parent / "minimal_framework.yaml").read_bytes()


@cache
def pack(name: str) -> Framework:
    """A pack, read once."""
    return read_framework(PACKS / name)


def adopted_pack(name: str) -> Adopted:
    """A pack as it is adopted."""
    files = {path.name: path.read_bytes() for path in sorted((PACKS / name).glob("*.yaml"))}
    return adopted(pack(name), files)


def adopted(framework: Framework, files: dict[str, bytes] | None = None) -> Adopted:
    """A framework as it is adopted."""
    return adopt(
        by="lead",
        framework=framework,
        files=files or {"framework.yaml": MINIMAL},
        document=canonical(framework).decode(),
        digest=digest(framework),
        at=AT,
    )
