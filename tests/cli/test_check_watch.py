"""``caselight check --watch`` as a person uses it: save, read, save again, Ctrl-C."""

from __future__ import annotations

import queue
import signal
import subprocess
import sys
import threading

import pytest

from caselight.procedures.beginning_framework import new_framework

PROGRAM = "from caselight.cli.main import console; console()"


@pytest.fixture
def watching(tmp_path):
    """A watch of a new framework in a process of its own: the folder, the process, and what it says line by line."""
    folder = tmp_path / "ours"
    new_framework(folder, "Ours", ())
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "check", str(folder), "--watch"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    said: queue.Queue[str] = queue.Queue()
    reader = threading.Thread(target=lambda: [said.put(line.rstrip()) for line in process.stdout], daemon=True)
    reader.start()
    yield folder, process, lambda: said.get(timeout=30)
    process.kill()
    process.wait()
    reader.join()
    process.stdout.close()


def test_each_save_says_what_it_changed_and_interrupting_ends_quietly(watching):
    folder, process, line = watching
    assert line() == "Framework: nothing is wrong."
    assert line().startswith("Watching ")
    theme = folder / "themes" / "1-assessment-and-plan.yaml"
    good = theme.read_text("utf-8")
    theme.write_text(good.replace("scale: sufficiency", "scale: sufficient", 1), "utf-8")
    assert "1-assessment-and-plan.yaml:" in line()
    while not (summary := line()).startswith("Framework:"):
        assert "Traceback" not in summary
    assert "error" in summary
    theme.write_text(good, "utf-8")
    assert line().startswith("mended ")
    while not (summary := line()).startswith("Framework:"):
        assert summary.startswith("mended ")
    assert summary == "Framework: nothing is wrong."
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 0


def test_watch_does_not_answer_a_program(monkeypatch, capsys, tmp_path):
    from caselight.cli.main import main

    monkeypatch.setattr(sys, "argv", ["caselight", "check", str(tmp_path), "--watch", "--json"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "Leave out --json" in capsys.readouterr().err
