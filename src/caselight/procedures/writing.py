"""Writing a single file that a command was asked for, whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

from caselight.formats.files import write_whole


def write_json(path: Path, value: object) -> None:
    """A value as indented JSON."""
    write_whole(path, (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode())
