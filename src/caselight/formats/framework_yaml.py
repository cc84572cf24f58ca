"""A framework's folder read into a :class:`Framework`: ``framework.yaml`` and the ``parts`` that it names beside it.

A part may also stand in a folder beside the framework's (``../english/wording.yaml``), so that packs share their words.
Each part is a mapping whose keys are merged into the framework: mappings by key, lists one after the other. Every fault
says file, line and column. What a framework may say is decided by the model; what does not hold together is found by
:mod:`caselight.method.framework.checks`. The digest of a framework is its address, for ever: it does not depend on how
the files were laid out.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from caselight.formats.garbage import uncollected
from caselight.formats.held_files import Held
from caselight.formats.located_yaml import LARGEST, Located, read_yaml
from caselight.formats.typed_yaml import read_as
from caselight.method.faults import DataPath, Fault, Faults, Place, errors, quoted, refuse
from caselight.method.framework.checks import check
from caselight.method.framework.definition import Framework

MAIN = "framework.yaml"
MOST_PARTS = 100
_SHARED_PART = re.compile(rb"""^ *- +["']?\.\./([A-Za-z0-9_./-]+\.ya?ml)\b""", re.MULTILINE)


def read_framework(folder: Path, *, within: str = "") -> Framework:
    """The framework in a folder. Raises :class:`Faults` when it has an error; ``within`` stands before file names."""
    framework, faults = framework_faults(folder, within=within)
    refuse(faults)
    if framework is None:
        raise Faults(faults)
    return framework


def framework_faults(folder: Path | Held, *, within: str = "") -> tuple[Framework | None, list[Fault]]:
    """The framework, as far as it could be read, and everything that is wrong with it, in the order of the files."""
    with uncollected():
        try:
            merged = _Folder(folder, within).merged()
        except Faults as refusal:
            return None, list(refusal)
        framework, faults = read_as(Framework, merged.value, merged)
        if framework is not None:
            faults = [fault.at(merged.place(fault.where)) for fault in check(framework)]
    return framework, sorted(merged.faults + faults, key=merged.order)


def copy_framework(source: Path, target: Path, *, leave_out: tuple[str, ...] = ()) -> None:
    """Copy a framework's folder so that it stands alone: parts shared with packs beside it come along.

    ``../english/wording.yaml`` becomes ``english/wording.yaml``, in the folder and in the list of parts. ``leave_out``
    are patterns of file names. The framework keeps its digest. Raises ``OSError``.
    """
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", *leave_out), dirs_exist_ok=True)
    main = target / MAIN
    text = main.read_bytes()
    for name in shared_names(text):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source.parent / name, target / name)
    main.write_bytes(standing_alone(text))


def standing_alone(text: bytes) -> bytes:
    """The first file of a framework, with the parts that it shares named inside its own folder."""
    return _SHARED_PART.sub(lambda found: found.group(0).replace(b"../", b"", 1), text)


def shared_names(text: bytes) -> list[str]:
    """The parts that the first file of a framework shares with packs beside it, from the folder of them all."""
    return list(dict.fromkeys(name.decode() for name in _SHARED_PART.findall(text)))


def shared_parts(folder: Path) -> list[Path]:
    """Where the parts lie that a framework shares with packs beside it; none when its first file cannot be read."""
    try:
        text = _head(folder / MAIN, LARGEST)
    except OSError:
        return []
    return [folder.parent / name for name in shared_names(text)]


def canonical(framework: Framework) -> bytes:
    """The framework as canonical JSON: sorted keys, no spaces, and nothing that only repeats a default."""
    value = framework.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(framework: Framework) -> str:
    """The content address of a framework: the SHA-256 of its canonical JSON, in hexadecimal.

    The texts that only show a rule in a sentence are left out: what is asked and counted does not hang on them.
    """
    wording = {name: words.model_copy(update={"rules": {}}) for name, words in framework.wording.items()}
    return hashlib.sha256(canonical(framework.model_copy(update={"wording": wording}))).hexdigest()


@dataclass(frozen=True, slots=True)
class _Piece:
    """What one file gave to one top-level key; for a list, the position at which its entries begin."""

    located: Located
    start: int = 0


@dataclass(slots=True)
class _Merged:
    """Several files as one value that knows in which of them each part stood."""

    main: Located
    value: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    pieces: dict[str, list[_Piece]] = field(default_factory=dict)

    def add(self, located: Located) -> None:
        """Merge one file into the value."""
        self.files.append(located.file)
        for key, value in located.value.items():
            before = self.value.get(key)
            pieces = self.pieces.setdefault(key, [])
            start = 0
            if key not in self.value:
                self.value[key] = type(value)(value) if isinstance(value, (dict, list)) else value
            elif isinstance(before, list) and isinstance(value, list):
                start = len(before)
                before.extend(value)
            elif isinstance(before, dict) and isinstance(value, dict):
                self._merge(key, before, located)
            else:
                self._twice((key,), located)
                continue
            pieces.append(_Piece(located, start))

    def _merge(self, key: str, before: dict[str, Any], located: Located) -> None:
        for inner, value in located.value[key].items():
            if inner in before:
                self._twice((key, inner), located)
            else:
                before[inner] = value

    def _twice(self, path: DataPath, located: Located) -> None:
        first = self._piece(path).located.place(path, key=True)
        says = f"The key {quoted(path[-1])} stands here and in {first.file} on line {first.line}."
        place = located.place(path, key=True)
        cure = "Remove one of the two, or give it another name."
        self.faults.append(Fault("framework.part-key-twice", path, says, cure, place=place))

    def _piece(self, path: DataPath) -> _Piece:
        pieces = self.pieces.get(str(path[0]), []) if path else []
        step = path[1] if len(path) > 1 else None
        if isinstance(step, int):
            pieces = [piece for piece in reversed(pieces) if piece.start <= step]
        elif step is not None:
            pieces = [piece for piece in pieces if step in (piece.located.value[path[0]] or ())] or pieces
        return pieces[0] if pieces else _Piece(self.main)

    def place(self, path: DataPath, *, key: bool = False) -> Place:
        """File, line and column of the value at ``path`` or of its key, in whichever file it stood."""
        piece = self._piece(path)
        if len(path) > 1 and isinstance(path[1], int):
            path = (path[0], path[1] - piece.start, *path[2:])
        return piece.located.place(path, key=key)

    def order(self, fault: Fault) -> tuple[int, int, int, str]:
        """Where a fault stands when faults are listed as the files are read."""
        place = fault.place or Place("")
        file = self.files.index(place.file) if place.file in self.files else -1
        column = place.column if isinstance(place.column, int) else 0
        return file, place.line or 0, column, fault.code


