"""The scales of grades, and the cut tables that say which values give which grade."""

from __future__ import annotations

from caselight.formats.framework_document.building.speaker import Speaker, anchor, anchor_id, in_title
from caselight.formats.framework_document.structure import Block, Row, Table, filled, paragraph, words
from caselight.method.framework.ratings import Cut, CutTable, RatingScale


def grades(say: Speaker, scale: RatingScale) -> Table:
    scored = any(grade.score is not None for grade in scale.grades)
    columns = ("document.grade", "document.score") if scored else ("document.grade",)
    rows = []
    for grade in scale.grades:
        word = say.text(grade.word)
        name = words(f"{say.text(grade.label)} ({word})" if word else say.text(grade.label))
        rows.append(Row((name, words(say.number(grade.score)))[: len(columns)]))
    return filled(say.word("document.grades", name=in_title(scale.id)), tuple(map(say.word, columns)), tuple(rows))


def cuts(say: Speaker, table: CutTable) -> list[Block]:
    scale = _scale_of(say, table.id)
    rows = tuple(Row((words(say.grade(scale, cut.grade)), words(_ends(say, cut)))) for cut in table.cuts)
    origin = say.origin(table.provenance, "cut", in_title(table.id), anchor("cuts", table.id))
    whole = f" {say.word('document.whole')}" if table.whole else ""
    columns = (say.word("document.grade"), say.word("document.values_from_to"))
    named = Row((rows[0].cells[0], rows[0].cells[1]), anchor_id("cuts", table.id))
    title = say.word("document.cut_table", name=in_title(table.id))
    note = words(f"{say.word(f'document.rounding.{table.rounding}')}{whole} ")
    return [filled(title, columns, (named, *rows[1:])), paragraph((*note, *origin))]


def _scale_of(say: Speaker, table: str) -> str:
    """The scale whose grades a cut table names: that of the first rating which uses the table."""
    for rating in say.framework.ratings:
        way, needs = rating.way
        if (way == "cut" and needs.table == table) or (way == "sum" and table in (one.table for one in needs.tables)):
            return rating.scale
    return ""


def _ends(say: Speaker, cut: Cut) -> str:
    low = next((say.word(f"cut.{k}", low=v) for k, v in (("from", cut.from_), ("above", cut.above)) if v), "")
    high = next((say.word(f"cut.{k}", high=v) for k, v in (("to", cut.to), ("below", cut.below)) if v), "")
    if low and high:
        return say.word("cut.both", low=low, high=high)
    return low or high or say.word("cut.any")
