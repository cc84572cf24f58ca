"""Puts an inspection whose sample is drawn, and not yet allocated, into the database of a site."""

from __future__ import annotations

from tests.factories.case_list import clean, waiting
from tests.factories.moving import AT

from caselight.formats.supplied.reading import read_supplied
from caselight.procedures.case_lists.accepting import accept_list
from caselight.procedures.case_lists.preparing import begun, keep
from caselight.procedures.case_lists.targets import guessed_columns
from caselight.procedures.sample_choosing import select_sample
from caselight.store.frameworks.queries import framework_of
from caselight.store.inspections.queries import inspection_of
from caselight.store.samples.designs import Wish, choose_design

OWN = ""  # the design that is a size of one's own


def begin() -> str:
    """Make the inspection, with ten cases of forty and three in reserve."""
    key = waiting()
    now = begun("cases.xlsx", read_supplied("cases.xlsx", clean(40)))
    columns = guessed_columns(now.headings, framework_of(inspection_of(key).framework), {})
    kept = keep(type(now)(now.file, now.sheets, columns=columns), by="lead", inspection=key, at=AT)
    accept_list(key, version=kept.version, by="lead", at=AT)
    wish = Wish(size=10, reserves=3, strata=("custodial", "sex"))
    choose_design(by="lead", inspection=key, design=OWN, wish=wish, at=AT)
    select_sample(key, OWN, by="lead", at=AT)
    return key
