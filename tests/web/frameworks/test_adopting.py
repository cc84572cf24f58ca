"""A question set is checked as a file, and adopted: faults by line with a cure, what is new, once only, by a lead."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.factories.sets import MINIMAL
from tests.factories.store import seeded
from tests.web.client import Page, PageClient

from caselight.store.audit.models import AuditRow
from caselight.store.frameworks.models import FrameworkVersion

pytestmark = pytest.mark.django_db
CHECK, ADOPT = "/frameworks/check", "/frameworks/adopt"
SECOND = MINIMAL.replace(b'version: "1"', b'version: "2"').replace(b"good enough", b"sound")


@pytest.fixture(autouse=True)
def world() -> None:
    cache.clear()
    seeded()


def checked(data: bytes, *, who: str = "lead", name: str = "mine.yaml", status: int = 200) -> Page:
    return PageClient(who).send(CHECK, {"file": SimpleUploadedFile(name, data)}, status=status)


def adopted(data: bytes, *, who: str = "lead") -> Page:
    return PageClient(who).send(ADOPT, checked(data, who=who).fields())


def test_every_fault_of_a_file_is_shown_at_once_with_its_line_and_what_to_do() -> None:
    page = checked(MINIMAL.replace(b"version:", b"vrsn:", 1).replace(b"scale: ", b"scale: un", 1), status=422)
    assert page.h1.endswith("things to mend in mine.yaml")
    rows = page.table("faults")
    assert len(rows) > 1
    assert all(row["File"] == "framework.yaml" and row["Line"].isdecimal() for row in rows)
    assert all(row["What is wrong"].endswith(".") and row["What to do"] for row in rows)
    assert "Adopt this version" not in page.buttons
    assert not AuditRow.objects.filter(act="framework.adopted").exists()


def test_nothing_chosen_empty_too_large_or_no_question_set_at_all_is_refused_in_plain_words() -> None:
    client = PageClient("lead")
    assert client.send(CHECK, {}, status=422).errors == ["Select the file of the question set."]
    for data, words in ((b"", "The file is empty."), (b"x" * 800_000, "more than 700 kB"), (b"PK\3\4", "damaged")):
        page = checked(data, status=422)
        assert page.h1 == "1 thing to mend in mine.yaml"
        assert words in page.text


def test_many_faults_are_shown_up_to_a_number_that_a_page_bears() -> None:
    page = checked(b"id: x\n" + b"".join(b"unknown_%d: 1\n" % n for n in range(400)), status=422)
    assert len(page.table("faults")) == 200
    assert "the first 200 of" in page.text


def test_a_name_that_is_markup_is_shown_as_words() -> None:
    page = checked(b"x: [", name="<script>alert(1)</script>.yaml", status=422)
    assert not page.find("//main//script")


def test_a_good_one_says_so_is_adopted_and_then_read_and_in_the_list() -> None:
    page = checked(MINIMAL)
    assert page.h1 == "mine.yaml can be adopted"
    done = PageClient("lead").send(ADOPT, page.fields())
    assert done.done == ["Version 1 is adopted. It can be chosen from now on."]
    assert done.h1 == "A small framework for tests"
    titles = [row["Question set"] for row in PageClient("i1").open("/frameworks/").table("question-sets")]
    assert "A small framework for tests" in titles
    choices = PageClient("lead").open("/inspections/new").text
    assert "A small framework for tests" in choices


def test_sent_twice_it_is_adopted_once_and_leads_to_the_same_page() -> None:
    fields = checked(MINIMAL).fields()
    client = PageClient("lead")
    assert client.send(ADOPT, fields).url == client.send(ADOPT, fields).url
    assert AuditRow.objects.filter(act="framework.adopted").count() == 1


def test_what_is_adopted_already_says_so_and_offers_nothing() -> None:
    adopted(MINIMAL)
    page = checked(MINIMAL)
    assert page.h1 == "mine.yaml is adopted already"
    assert "Adopt this version" not in page.buttons
    assert page.links["Read it"].startswith("/frameworks/")


def test_a_number_that_is_taken_is_said_before_anybody_adopts_and_refused_after() -> None:
    other = checked(SECOND.replace(b'version: "2"', b'version: "1"')).fields()
    adopted(MINIMAL)
    page = checked(SECOND.replace(b'version: "2"', b'version: "1"'))
    assert page.h1 == "mine.yaml needs another version number"
    assert "Adopt this version" not in page.buttons
    late = PageClient("lead").send(ADOPT, other, status=422)
    assert "Give the changed framework another version, or take the adopted files." in late.errors[0]
    assert FrameworkVersion.objects.filter(name="minimal").count() == 1


def test_a_later_version_shows_what_is_new_word_by_word_and_what_stays_comparable() -> None:
    adopted(MINIMAL)
    page = checked(SECOND)
    assert "What is new since version 1" in page.text
    assert "Reworded" in page.text
    assert "good enough" in " ".join(page.texts("//del"))
    assert "sound" in " ".join(page.texts("//ins"))


def test_whoever_reads_may_check_and_only_a_lead_may_adopt() -> None:
    fields = checked(MINIMAL).fields()
    page = checked(MINIMAL, who="i1")
    assert "Adopt this version" not in page.buttons
    assert "Whoever leads an inspection or an audit round can adopt it." in page.text
    for who in ("i1", "la", "qa", "an", "au", "sm", "cm", "pb", "ad", "stranger"):
        assert PageClient(who).post(ADOPT, fields).status_code in (403, 404), who
    for who in ("sm", "cm", "pb", "ad", "stranger"):
        assert PageClient(who).get(CHECK).status_code in (403, 404), who
    assert not FrameworkVersion.objects.filter(name="minimal").exists()


def test_a_form_that_was_meddled_with_is_sent_back_or_checked_again() -> None:
    client = PageClient("lead")
    assert client.send(ADOPT, {}).url == CHECK
    assert client.send(ADOPT, {"name": "x", "content": "eDogWw"}).url == CHECK  # not whole
    for content in ("!", "eDogWw=="):  # nothing, and "x: ["
        assert client.send(ADOPT, {"name": "x", "content": content}, status=422).h1 == "1 thing to mend in x"


def test_a_folder_is_sent_as_a_zip() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mine/framework.yaml", MINIMAL)
        archive.writestr("mine/notes.md", "# Ours")
    page = checked(out.getvalue(), name="mine.zip")
    done = PageClient("ll").send(ADOPT, page.fields())
    files = PageClient("i1").get(done.links["The files that it is made of (zip)"])
    with zipfile.ZipFile(io.BytesIO(files.content)) as archive:
        assert archive.read("minimal/notes.md") == b"# Ours"
