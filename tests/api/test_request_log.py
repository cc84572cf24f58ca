"""The log names whoever a token spoke for, by key."""

from __future__ import annotations

import logging
from typing import Any

import pytest


@pytest.mark.parametrize("who", ["i1", "lead"])
def test_a_request_with_a_token_is_logged_under_its_person(calls: Any, who: str, caplog: Any) -> None:
    device = calls(who)
    with caplog.at_level(logging.INFO, logger="caselight.requests"):
        assert device.get("/inspections").status_code == 200
    assert [record.user for record in caplog.records if record.name == "caselight.requests"] == [who]
