"""Upgrades that are killed (R12), each step in a forked process so that no connection outlives it."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction
from tests.evidence.work.catalogue import catalogue

AGES = 2
KILLED = 99


def attack(seed: int, trials: int, how: str) -> dict[str, Any]:
    """So many killed upgrades, spread over databases of several ages."""
    chance = Random(seed)
    whole = _in_child(lambda: _clean(_database()))
    ages = [0, *sorted(chance.sample(range(1, whole["migrations"]), AGES - 1))]
    bases = {age: _base(age) for age in ages}
    counted = {age: _in_child(lambda age=age: _count(bases[age], how)) for age in ages}
    said, states = [], Counter[str]()
    for trial in range(trials):
        age = ages[trial % len(ages)]
        # Every second kill is where a migration is recorded: there, half of an upgrade would show.
        beside = how == "django" or trial % 2
        at = chance.choice(counted[age]["records"]) if beside else chance.randrange(1, counted[age]["steps"] + 1)
        state, failure = _one(bases[age], at, how, whole["catalogue"], age)
        states[state] += 1
        said += [f"from {age} migrations, killed at step {at}: {failure}"] if failure else []
    figures = {
        "steps": {str(age): found["steps"] for age, found in counted.items()},
        "found after the kill": dict(states),
    }
    return {"trials": trials, "failures": len(said), "figures": figures, "said": said}


_known: dict[str, list[str]] = {}
_mended_from: set[str] = set()


def _unchanged(base: str, found: list[str]) -> bool:
    """Whether a killed upgrade left the base as it was, and that base was once mended before our eyes."""
    if base not in _known:
        _known[base] = _in_child(lambda: _catalogue_of(base))
    known = base in _mended_from
    _mended_from.add(base)
    return known and _known[base] == found


def _catalogue_of(name: str) -> list[str]:
    _use(name)
    return catalogue()


def _one(base: str, at: int, how: str, whole: list[str], age: int) -> tuple[str, str]:
    """Kill one upgrade; the state it left, and what is wrong with it or ''."""
    name = _database(base)
    try:
        if _in_child(lambda: _killed(name, at, how)) is not None:
            return "not killed", "the upgrade ended before the step it was to be killed at"
        found = _in_child(lambda: _looked_at(name))
        state = found["state"]
        if state == "ready" and found["catalogue"] != whole:
            return state, "it would be served, and its schema is not the whole one"
        if state != "ready" and _unchanged(base, found["catalogue"]):
            return f"{state}, as it was", ""  # a second upgrade starts from where the first did
        after = _in_child(lambda: _mended(name, age))
        if after["failure"]:
            return state, f"the next upgrade did not mend it: {after['failure']}"
        return state, "" if after["catalogue"] == whole else "after the next upgrade its schema is not the whole one"
    finally:
        _drop(name)


# ── in a child ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _clean(name: str) -> dict[str, Any]:
    from django.db.migrations.recorder import MigrationRecorder

    _use(name)
    _upgrade("ours")
    return {"catalogue": catalogue(), "migrations": MigrationRecorder.Migration.objects.count()}


def _aged(name: str, age: int) -> None:
    from django.db.migrations.executor import MigrationExecutor

    _use(name)
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())[:age]
    with connection.constraint_checks_disabled(), transaction.atomic():
        executor.migrate(None, plan=plan)
        if "accounts_user" in connection.introspection.table_names():
            _add_person()


def _add_person() -> None:
    """Somebody, whatever columns the table has at that age."""
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, "accounts_user")
        names = [column.name for column in columns if column.name != "id"]
        given = {"key": "somebody", "email": "somebody@example.org", "created_at": "2026-01-01T00:00:00+00:00",
                 "preferences": "{}"}  # fmt: skip
        values = [given.get(c.name, None if c.null_ok else False if _is_flag(c.name) else "x") for c in columns]
        values = [value for value, column in zip(values, columns, strict=True) if column.name != "id"]
        quoted = ", ".join(f'"{name}"' for name in names)
        cursor.execute(f"INSERT INTO accounts_user ({quoted}) VALUES ({', '.join(['%s'] * len(names))})", values)


def _is_flag(name: str) -> bool:
    return name.startswith("is_") or name == "administrator"


def _count(base: str, how: str) -> dict[str, Any]:
    name = _database(base)
    _use(name)
    counted = _Killer(0)
    counted.watch(lambda: _upgrade(how))
    return {"steps": counted.step, "records": counted.bare or counted.records}


def _killed(name: str, at: int, how: str) -> str:
    _use(name)
    _Killer(at).watch(lambda: _upgrade(how))
    return "survived"


def _looked_at(name: str) -> dict[str, Any]:
    from caselight.procedures.serving.upgrading import not_ready

    _use(name)
    found = not_ready()
    return {"state": found[0].code if found else "ready", "catalogue": catalogue()}


def _mended(name: str, age: int) -> dict[str, Any]:
    from caselight.procedures.serving.upgrading import not_ready
    from caselight.store.accounts.models import User

    _use(name)
    try:
        _upgrade("ours")
    except Exception as error:  # noqa: BLE001 - whatever stops it is the finding
        return {"failure": f"{type(error).__name__}: {str(error)[:200]}"}
    if still := not_ready():
        return {"failure": f"still {still[0].code}"}
    if os.environ.get(_person_of(age)) and not User.objects.filter(key="somebody").exists():
        return {"failure": "the person is gone"}
    return {"failure": "", "catalogue": catalogue()}


def _upgrade(how: str) -> None:
    from caselight.procedures.serving import upgrading

    if how == "ours":
        upgrading.upgrade()
    else:
        call_command("migrate", verbosity=0, interactive=False)


class _Killer:
    """Counts statements and both sides of each commit, and ends the process at the n-th."""

    def __init__(self, at: int) -> None:
        self.at, self.step = at, 0
        self.records: list[int] = []
        self.bare: list[int] = []

    def watch(self, work: Callable[[], None]) -> None:
        commit = connection._commit

        def committing() -> Any:
            self._tick()
            done = commit()
            self._tick()
            return done

        connection._commit = committing  # type: ignore[method-assign]
        with connection.execute_wrapper(self._statement):
            work()

    def _statement(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self._tick()
        if sql.startswith('INSERT INTO "django_migrations"'):
            # One that is written outside the transaction of its migration is where half of an upgrade shows.
            (self.records if connection.in_atomic_block else self.bare).append(self.step)
        return execute(sql, params, many, context)

    def _tick(self) -> None:
        self.step += 1
        if self.step == self.at:
            os._exit(KILLED)


# ── databases ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _base(age: int) -> str:
    name = _database()
    _in_child(lambda: _aged(name, age))
    if _in_child(lambda: _has_person(name)):
        os.environ[_person_of(age)] = "yes"
    return name


def _has_person(name: str) -> bool:
    _use(name)
    return "accounts_user" in connection.introspection.table_names()


def _person_of(age: int) -> str:
    return f"R12_PERSON_{age}"


def _use(name: str) -> None:
    connection.settings_dict["NAME"] = name


def _database(base: str = "") -> str:
    """A new database: empty, or a copy of another that nobody is connected to."""
    if connection.vendor == "sqlite":
        name = f"{Path(str(connection.settings_dict['NAME'])).parent}/{secrets.token_hex(6)}.sqlite3"
        if base:
            shutil.copy(base, name)
        return name
    name = f"caselight_{secrets.token_hex(6)}"
    _administer(f"CREATE DATABASE {name}" + (f" TEMPLATE {base}" if base else ""))
    return name


def _drop(name: str) -> None:
    if connection.vendor == "sqlite":
        for suffix in ("", "-wal", "-shm"):
            Path(name + suffix).unlink(missing_ok=True)
    else:
        _administer(f"DROP DATABASE {name} WITH (FORCE)")


def _administer(statement: str) -> None:
    import psycopg

    with psycopg.connect(**{**connection.get_connection_params(), "cursor_factory": None}, autocommit=True) as admin:
        admin.execute(statement)


def _in_child(work: Callable[[], Any]) -> Any:
    """What ``work`` returns in a forked process; None where it was killed as planned."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            answer = json.dumps(work())
            _write_all(writing, answer.encode())
            connection.close()
            os._exit(0)
        except BaseException:  # noqa: BLE001 - a child never returns into the parent's code
            traceback.print_exc()
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        answer = stream.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status == KILLED:
        return None
    if status:
        raise RuntimeError(f"A step of the attack ended with {status}.")
    return json.loads(answer)


def _write_all(writing: int, data: bytes) -> None:
    while data:
        data = data[os.write(writing, data) :]
