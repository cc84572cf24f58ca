"""A small inspection folder, its workbook, and ways to fill it in and read it back."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from tests.factories import workbooks as files
from tests.factories.folders import inspection_folder

from caselight.formats.workbook.words import AUTHOR
from caselight.method.faults import Fault
from caselight.procedures.workbooks.reading_in import Received, Refused, read_workbooks
from caselight.procedures.workbooks.writing_out import Wish, write_workbooks

NOW = "2016-02-01T10:00:00Z"
Typed = Mapping[tuple[str, str, str], str | float | None]


class Desk:
    """An inspection folder on somebody's desk."""

    def __init__(self, place: Path, extra: Mapping[str, str | bytes | None] | None = None) -> None:
        self.place = place
        team = "team:\n  - {key: i1, role: inspector}\n  - {key: i2, role: inspector}\n"
        self.folder = inspection_folder(place / "inspection", extra)
        text = (self.folder / "inspection.yaml").read_text("utf-8")
        if "i2" not in text:
            text = text.replace("team:\n  - {key: i1, role: inspector}\n", team)
            (self.folder / "inspection.yaml").write_text(text, "utf-8")

    def out(self, name: str = "audit.xlsx", wish: Wish | None = None) -> bytes:
        """Write the workbook and give its bytes."""
        write_workbooks(self.folder, self.place / name, wish or Wish())
        return (self.place / name).read_bytes()

    def filled(
        self, typed: Typed, name: str = "audit.xlsx", *, by: str = "", formulas: bool = False, data: bytes = b""
    ) -> Path:
        """A workbook with cells filled in, by sheet, line and column."""
        data = data or self.out()
        cells = {
            (sheet, files.cell(data, sheet, line, column)): value for (sheet, line, column), value in typed.items()
        }
        data = files.fill(data, cells, formulas=formulas)
        if by:
            row = next(at for at, line in enumerate(files.grid(data, "Start here")) if line[0] == AUTHOR)
            data = files.fill(data, {("Start here", f"B{row + 1}"): by})
        (self.place / name).write_bytes(data)
        return self.place / name

    def read(self, *paths: Path, by: str = "i1", now: str = NOW) -> Received:
        """Read completed workbooks."""
        return read_workbooks(self.folder, paths, by, now)

    def refused(self, *paths: Path, by: str = "i1") -> Refused:
        """Read completed workbooks that must be refused, and see that nothing was changed."""
        before = self.bytes()
        with pytest.raises(Refused) as found:
            self.read(*paths, by=by)
        assert self.bytes() == before
        return found.value

    def faults(self, typed: Typed, **more: object) -> list[tuple[str, str]]:
        """The codes and cells of what is wrong with a filled workbook."""
        return said(self.refused(self.filled(typed, **more)).faults)  # type: ignore[arg-type]

    def rows(self, name: str = "answers.csv") -> list[dict[str, str]]:
        """The rows of a table."""
        with (self.folder / name).open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))

    def bytes(self) -> dict[str, bytes]:
        """Every file of the folder."""
        return {path.name: path.read_bytes() for path in sorted(self.folder.rglob("*")) if path.is_file()}

    def new(self, before: list[dict[str, str]]) -> list[dict[str, str]]:
        """The answers that were not there before."""
        known = {row["op_id"] for row in before}
        return [row for row in self.rows() if row["op_id"] not in known]


def said(faults: tuple[Fault, ...]) -> list[tuple[str, str]]:
    """Codes and places."""
    return [(fault.code, str(fault.place)) for fault in faults]


@pytest.fixture(scope="session")
def office(needs: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> files.Office:
    """LibreOffice, or a skip that says why."""
    return files.Office(needs("soffice"), tmp_path_factory.mktemp("office"))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)
