"""Looks for many byte strings in every byte of many files at once."""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np

CHUNK = 1 << 23  # bytes
LEAST = 6  # a shorter string would be found by chance


def found(paths: Iterable[Path], wanted: Mapping[str, Iterable[bytes]]) -> list[tuple[str, Path]]:
    """Which of the wanted (a label, and the byte strings that would give it away) stand in which files."""
    labels: dict[bytes, set[str]] = defaultdict(set)
    for label, forms in wanted.items():
        for form in forms:
            if len(form) < LEAST:
                raise ValueError(f"{label}: {form!r} is too short to be looked for.")
            labels[form].add(label)
    searcher = _Searcher(labels)
    return sorted({(label, path) for path in paths for form in searcher.inside(path) for label in labels[form]})


def files(*folders: Path) -> list[Path]:
    """Every file below some folders."""
    return [
        path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()
    ]


def spellings(text: str) -> set[bytes]:
    """A text as it may stand in a file: three encodings, three cases, and in hex and base64 at any place."""
    plain = {
        one.encode(code) for one in (text, text.lower(), text.upper()) for code in ("utf-8", "utf-16-le", "utf-16-be")
    }
    return plain | written(text.encode())


def written(secret: bytes) -> set[bytes]:
    """Bytes as they are, and as they are written in text: hex in both cases, and base64 wherever they begin."""
    hexes = {secret.hex().encode(), secret.hex().upper().encode()}
    return {secret, *hexes, *_base64(secret)}


def _base64(secret: bytes) -> Iterator[bytes]:
    for shift in range(3):
        inner = base64.b64encode(b"\0" * shift + secret)
        # The first and last characters also depend on what stands beside.
        yield inner[4 if shift else 0 : -4]
        yield inner[4 if shift else 0 : -4].replace(b"+", b"-").replace(b"/", b"_")


class _Searcher:
    """Finds candidates by their first three bytes in one pass, then compares."""

    def __init__(self, forms: Iterable[bytes]) -> None:
        self._by_prefix: dict[int, list[bytes]] = defaultdict(list)
        for form in forms:
            self._by_prefix[form[0] | form[1] << 8 | form[2] << 16].append(form)
        self._table = np.zeros(1 << 24, dtype=bool)
        self._table[list(self._by_prefix)] = True
        self._longest = max((len(form) for forms in self._by_prefix.values() for form in forms), default=3)

    def inside(self, path: Path) -> set[bytes]:
        """Which forms a file holds."""
        seen: set[bytes] = set()
        try:
            with path.open("rb") as stream:
                kept = b""
                while chunk := stream.read(CHUNK):
                    content = kept + chunk
                    seen |= self._in(content)
                    kept = content[-self._longest :]
        except FileNotFoundError:
            pass  # a temporary file of the server that is gone by now
        return seen

    def _in(self, content: bytes) -> set[bytes]:
        if len(content) < 3:
            return set()
        data = np.frombuffer(content, dtype=np.uint8)
        prefixes = data[2:].astype(np.uint32)
        for column in (data[1:-1], data[:-2]):
            prefixes <<= 8
            prefixes |= column
        return {
            form
            for at in np.flatnonzero(self._table[prefixes]).tolist()
            for form in self._by_prefix[int(prefixes[at])]
            if content.startswith(form, at)
        }
