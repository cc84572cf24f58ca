"""Files that survive a power cut: all of what was written, and the file's name, which its own ``fsync`` does not cover."""

from __future__ import annotations

import os
from pathlib import Path


def write_all(descriptor: int, data: bytes) -> None:
    """Write all of it, and force it to the disk: one write may take a part. ``OSError`` where the disk does not."""
    while data:
        data = data[os.write(descriptor, data) :]
    os.fsync(descriptor)


def sync_names(folder: Path) -> None:
    """Make the names in a folder durable; ``OSError`` where they cannot be."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
