"""Bringing a package in over the API: nobody adds to an inspection that is not theirs, and whoever begins one leads it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.factories.folders import inspection_folder

from caselight.formats.package.archive import pack
from caselight.store.accounts.permissions import Role
from caselight.store.inspections.models import Membership


@pytest.fixture
def package(tmp_path: Path) -> bytes:
    """A small inspection, packed."""
    pack(inspection_folder(tmp_path / "inspection"), tmp_path / "package.zip")
    return (tmp_path / "package.zip").read_bytes()


def send(device: Any, content: bytes) -> Any:
    """The package as a device sends it."""
    return device.client.post("/api/packages", {"file": SimpleUploadedFile("package.zip", content)})


def test_whoever_begins_an_inspection_leads_it_and_nobody_else_adds_to_it(calls: Any, package: bytes) -> None:
    begun = send(calls("lead2"), package)
    assert begun.status_code == 200, begun.content
    key = begun.json()["key"]
    assert Membership.objects.filter(inspection__key=key, user__key="lead2", role=Role.LEAD_INSPECTOR).exists()
    assert send(calls("lead2"), package).json()["changed"] is False
    other = send(calls("lead"), package)
    assert other.status_code == 404, other.content
    assert other.json()["faults"][0]["code"] == "access.not-found"


def test_somebody_who_leads_nothing_brings_nothing_in(calls: Any, package: bytes) -> None:
    assert send(calls("i1"), package).status_code == 403
    assert send(calls("stranger"), package).status_code == 404
