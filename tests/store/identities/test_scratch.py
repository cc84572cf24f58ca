"""Readable copies lie in the data folder alone, and what a killed process left is removed."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from caselight.store.identities.scratch import scratch, stale, sweep

LEFT = (
    "import os,sys;from pathlib import Path;from django.conf import settings;settings.configure(DATA=Path(sys.argv[1]));"
    "from caselight.store.identities.scratch import scratch\n"
    "with scratch() as folder:\n (folder/'keyring.sqlite3').write_text('x'); os.kill(os.getpid(), 9)"
)


@pytest.fixture(autouse=True)
def data(tmp_path: Path, settings) -> Path:
    settings.DATA = tmp_path / "data"
    return settings.DATA


def killed_in_the_middle(data: Path) -> None:
    assert subprocess.run([sys.executable, "-c", LEFT, str(data)], check=False, env=os.environ).returncode == -9


def test_a_scratch_folder_is_shut_to_others_and_gone_afterwards(data: Path) -> None:
    with scratch() as folder:
        assert folder.parent == data
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert list(data.iterdir()) == []


def test_what_a_killed_process_left_is_found_and_removed(data: Path) -> None:
    killed_in_the_middle(data)
    assert [path.parent for path in stale()] == [data]
    assert sweep() == []
    assert list(data.iterdir()) == []


def test_what_somebody_works_in_stays(data: Path) -> None:
    killed_in_the_middle(data)
    with scratch() as folder:
        assert stale() == []
        assert folder in sweep()
        assert folder.is_dir()
    assert sweep() == []
    assert list(data.iterdir()) == []


def test_where_there_is_no_data_folder_there_is_nothing_to_remove() -> None:
    assert (stale(), sweep()) == ([], [])
