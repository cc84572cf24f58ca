"""Settings from the environment, each read once, typed, and refused in a sentence when it makes no sense.

Every name is documented in ``docs/reference/settings.md``, which a test keeps complete.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import environ
from django.core.exceptions import ImproperlyConfigured

read = environ.Env()


def folder(name: str, default: Path) -> Path:
    """An absolute folder."""
    return Path(read.str(name, default=str(default))).expanduser().absolute()


def text(name: str, *, default: str) -> str:
    """A text, without spaces around it."""
    return str(read.str(name, default=default)).strip()


def flag(name: str, *, default: bool) -> bool:
    """``true`` or ``false``; anything else is refused, because a typing slip must not switch a safeguard off."""
    text = read.str(name, default=str(default)).strip().lower()
    if text not in ("true", "false", "1", "0", "yes", "no"):
        raise ImproperlyConfigured(f"{name} is {text!r}. Write true or false.")
    return text in ("true", "1", "yes")


def number(name: str, *, default: int, least: int = 0) -> int:
    """A whole number that is not too small."""
    text = read.str(name, default=str(default))
    if not text.strip().isdecimal() or int(text) < least:
        raise ImproperlyConfigured(f"{name} is {text!r}. Write a whole number of at least {least}.")
    return int(text)


def one_of(name: str, choices: tuple[str, ...], *, default: str) -> str:
    """One of a few words, in capitals."""
    word = str(read.str(name, default=default)).strip().upper()
    if word not in choices:
        raise ImproperlyConfigured(f"{name} is {word!r}. Write one of {', '.join(choices)}.")
    return word


def names(name: str, *, default: list[str]) -> list[str]:
    """Several values, with commas between them."""
    return [part.strip() for part in read.str(name, default=",".join(default)).split(",") if part.strip()]


def database(name: str, data: Path) -> Mapping[str, Any]:
    """The database: a file in the data folder, unless an address says PostgreSQL or another file."""
    address = read.str(name, default="")
    if address.startswith(("postgres://", "postgresql://")):
        parts = read.db_url_config(address)
        parts["HOST"] = unquote(parts["HOST"])  # a socket's folder is written with %2F
        given = parts.get("OPTIONS", {})
        session = f"{given.get('options', '')} {POSTGRESQL}".strip()  # of two values of one setting the last counts
        options = {"connect_timeout": CONNECT_SECONDS, **PREPARED, **given, "options": session}
        return {**parts, "OPTIONS": options, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    if address and not address.startswith("sqlite:///"):
        raise ImproperlyConfigured(f"{name} must begin with sqlite:/// or postgresql://.")
    path = Path(address.removeprefix("sqlite:///")) if address else data / "store.sqlite3"
    return {"ENGINE": "caselight.config.sqlite3", "NAME": str(path), "OPTIONS": SQLITE, "CONN_MAX_AGE": None}


# FULL, never NORMAL: with NORMAL a commit in WAL mode may be undone by a power cut. What was deleted is overwritten.
# Half a mebibyte of pages a thread: what a thread holds is full early and stays as it is (benchmarks.memory); the system
# keeps the file's pages for all of them, and whoever imports much at once asks for more (store.audit.spacious).
SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
    "PRAGMA secure_delete=ON;PRAGMA trusted_schema=OFF;PRAGMA cache_size=-512",
}


# Before whatever the database or the role was given: a receipt is for what the disk has. Waits as long as SQLite does.
POSTGRESQL = "-c synchronous_commit=on -c lock_timeout=20s"
CONNECT_SECONDS = 10
# What is asked at every request is planned once a connection: planning cost more than all the rest of an answer.
PREPARED = {"server_side_binding": True, "prepare_threshold": 5}


def secret(name: str, file: Path) -> str:
    """A secret from the environment, else from its file, which is made with a fresh one where there is none."""
    given = read.str(name, default="")
    if given:
        return str(given)
    if not file.exists():
        shut_folder(file.parent)
        try:
            with open(file, "x", opener=_private) as stream:
                stream.write(secrets.token_urlsafe(48))
        except FileExistsError:
            pass  # another process made it at the same moment
    return file.read_text("utf-8").strip()


def shut_folder(folder: Path) -> None:
    """Make a folder that only its owner opens, and likewise each one above it that is missing; what is there stays.

    ``mkdir`` with parents gives its mode to the last of them alone, and the data folder may be made as such a parent.
    """
    for missing in reversed([folder, *folder.parents]):
        if not missing.is_dir():
            missing.mkdir(mode=0o700, exist_ok=True)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
