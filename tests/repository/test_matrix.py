"""The role matrix names every address there is, and none that is gone; each cell can be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from tests.evidence.matrix import NO_STATE, ROLES, between, matrix
from tests.evidence.work.places import unfilled

from caselight.api.app import api
from caselight.store.accounts.permissions import Role


def addresses(resolver: Any, space: str = "") -> Iterator[tuple[str, Any]]:
    """Every address by its name, else by its route, with its pattern."""
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from addresses(pattern, space + (f"{pattern.namespace}:" if pattern.namespace else ""))
        else:
            yield space + (pattern.name or str(pattern.pattern)), pattern


def operations() -> set[tuple[str, str]]:
    """The name and method of everything that the API reads or writes."""
    views = (view for _, router in api._routers for view in router.path_operations.values())
    return {(f"api:{one.url_name}", method) for view in views for one in view.operations for method in one.methods}


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    there = {name for name, _ in addresses(get_resolver())}
    assert {row.url for row in matrix()} == there


def test_every_method_of_the_api_has_a_row_and_every_row_a_method() -> None:
    described = {"api:openapi-json", "api:api-root"}
    rows = {(row.url, row.method) for row in matrix() if row.url.startswith("api:") and row.url not in described}
    assert operations() == rows


def test_every_cell_can_be_read_and_every_role_has_a_column() -> None:
    assert {role.short for role in Role} | {"ST"} == set(ROLES)
    for row in matrix():
        for cell in row.cells.values():
            scope, _, states = cell.partition("@")
            assert cell in NO_STATE or (scope in ("all", "assigned", "own") and between(states)), (row, cell)


def test_every_argument_of_an_address_can_be_filled_so_that_s1_asks_for_it() -> None:
    assert unfilled() == []


def test_a_row_stands_once() -> None:
    keys = [(row.kind, row.url, row.method, row.what) for row in matrix()]
    assert len(keys) == len(set(keys))


OF_ONE = ("mfa_remove_webauthn", "mfa_edit_webauthn")  # addresses of one key
CLOSED = sorted({row.url for row in matrix() if row.kind == "-" and row.cells["PU"] == "-" and ":" not in row.url})


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_pages_for_people_who_are_signed_in_send_everybody_else_to_sign_in(method: str) -> None:
    for name in CLOSED:
        answer = Client().generic(method, reverse(name, kwargs={"pk": 1} if name in OF_ONE else {}))
        assert answer.status_code in (302, 401, 403, 405), (name, answer.status_code)
        assert answer.status_code != 302 or "/accounts/login/" in answer.headers["Location"], name
