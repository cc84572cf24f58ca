"""Settings from the environment: what makes no sense is refused in a sentence that names it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from caselight.config import env

NAME = "CASELIGHT_TRIED"


@pytest.fixture
def set_to(monkeypatch: pytest.MonkeyPatch):
    return lambda value: monkeypatch.setenv(NAME, value)


@pytest.mark.parametrize("word", ["maybe", "on", "", "None", "2"])
def test_a_flag_that_is_neither_true_nor_false_is_refused(set_to, word: str) -> None:
    set_to(word)
    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.flag(NAME, default=True)


@pytest.mark.parametrize(
    ("word", "meant"), [("true", True), (" TRUE ", True), ("1", True), ("no", False), ("0", False)]
)
def test_a_flag_is_read_in_the_usual_spellings(set_to, word: str, meant: bool) -> None:
    set_to(word)
    assert env.flag(NAME, default=not meant) is meant


@pytest.mark.parametrize("word", ["-1", "1.5", "many", "", "0"])
def test_a_number_that_is_none_or_too_small_is_refused(set_to, word: str) -> None:
    set_to(word)
    with pytest.raises(ImproperlyConfigured, match="at least 1"):
        env.number(NAME, default=3, least=1)


@pytest.mark.parametrize("address", ["mysql://h/db", "sqlite://relative", "/var/store.sqlite3", "http://h/"])
def test_a_database_that_is_neither_of_the_two_is_refused(set_to, tmp_path: Path, address: str) -> None:
    set_to(address)
    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.database(NAME, tmp_path)


def test_without_an_address_the_database_is_a_file_in_the_data_folder_with_every_safeguard_on(tmp_path: Path) -> None:
    found = env.database(NAME, tmp_path)
    assert found["ENGINE"] == "caselight.config.sqlite3"
    assert found["NAME"] == str(tmp_path / "store.sqlite3")
    options = found["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "trusted_schema=OFF"):
        assert f"PRAGMA {pragma}" in options["init_command"]


def test_a_commit_on_postgresql_waits_for_the_disk_whatever_the_role_was_given_and_nobody_waits_for_ever(
    set_to, tmp_path: Path
) -> None:
    set_to("postgresql://somebody@host/name?options=-c%20synchronous_commit%3Doff&sslmode=require")
    options = env.database(NAME, tmp_path)["OPTIONS"]
    assert options["options"].split() == [
        "-c", "synchronous_commit=off", "-c", "synchronous_commit=on", "-c", "lock_timeout=20s",
    ]  # fmt: skip  # the last one counts
    assert options["connect_timeout"] == 10
    assert options["sslmode"] == "require"


def test_the_folder_of_a_socket_may_stand_for_the_host(set_to, tmp_path: Path) -> None:
    set_to("postgresql://somebody@%2Fvar%2Frun%2Fpg:5433/name")
    found = env.database(NAME, tmp_path)
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("/var/run/pg", 5433, "name")


def test_a_word_that_is_not_among_the_choices_is_refused(set_to) -> None:
    set_to("loud")
    with pytest.raises(ImproperlyConfigured, match="INFO"):
        env.one_of(NAME, ("INFO", "ERROR"), default="INFO")


def test_a_secret_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "django.key"
    first = env.secret(NAME, file)
    assert len(first) >= 50
    assert env.secret(NAME, file) == first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_folder_is_absolute_whatever_is_written(set_to) -> None:
    set_to("~/somewhere")
    assert env.folder(NAME, Path("here")).is_absolute()


def test_the_data_folder_is_shut_to_others_also_where_the_keys_are_what_first_needs_it(tmp_path: Path) -> None:
    data = tmp_path / "apart" / "data"
    before = os.umask(0o022)
    try:
        env.shut_folder(data)
        env.secret(NAME, data / "keys" / "django.key")
    finally:
        os.umask(before)
    for folder in (data.parent, data, data / "keys"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_folder_that_is_there_keeps_the_rights_that_somebody_gave_it(tmp_path: Path) -> None:
    tmp_path.chmod(0o750)
    env.shut_folder(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o750
