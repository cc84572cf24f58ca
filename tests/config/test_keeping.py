"""Nothing that is made for somebody is kept by a browser; the files of the pages may be."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from tests.factories.store import seeded, token
from tests.web.client import PageClient

pytestmark = pytest.mark.django_db
HERE = "/inspections/testshire/"


@pytest.fixture(autouse=True)
def world() -> None:
    cache.clear()
    seeded()


@pytest.mark.parametrize(
    "path",
    ["/", "/inspections/", "/inspections/?as=csv", "/me", "/frameworks/", HERE, f"{HERE}cases/", f"{HERE}cases/case/C1/",
     f"{HERE}findings/", f"{HERE}letter/", "/people/", "/inspections/otherham/", "/nothing", "/api/inspections"],
)  # fmt: skip
def test_what_somebody_is_shown_is_not_to_be_stored(path: str) -> None:
    answer = PageClient("lead").get(path)
    assert "no-store" in answer.headers["Cache-Control"], answer.headers


def test_neither_is_what_a_form_or_a_device_is_answered() -> None:
    client = PageClient("lead")
    assert "no-store" in client.post("/me/conflicts", {}).headers["Cache-Control"]
    device = PageClient("").get("/api/inspections", headers={"authorization": f"Bearer {_token()}"})
    assert device.status_code == 200
    assert "no-store" in device.headers["Cache-Control"]


def test_nor_a_page_of_signing_in() -> None:
    assert "no-store" in PageClient("").get("/accounts/login/").headers["Cache-Control"]


def test_a_file_of_the_pages_may_be_kept() -> None:
    answer = PageClient("lead").get("/static/assessing/case.js")
    assert answer.status_code == 200
    assert "no-store" not in answer.headers.get("Cache-Control", "")
    assert b"".join(answer.streaming_content)
    answer.close()


def _token() -> str:
    from caselight.store.accounts.models import User

    return token(User.objects.get(key="lead"))
