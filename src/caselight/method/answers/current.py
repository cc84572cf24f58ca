"""The recordings that count: of all heads, one answer per question of each subject, found subjects included."""

from __future__ import annotations

from collections.abc import Mapping

from caselight.method.answers.events import COUNTED_PASSES, Address, AnswerEvent

Recorded = Mapping[str, tuple[AnswerEvent, ...]]
BETWEEN = "/"  # between the key of a subject and the key of a row found in it


def row_subject(key: str, row_key: str) -> str:
    """The key of a found subject: the key of the subject it was found in, and its own.

    >>> row_subject("c07", "p2")
    'c07/p2'
    """
    return f"{key}{BETWEEN}{row_key}"


def current(
    heads: Mapping[Address, tuple[AnswerEvent, ...]],
) -> dict[tuple[str, str], dict[str, tuple[AnswerEvent, ...]]]:
    """The heads that figures count, by subject and question: of the moderated pass if it has one, else of the first.

    A pass whose only head is withdrawn has none. Other passes (second, self, validated) are kept beside them and
    counted nowhere. A fact that two tools recorded has the heads of both. What was recorded in a row of a table belongs
    to the found subject: its kind is the table, its key that of :func:`row_subject`.
    """
    rank = {name: position for position, name in enumerate(COUNTED_PASSES)}
    chosen: dict[tuple[str, str], dict[str, tuple[AnswerEvent, ...]]] = {}
    ranks: dict[tuple[str, str, str], int] = {}
    for (_, kind, key, table, row_key, question, pass_), standing in heads.items():
        position = rank.get(pass_)
        if position is None or not standing or (len(standing) == 1 and standing[0].withdrawn):
            continue
        subject = (table, row_subject(key, row_key)) if table else (kind, key)
        known = ranks.get((*subject, question))
        if known is None or position < known:
            ranks[*subject, question] = position
            chosen.setdefault(subject, {})[question] = standing
        elif position == known:
            answers = chosen[subject]
            answers[question] = tuple(sorted(answers[question] + standing))
    return chosen
