"""Bank holidays by rule are those that were proclaimed (GOV.UK, England and Wales)."""

from __future__ import annotations

from datetime import date

import pytest

from caselight.method.caseload.bank_holidays import bank_holidays

KNOWN = {
    2012: "01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26",
    2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
    2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
    2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
    2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
}


@pytest.mark.parametrize("year", KNOWN)
def test_a_year_has_the_days_that_were_kept(year: int) -> None:
    assert bank_holidays(year) == tuple(date.fromisoformat(f"{year}-{day}") for day in KNOWN[year].split())
