"""Pictures in the documents are made by a script and are all there; each role has its tutorial; each page its picture."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests import cast
from tests.evidence.matrix import matrix
from tests.pictures import documents
from tests.pictures.catalogue import MORE, STAGES, TAKEN, WHO, WITHOUT, pictured
from tests.repository.pages import ROOT, pages

from caselight.procedures.demonstrating.cast import CAST
from caselight.store.accounts.permissions import Role

PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)#\s]+)\)")
CHOSEN = re.compile(r"choose \*([^*:]+): ([^*]+)\*")
TUTORIALS = ROOT / "docs" / "tutorial"
NOT_SIGNED_IN = {"PU"}
SHOWN = [
    (page, alt, (page.parent / target).resolve())
    for page in pages()
    for alt, target in PICTURE.findall(page.read_text("utf-8"))
    if not target.startswith("https:")
]


def test_every_picture_that_a_document_shows_is_there_and_says_in_words_what_it_shows() -> None:
    assert [(page.name, path.name) for page, alt, path in SHOWN if not path.is_file() or len(alt.split()) < 5] == []


def test_every_picture_of_a_tutorial_is_made_by_the_script_and_shown_somewhere() -> None:
    made = {f"{name}.png" for name in documents.TAKEN}
    assert {path.name for path in documents.FOLDER.iterdir()} == made
    assert {path.name for _, _, path in SHOWN if path.parent == documents.FOLDER} == made


def test_the_pictures_of_the_documents_stay_small() -> None:
    assert sum(path.stat().st_size for path in documents.FOLDER.iterdir()) < documents.LARGEST


@pytest.mark.parametrize(
    "role", [role for role in Role if role.short not in NOT_SIGNED_IN], ids=lambda role: role.value
)
def test_every_role_has_a_tutorial_that_begins_by_choosing_it(role: Role) -> None:
    texts = [" ".join(path.read_text("utf-8").split()) for path in TUTORIALS.glob("*.md")]
    chosen = [text for text in texts if f"choose *{role.called}: " in text]
    assert len(chosen) == 1
    assert "./start demo" in chosen[0]


def test_whoever_a_tutorial_chooses_is_somebody_of_the_demonstration() -> None:
    told = {
        chosen
        for path in TUTORIALS.glob("*.md")
        for chosen in CHOSEN.findall(" ".join(path.read_text("utf-8").split()))
    }
    assert told - {(actor.role.called, actor.name) for actor in CAST} == set()


def test_every_tutorial_is_named_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [path.name for path in TUTORIALS.glob("*.md") if f"docs/tutorial/{path.name}" not in readme] == []


def test_every_page_has_its_picture_or_the_reason_why_not() -> None:
    found = {row.url for row in matrix() if row.method == "GET" and not row.url.startswith(("api:", "social/"))}
    taken = {shot.page for shot in pictured()}
    assert found - taken - WITHOUT.keys() == set()
    assert (TAKEN.keys() | WITHOUT.keys() | {shot.page for shot in documents.TAKEN.values()}) - found == set()
    assert taken & WITHOUT.keys() == set()


def test_every_picture_is_of_somebody_there_and_has_a_name_of_its_own() -> None:
    shots = [*pictured(), *documents.TAKEN.values()]
    assert {shot.who for shot in shots} <= {person.key for person in cast.CAST} | {""}
    assert {shot.stage for shot in shots} <= {*STAGES}
    assert set(WHO.values()) - {""} <= {person.key for person in cast.CAST}
    names = [shot.called for shot in pictured()]
    assert len(names) == len(set(names))
    assert {Path(shot.called).name for shot in MORE} <= set(names)
