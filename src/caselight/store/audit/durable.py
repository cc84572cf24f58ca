"""What a file's own ``fsync`` does not do: that the file's name survives a power cut too."""

from __future__ import annotations

import os
from pathlib import Path


def sync_names(folder: Path) -> None:
    """Make the names in a folder durable; ``OSError`` where they cannot be."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
