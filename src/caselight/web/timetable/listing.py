"""The slots as a table, which can be sorted, filtered and downloaded; by worker, then by time."""

from __future__ import annotations

from django.urls import reverse

from caselight.web.design.tables import Column, Link, Table, Tag
from caselight.web.timetable.board import Board

COLUMNS = (Column("worker", "Worker"), Column("about", "About", "link"), Column("day", "Day", "date"),
           Column("half", "Half-day"), Column("time", "Time"), Column("room", "Room"))  # fmt: skip


def slot_table(board: Board) -> Table:
    """Every slot that the visitor may see."""
    seen, said = board.seen, board.said
    ordered = sorted(seen.slots, key=lambda one: (seen.worker(one), one.worker, one.order))
    rows = [
        {
            "worker": seen.worker(one),
            "about": Link(seen.about(one), reverse("timetable:slot", args=[seen.visit.key, one.slot])),
            "day": one.place.day,
            "half": one.place.half.called,
            "time": one.starts,
            "room": one.room,
            "name": seen.name(one.place.user),
            "state": Tag(*board.state(one)) if board.state(one)[0] else None,
            "clash": "; ".join(each.says for each in board.warned(one)),
        }
        for one in ordered
    ]
    columns = [*COLUMNS, Column("name", said.cap(said.inspector)), Column("state", "State", "tag")]
    if seen.plans:
        columns.append(Column("clash", "Clash"))
    return Table("Slots by worker", columns, rows, name="slots", empty="There is no slot yet.")
