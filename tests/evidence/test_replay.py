"""The replayer of power cuts, held against traces made by hand and against the recorder itself."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from tests.evidence.replay import SECTOR, Disk, Step, contents, cuts, read_trace
from tests.evidence.shim import library


def opened(path: str, file: int, *, made: bool = False) -> Step:
    return Step("o", path, file, int(made), b"")


def written(file: int, at: int, data: bytes) -> Step:
    return Step("w", "", file, at, data)


def flushed(file: int) -> Step:
    return Step("s", "", file, 0, b"")


def acknowledged(name: str) -> Step:
    return Step("a", "", 0, 0, name.encode())


# Three records of one sector; the second is acknowledged and never flushed before the third's flush.
SECTORS = [name.encode() * SECTOR for name in "ABC"]
HAND_MADE = [
    opened("store", 1),
    written(1, 0, SECTORS[0]),
    flushed(1),
    acknowledged("A"),
    written(1, SECTOR, SECTORS[1]),
    acknowledged("B"),
    written(1, 2 * SECTOR, SECTORS[2]),
    flushed(1),
    acknowledged("C"),
]


def lost(moment: int, image: dict[str, bytes]) -> set[str]:
    """What was acknowledged by a moment of the trace made by hand and is not in the image."""
    return {step.data.decode() for step in HAND_MADE[:moment] if step.kind == "a" and step.data not in image["store"]}


def test_exactly_one_acknowledged_write_can_be_lost_and_it_is_found() -> None:
    seen = {frozenset(lost(*cut)) for cut in cuts(HAND_MADE, {"store": b""}, 300, Random(1))}
    assert seen == {frozenset(), frozenset({"B"})}


@pytest.mark.parametrize("moment", [4, 8, 9])
def test_what_was_flushed_before_the_cut_is_never_lost(moment: int) -> None:
    disk = Disk({"store": b""})
    for step in HAND_MADE[:moment]:
        disk.take(step)
    assert all(not lost(moment, disk.cut(Random(seed))) for seed in range(200))


def test_a_write_is_torn_between_sectors_and_never_inside_one() -> None:
    disk = Disk({"store": bytes(4 * SECTOR)})
    disk.take(opened("store", 1))
    disk.take(written(1, 100, b"x" * (3 * SECTOR)))
    images = {disk.cut(Random(seed))["store"] for seed in range(400)}
    for image in images:
        assert all(len(set(image[at : at + SECTOR])) == 1 for at in (SECTOR, 2 * SECTOR))
    assert len(images) == 2**4  # four pieces, each there or not


def test_a_new_file_may_be_missing_until_its_folder_is_flushed() -> None:
    disk = Disk({})
    for step in (opened("new", 1, made=True), written(1, 0, b"x"), flushed(1)):
        disk.take(step)
    assert {len(disk.cut(Random(seed))) for seed in range(50)} == {0, 1}
    disk.take(Step("d", "", 0, 0, b""))
    assert {len(disk.cut(Random(seed))) for seed in range(50)} == {1}


def test_a_name_replaced_holds_the_old_or_the_new_and_nothing_else() -> None:
    disk = Disk({"head": b"old"})
    for step in (opened("head.new", 1, made=True), written(1, 0, b"new"), flushed(1)):
        disk.take(step)
    disk.take(Step("r", "head.new", 0, 0, b"head"))
    assert {disk.cut(Random(seed))["head"] for seed in range(50)} == {b"old", b"new"}


def test_a_number_used_again_does_not_bring_an_old_name_the_new_content() -> None:
    disk = Disk({"journal": b"old"})
    for step in (opened("journal", 7), Step("u", "journal", 0, 0, b""), opened("other", 7, made=True)):
        disk.take(step)
    disk.take(written(7, 0, b"new"))
    assert all(disk.cut(Random(seed)).get("journal", b"old") == b"old" for seed in range(50))


def test_the_recorder_sees_every_call_of_the_shipped_sqlite_and_of_python(
    tmp_path: Path, needs: Callable[[str], str]
) -> None:
    needs("gcc")
    folder, trace = tmp_path / "data", tmp_path / "trace"
    folder.mkdir()
    work = """
import os, pathlib, sys, pysqlite3
folder, bases = pathlib.Path(sys.argv[1]), []
for mode in ("WAL", "DELETE"):
    base = pysqlite3.connect(folder / mode, isolation_level=None)
    bases.append(base)  # or it is closed, and its log with it
    base.execute(f"PRAGMA journal_mode={mode}")
    base.execute("CREATE TABLE kept (words)")
    for number in range(300):
        base.execute("INSERT INTO kept VALUES (?)", ("x" * number,))
    base.execute("DELETE FROM kept WHERE length(words) > 200")
    base.execute("VACUUM")
with open(folder / "head.new", "w") as file:
    file.write("one"); file.flush(); os.fsync(file.fileno())
os.replace(folder / "head.new", folder / "head")
os.link(folder / "head", folder / "key")
with open(folder / "head", "a") as file:
    file.write(" and two")
os._exit(0)
"""
    names = {"LD_PRELOAD": str(library("recorder", tmp_path)), "RECORDER_FOLDER": str(folder)}
    asked = os.environ | names | {"RECORDER_TRACE": str(trace)}
    subprocess.run([sys.executable, "-c", work, str(folder)], env=asked, check=True)
    disk = Disk({})
    for step in read_trace(trace, folder):
        disk.take(step)
    assert disk.whole() == contents(folder)
    assert {"WAL", "WAL-wal", "DELETE", "head", "key"} <= set(disk.whole())
