"""A delivery loses no row: kept, a repeat, or set aside with its reason; days that cannot be are said by row."""

from datetime import date
from pathlib import Path

import pytest

from caselight.formats.offence_events.mapping import Mapping, read_mapping
from caselight.formats.offence_events.reading import Delivery, read_delivery
from caselight.method.faults import Faults
from caselight.method.reoffending.events import Kind

DAY = date(2022, 12, 1)
HEAD = "person,occasion,offence,offence_date,proven_date,kind,release_date\n"


def delivery(tmp_path: Path, text: str, mapping: Mapping | None = None, encoding: str = "utf-8") -> Delivery:
    path = tmp_path / "events.csv"
    path.write_bytes(text.encode(encoding))
    found = read_delivery(path, mapping or Mapping(), DAY)
    assert found.rows == len(found.known) + found.repeats + found.set_aside
    return found


def codes(found: Delivery) -> list[tuple[str, int | None]]:
    return [(fault.code, fault.place.line if fault.place else None) for fault in found.faults]


def test_a_plain_row_is_kept_as_it_is(tmp_path: Path) -> None:
    (one,) = delivery(tmp_path, HEAD + "a,1,x,2022-01-02,2022-02-03,custody,2022-05-01\n").known
    assert (one.event.kind, one.event.release_date, one.since) == (Kind.CUSTODY, date(2022, 5, 1), date(2022, 2, 3))


def test_the_mapping_names_columns_words_dates_and_encoding(tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_text(
        'delimiter = ";"\nencoding = "cp1252"\ndates = ["%d/%m/%Y"]\n[columns]\nperson = "Child"\noccasion = "Ref"\n'
        'proven_date = "Outcome date"\nkind = "Outcome"\narea = "Area"\n[kinds]\n"Youth Caution" = "caution"\n',
        "utf-8",
    )
    text = "Child;Ref;Outcome date;Outcome;Area\na;1;03/02/2022; youth caution;Ynys Môn\n"
    (one,) = delivery(tmp_path, text, read_mapping(tmp_path / "m.toml"), "cp1252").known
    assert (one.event.kind, one.event.proven_date, one.event.area) == (Kind.CAUTION, date(2022, 2, 3), "Ynys Môn")


def test_a_charge_is_no_proven_event(tmp_path: Path) -> None:
    (one,) = delivery(tmp_path, HEAD + "a,1,x,2022-01-02,,charged,\n").known
    assert one.is_charge
    assert one.event.proven_date is None


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (",1,x,2022-01-02,2022-02-03,caution,", "reoffending.event-unusable"),
        ("a,1,x,2022-01-02,2022-02-03,something,", "reoffending.event-unusable"),
        ("a,1,x,2022-02-30,2022-02-03,caution,", "reoffending.event-date"),
        ("a,1,x,2022-01-02,2023-02-03,caution,", "reoffending.event-future"),
        ("a,1,x,2022-01-02,2022-02-03,custody,2022-01-03", "reoffending.event-order"),
        ("a,1,x,2022-03-02,2022-02-03,caution,", "reoffending.event-order"),
    ],
)
def test_what_is_wrong_is_said_with_its_row(tmp_path: Path, row: str, code: str) -> None:
    found = delivery(tmp_path, HEAD + "b,1,x,2022-01-02,2022-02-03,caution,\n" + row + "\n")
    assert codes(found) == [(code, 3)]


@pytest.mark.parametrize(
    "row",
    [
        "a,1,x,17 July 2009,2022-02-03,caution,",
        "a,1,x,2022-01-02,2023-02-03,caution,",
        "a,1,x,2022-01-02,2022-02-03,custody,2022-01-03",
        "a,1,x,2022-03-02,2022-02-03,caution,",
        "a,1,x,2022-01-02,2022-02-03,Jo Bloggs,",
    ],
)
def test_what_is_wrong_is_said_without_what_the_cell_holds(tmp_path: Path, row: str) -> None:
    """Dates and cells of a delivery are of children, and what is said stands in logs."""
    said = " ".join(f"{fault.says} {fault.cure}" for fault in delivery(tmp_path, HEAD + row + "\n").faults)
    assert said
    for cell in ("17", "July", "2009", "2022", "2023", "Jo Bloggs"):
        assert cell not in said


def test_a_flag_that_is_neither_is_said_by_its_column_alone(tmp_path: Path) -> None:
    found = delivery(tmp_path, HEAD.strip() + ",breach\na,1,x,2022-01-02,2022-02-03,caution,,Jo Bloggs\n")
    (fault,) = found.faults
    assert fault.code == "reoffending.event-flag"
    assert fault.place is not None
    assert fault.place.column == "breach"
    assert "Bloggs" not in fault.says


def test_a_repeat_counts_once_and_is_said(tmp_path: Path) -> None:
    found = delivery(tmp_path, HEAD + 2 * "a,1,x,2022-01-02,2022-02-03,caution,\n")
    assert (len(found.known), found.repeats, codes(found)) == (1, 1, [("reoffending.event-twice", 3)])


def test_rows_that_differ_in_something_else_are_both_kept(tmp_path: Path) -> None:
    rows = "a,1,x,2022-01-02,2022-02-03,custody,2022-05-01\na,1,x,2022-01-02,2022-02-03,custody,2022-06-01\n"
    assert len({one.key for one in delivery(tmp_path, HEAD + rows).known}) == 2


@pytest.mark.parametrize(
    ("text", "encoding", "code"),
    [
        ("person,occasion,kind\na,1,caution\n", "utf-8", "reoffending.no-column"),
        (HEAD + "Zoë,1,x,2022-01-02,2022-02-03,caution,\n", "latin-1", "file.not-utf8"),
        (HEAD + 'a,"1,x\n', "utf-8", "reoffending.bad-csv"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(tmp_path: Path, text: str, encoding: str, code: str) -> None:
    with pytest.raises(Faults) as refused:
        delivery(tmp_path, text, encoding=encoding)
    assert [fault.code for fault in refused.value] == [code]


@pytest.mark.parametrize("text", ["[columns", 'delimiter = "x"', "[columns]\nperson = 'p'", "[kinds]\na = 'b'"])
def test_a_mapping_that_cannot_be_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "m.toml").write_text(text)
    with pytest.raises(Faults, match=r"reoffending\.bad-mapping"):
        read_mapping(tmp_path / "m.toml")


@pytest.mark.parametrize(
    "last", ["Total,123", "Total rows: 1", '"Note: ""provisional"" figures, see below"', "Source: own records"]
)
def test_a_total_or_a_note_under_a_list_is_set_aside_by_its_row_and_the_list_is_read(tmp_path: Path, last: str) -> None:
    found = delivery(tmp_path, HEAD + "a,1,x,2022-01-02,2022-02-03,caution,\n" + last + "\n")
    assert (len(found.known), found.set_aside) == (1, 1)
    assert codes(found) == [("reoffending.event-unusable", 3)]


def test_a_quotation_mark_that_is_not_closed_is_named_where_it_stands(tmp_path: Path) -> None:
    """And not at the end of the file, which is where it is found out."""
    row = "a,{},x,2022-01-02,2022-02-03,caution,\n"
    text = HEAD + row.format(1) + row.format('"2') + "".join(row.format(n) for n in range(3, 30))
    with pytest.raises(Faults) as refused:
        delivery(tmp_path, text)
    [fault] = refused.value.faults
    assert fault.place is not None
    assert (fault.code, fault.place.line) == ("reoffending.bad-csv", 3)
    assert "from line 3 on" in fault.says
