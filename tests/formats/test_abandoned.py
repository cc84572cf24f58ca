"""What a run that was killed left is taken away by the next one, and said; what somebody still writes stays."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from caselight.formats.files import whole_file, whole_folder, write_whole

FOLDER = """
import sys, time
from pathlib import Path
from caselight.formats.files import whole_folder
with whole_folder(Path(sys.argv[1])) as into:
    (into / "half.csv").write_text("half of it")
    print("writing", flush=True)
    time.sleep(600)
"""
FILE = FOLDER.replace("whole_folder", "whole_file").replace(
    '(into / "half.csv").write_text("half of it")', "into.write(b'half')"
)


def writing(script: str, target: Path) -> subprocess.Popen[str]:
    """A process in the middle of writing ``target``."""
    process = subprocess.Popen([sys.executable, "-c", script, str(target)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "writing\n"
    return process


def end(process: subprocess.Popen[str], sign: int = signal.SIGKILL) -> None:
    process.send_signal(sign)
    process.wait()
    assert process.stdout is not None
    process.stdout.close()


def hidden(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name.startswith("."))


@pytest.mark.parametrize("script", [FOLDER, FILE], ids=["folder", "file"])
def test_what_a_killed_run_left_goes_with_the_next_run_and_is_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, script: str
) -> None:
    target = tmp_path / "out"
    process = writing(script, target)
    end(process)
    assert hidden(tmp_path) == [f".out.new-{process.pid}"]
    assert not target.exists()
    if script is FOLDER:
        with whole_folder(target) as into:
            write_whole(into / "whole.csv", b"all of it")
        assert [path.name for path in target.iterdir()] == ["whole.csv"]
    else:
        write_whole(target, b"all of it")
        assert target.read_bytes() == b"all of it"
    assert hidden(tmp_path) == []
    assert caplog.messages == ["A run that was ended in the middle had left a part of out; it was removed."]


@pytest.mark.parametrize("script", [FOLDER, FILE], ids=["folder", "file"])
def test_what_another_run_still_writes_stays(tmp_path: Path, caplog: pytest.LogCaptureFixture, script: str) -> None:
    process = writing(script, tmp_path / "out")
    try:
        with whole_folder(tmp_path / "out"):
            pass
        assert hidden(tmp_path) == [f".out.new-{process.pid}"]
        assert caplog.messages == []
    finally:
        end(process)


def test_a_leftover_with_the_number_of_our_own_process_is_none_of_ours(tmp_path: Path) -> None:
    """In a container every run may be process 1: what the last one left would else refuse all that follow."""
    (tmp_path / f".out.new-{os.getpid()}").mkdir()
    with whole_folder(tmp_path / "out") as into:
        write_whole(into / "a", b"a")
    assert hidden(tmp_path) == []


def test_what_we_write_ourselves_at_the_moment_is_not_taken_away(tmp_path: Path) -> None:
    with whole_file(tmp_path / "out") as stream:
        stream.write(b"first")
        with whole_folder(tmp_path / "other"):
            pass
        assert hidden(tmp_path) == [f".out.new-{os.getpid()}"]


def test_a_former_folder_that_a_killed_run_had_moved_aside_comes_back(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    process = writing(FOLDER, tmp_path / "out")
    end(process)
    aside = tmp_path / f".out.former-{process.pid}"
    aside.mkdir()
    (aside / "former.csv").write_text("the only one")
    with pytest.raises(KeyboardInterrupt), whole_folder(tmp_path / "out"):
        raise KeyboardInterrupt
    assert (tmp_path / "out" / "former.csv").read_text() == "the only one"
    assert "A run that was ended in the middle had out in its hands; it is back." in caplog.messages
    assert hidden(tmp_path) == []


def test_names_that_only_look_alike_stay(tmp_path: Path) -> None:
    for name in (".out.new-", ".out.new-1x", ".out.other-1", ".outer.new-999999999", ".out.csv.new-999999999"):
        (tmp_path / name).mkdir()
    before = hidden(tmp_path)
    write_whole(tmp_path / "out", b"a")
    assert hidden(tmp_path) == before
