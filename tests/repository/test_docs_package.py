"""The pages on the inspection package and on figures list every file, column, key, kind, cell and interval method."""

from __future__ import annotations

from typing import get_args

import pytest
from tests.repository.pages import code, rows, sections, text_of

from caselight.formats.package import layout
from caselight.formats.tables.columns import COLUMNS
from caselight.method.analysis.figure import Cell
from caselight.method.inspection.definition import Inspection, Member
from caselight.method.statistics.intervals import Choice

PACKAGE = sections(text_of("docs/reference/inspection-package.md"))
FIGURES = sections(text_of("docs/reference/figures.md"))


@pytest.mark.parametrize("table", layout.TABLES, ids=lambda table: table.file)
def test_the_page_lists_the_columns_of_each_table_in_their_order(table: layout.Layout) -> None:
    told = [code(column) for column, _ in rows(PACKAGE[table.file], "Column")]
    assert told == [*table.columns, *table.carried]


def test_the_page_lists_every_file_of_a_package() -> None:
    told = text_of("docs/reference/inspection-package.md").partition("## ")[0]
    named = {code(name) for cell, _ in rows(told, "File") for name in cell.split(", ")}
    tables = {table.file for table in layout.TABLES}
    assert named == {layout.INSPECTION, f"{layout.FRAMEWORK}/", layout.SEAL, "letter.md", *layout.CARRIED, *tables}


def test_the_page_lists_every_key_of_the_inspection_and_of_its_parts() -> None:
    told = rows(PACKAGE["inspection.yaml"], "Key")
    fields = Inspection.model_fields
    wanted = {field.alias or name: "yes" if field.is_required() else "no" for name, field in fields.items()}
    assert {code(key): needed for key, needed, _ in told} == wanted
    meanings = {code(key): meaning for key, _, meaning in told}
    for key in ("service", "dates", "framework", "team", "house_style", "sample", "header", "distribution"):
        names = inner_names(key)
        assert names
        assert [name for name in names if f"`{name}`" not in meanings[key]] == []


def inner_names(key: str) -> list[str]:
    """The keys of the model that stands under a key of the inspection, however it is wrapped."""
    pending = [Inspection.model_fields[key].annotation]
    while pending:
        annotation = pending.pop()
        if hasattr(annotation, "model_fields"):
            return list(annotation.model_fields)
        pending += get_args(annotation)
    return []


def test_the_page_lists_every_role_of_the_team() -> None:
    roles = get_args(Member.model_fields["role"].annotation)
    assert [role for role in roles if f"`{role}`" not in PACKAGE["inspection.yaml"]] == []


def test_the_page_on_figures_lists_every_cell_and_column() -> None:
    assert [code(cell) for cell, *_ in rows(FIGURES["Cells"], "Cell")] == [cell.value for cell in Cell]
    assert [code(name) for name, _ in rows(FIGURES["Columns of figures.csv"], "Column")] == list(COLUMNS)


def test_the_page_on_figures_explains_every_method_of_an_interval() -> None:
    told = {code(method) for method, *_ in rows(FIGURES["Intervals"], "Method")}
    assert told == {"none" if choice == "census" else choice for choice in get_args(Choice)}
