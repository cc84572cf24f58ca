"""Made-up packages go in and come out: the same value, the same figures, and from then on the same bytes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories.folders import answers, event, inspection_folder, op
from tests.factories.moving import AT, files

from caselight.formats.package.reading import read_package
from caselight.method.analysis.figures import figures
from caselight.method.answers.events import AnswerEvent
from caselight.procedures.exporting import export_package
from caselight.procedures.importing import import_package
from caselight.procedures.stored import store_package

# What a text file of ours may hold; the first character of a note must not look like a formula to whoever opens it.
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30).map(
    lambda text: f"n{text}"
)


@st.composite
def recorded(draw: st.DrawFn) -> list[AnswerEvent]:
    """Answers to the same few questions, amended and contested as it comes."""
    made: list[AnswerEvent] = []
    for number in range(draw(st.integers(0, 6))):
        key, question = draw(st.sampled_from(["k1", "k2"])), draw(st.sampled_from(["A1", "A2.due"]))
        value = draw(st.sampled_from(["yes", "no"]))
        reasons = draw(st.sampled_from([("late",), ("late", "other")])) if (question, value) == ("A1", "no") else ()
        note = draw(WORDS) if "other" in reasons else draw(st.one_of(st.just(""), WORDS))
        before = [one.op_id for one in made if (one.subject_key, one.question_id) == (key, question)]
        bases = tuple(before[-1:]) if before and draw(st.booleans()) else ()
        more = {"reasons": reasons, "note": note, "base_op_ids": bases, "notable": draw(st.booleans())}
        made.append(event(number + 1, key, question, value, **more))
    return made


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside is taken back: each made-up package meets an empty store."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    events=recorded(),
    letter=st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufeff"))),
    unknown=st.dictionaries(st.sampled_from(["notes.bin", "more/of it.dat", "README.md"]), st.binary(max_size=40)),
    quoted=WORDS,
)
def test_a_made_up_package_is_the_same_inside_and_after(
    events: list[AnswerEvent], letter: str | None, unknown: dict[str, bytes], quoted: str
) -> None:
    cell = '"' + quoted.replace('"', '""') + '"'
    excerpts = "excerpt_key,op_id,text,alias,alias_checked_by,speaker\n"
    excerpts += f"e1,{op(1)},{cell},,,\n" if events else ""
    with tempfile.TemporaryDirectory() as name, undone():
        place = Path(name)
        changes = {"answers.csv": answers(events), "excerpts.csv": excerpts, "letter.md": letter and letter.encode()}
        folder = inspection_folder(place / "in", {**changes, **unknown})
        package = read_package(folder)
        import_package(folder, by="lead", at=AT)
        stored = store_package("test")
        assert stored == package
        assert figures(stored) == figures(package)
        export_package("test", place / "out", by="lead", at=AT)
        assert read_package(place / "out") == package
        assert {path: (place / "out" / path).read_bytes() for path in unknown} == unknown
        assert not import_package(place / "out", by="lead", at=AT).changed
        export_package("test", place / "again", by="lead", at=AT)
        assert files(place / "again") == files(place / "out")
