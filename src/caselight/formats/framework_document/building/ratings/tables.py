"""The tables of one rating: its lines, its matrix, its caps, and what must follow from it."""

from __future__ import annotations

from caselight.formats.framework_document.building.speaker import Speaker, anchor
from caselight.formats.framework_document.structure import Block, Row, filled, words
from caselight.method.framework.ratings import ByFirstMatch, ByMatrix, Rating


def lines(say: Speaker, rating: Rating, needs: ByFirstMatch) -> list[Block]:
    rows = []
    for number, line in enumerate(needs.lines, start=1):
        name = f"{rating.id} ({number})"
        origin = say.origin(line.provenance, "part", name, anchor("rating", rating.id))
        rows.append(Row((words(say.grade(rating.scale, line.grade)), words(say.sentence(line.when)), origin)))
    columns = ("document.grade", "question.holds_when", "document.origin")
    return [filled(say.word("rating.lines", id=rating.id), tuple(map(say.word, columns)), tuple(rows))]


def matrix(say: Speaker, rating: Rating, needs: ByMatrix) -> list[Block]:
    framework = say.framework
    rows_scale = framework.rating_by_id[needs.rows].scale if needs.rows in framework.rating_by_id else ""
    columns_scale = framework.rating_by_id[needs.columns].scale if needs.columns in framework.rating_by_id else ""
    across = list(dict.fromkeys(name for cells in needs.cells.values() for name in cells))
    names = {"rows": say.rating(needs.rows)[0].text, "columns": say.rating(needs.columns)[0].text}
    columns = (say.word("rating.matrix_corner", **names), *(say.grade(columns_scale, name) for name in across))
    rows = tuple(
        Row((words(say.grade(rows_scale, name)), *(words(say.grade(rating.scale, cells.get(to, ""))) for to in across)))
        for name, cells in needs.cells.items()
    )
    return [filled(say.word("rating.matrix_title", id=rating.id), columns, rows)]


def caps(say: Speaker, rating: Rating) -> list[Block]:
    if not rating.caps:
        return []
    rows = []
    for number, cap in enumerate(rating.caps, start=1):
        origin = say.origin(cap.provenance, "part", f"{rating.id} ({number})", anchor("rating", rating.id))
        grade = words(say.grade(rating.scale, cap.at_most))
        rows.append(Row((grade, words(say.sentence(cap.when)), words(say.text(cap.says)), origin)))
    columns = ("rating.at_most", "rating.while", "document.says", "document.origin")
    return [filled(say.word("rating.caps", id=rating.id), tuple(map(say.word, columns)), tuple(rows))]


def duties(say: Speaker, rating: Rating) -> list[Block]:
    if not rating.duties:
        return []
    rows = []
    for number, duty in enumerate(rating.duties, start=1):
        origin = say.origin(duty.provenance, "part", f"{rating.id} ({number})", anchor("rating", rating.id))
        rows.append(Row((words(say.text(duty.says)), words(say.sentence(duty.when)), origin)))
    columns = ("rating.must", "rating.while", "document.origin")
    return [filled(say.word("rating.duties", id=rating.id), tuple(map(say.word, columns)), tuple(rows))]