class _Folder:
    """Finds and reads the files of one framework, and nothing outside its folder."""

    def __init__(self, folder: Path | Held, within: str) -> None:
        self.folder = folder
        self.within = within
        self.left = LARGEST
        self.faults: list[Fault] = []

    def merged(self) -> _Merged:
        """All files merged. Raises :class:`Faults` with what is wrong in any of them."""
        main = self._read(MAIN, Place(self.within + MAIN))
        if main is None:
            raise Faults(self.faults)
        names = self._parts(main)
        parts = [self._read(name, main.place(("parts", position))) for position, name in enumerate(names)]
        if self.faults:
            raise Faults(self.faults)
        merged = _Merged(main)
        for located in (main, *(part for part in parts if part is not None)):
            merged.add(located)
        merged.value.pop("parts", None)
        if errors(merged.faults):
            raise Faults(merged.faults)
        return merged

    def _parts(self, main: Located) -> list[str]:
        names = main.value.get("parts", [])
        place = main.place(("parts",))
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            cure = "Write one name per line, each after a dash."
            self.faults.append(
                Fault("framework.parts", ("parts",), "Parts is not a list of file names.", cure, place=place)
            )
            return []
        if len(set(names)) < len(names) or len(names) > MOST_PARTS or MAIN in names:
            says = f"Parts names a file twice, names {MAIN} itself, or names more than {MOST_PARTS} files."
            self.faults.append(Fault("framework.parts", ("parts",), says, "Name each part once.", place=place))
            return []
        return names

    def _read(self, name: str, named_at: Place) -> Located | None:
        """One file as a located mapping, or ``None`` when it has faults, which are kept."""
        data = self._bytes(name, named_at)
        if data is None:
            return None
        try:
            located = read_yaml(data, self.within + name)
        except Faults as refusal:
            self.faults.extend(refusal)
            return None
        if not isinstance(located.value, dict):
            cure = "Begin each line at the margin with a key and a colon."
            says = "The file is not a mapping of keys to values."
            self.faults.append(Fault("framework.not-a-mapping", (), says, cure, place=located.place(())))
            return None
        if "parts" in located.value and name != MAIN:
            says = f"Only {MAIN} may name parts."
            place = located.place(("parts",), key=True)
            self.faults.append(Fault("framework.parts", ("parts",), says, f"Name the file in {MAIN}.", place=place))
        return located

    def _bytes(self, name: str, named_at: Place) -> bytes | None:
        path = self._inside(name)
        if path is None:
            says = f"{quoted(name)} is not the name of a YAML file inside the framework's folder."
            cure = "Name it as it is called from that folder, such as themes/first.yaml."
            self.faults.append(Fault("framework.part-outside", ("parts",), says, cure, place=named_at))
            return None
        try:
            data = _head(path, self.left + 1)
        except OSError:
            says = f"The file {quoted(name)} cannot be read."
            cure = "Create it, or correct its name or its permissions."
            self.faults.append(Fault("framework.file-missing", ("parts",), says, cure, place=named_at))
            return None
        self.left -= len(data)
        if self.left < 0:
            says = f"The files of the framework have more than {LARGEST:,} bytes together."
            self.faults.append(
                Fault("framework.too-large", (), says, "Make them shorter.", place=Place(self.within + name))
            )
            return None
        return data

    def _inside(self, name: str) -> Path | Held | None:
        relative = PurePosixPath(name)
        # A pack may share a part with the packs beside it. An inspection holds its whole framework.
        shared = relative.parts[:1] == ("..",) and len(relative.parts) > 2 and not self.within
        steps = relative.parts[1:] if shared else relative.parts
        plain = steps and not relative.is_absolute() and ".." not in steps and "\\" not in name
        if not plain or relative.suffix not in {".yaml", ".yml"} or ":" in name:
            return None
        if shared or isinstance(self.folder, Held):
            return self.folder / relative  # what stands beside a pack is its author's own, links included
        try:
            path = (self.folder / relative).resolve()
            return path if path.is_relative_to(self.folder.resolve()) else None
        except (OSError, RuntimeError):  # a circle of links
            return None


def _head(path: Path | Held, most: int) -> bytes:
    """At most so many bytes of a file; anything but a plain file (a pipe, a folder) cannot be read."""
    if not path.is_file():
        raise FileNotFoundError(path)
    with path.open("rb") as file:
        return file.read(most)
