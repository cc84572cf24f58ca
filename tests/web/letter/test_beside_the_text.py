"""Sentences, decisions, comments and files: what the letter needs beside its text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse
from tests.cast import LEAD
from tests.factories.moving import AT
from tests.factories.west_london import FOLDER, KEY
from tests.web.client import PageClient

from caselight.formats.package.reading import read_package
from caselight.method.inspection.package import Package
from caselight.procedures.accepting_shown import look_at_saved
from caselight.procedures.lettering import letter_package
from caselight.store.inspections.models import Inspection
from caselight.store.reports.actions import save_letter
from caselight.store.reports.making import begin_making, end_making
from caselight.store.reports.queries import accepted_of, newest_of

pytestmark = pytest.mark.django_db


def at(page: str, **more: object) -> str:
    return reverse(f"letter:{page}", kwargs={"key": KEY, **more})


def changed(source: str) -> None:
    text = source.replace("{P5: of} had a sufficient plan", "{P5: of} had a plan that was good enough")
    save_letter(by="lead", inspection=KEY, language="en", text=text, at=AT)


def test_a_sentence_that_changed_stands_old_beside_new_and_is_accepted(lead: PageClient, source: str) -> None:
    changed(source)
    page = lead.open(at("sentences"))
    assert "Changed since they were accepted: 2" in page.text
    assert any("good enough" in text for text in page.texts("//ins"))
    assert "P5: " in page.text
    value = page.find("//input[@name='sentence']")[0].get("value")
    page = lead.send(at("accept"), {"language": "en", "sentence": value})
    assert page.done == ["Accepted: 1 figure and words of the letter, as they are now."]
    assert "Changed since they were accepted: 1" in page.text
    page = lead.send(at("accept"), {**page.fields(), "accept_all": "1"})
    assert "Nothing waits to be read." in page.text
    assert look_at_saved(KEY, "en").faults == ()
    assert {row.accepted_by for row in accepted_of(KEY)} >= {"lead"}


def test_a_sentence_that_changed_after_it_was_shown_is_not_accepted(lead: PageClient, source: str) -> None:
    changed(source)
    value = lead.open(at("sentences")).find("//input[@name='sentence']")[0].get("value")
    save_letter(
        by="lead", inspection=KEY, language="en", text=newest_of(KEY, "en")[1].replace("good enough", "fine"), at=AT
    )
    page = lead.send(at("accept"), {"language": "en", "sentence": value}, status=422)
    assert page.errors == [
        "A sentence or a figure behind it has changed since the page was shown. Read it as it is now, and accept that."
    ]
    assert lead.send(at("accept"), {"language": "en"}, status=422).errors == [
        "No sentence was selected. Select the sentences to accept."
    ]


def without_decisions(key: str) -> Package:
    """The letter's inspection as if nobody had decided before the lead does."""
    package = letter_package(key)
    here = tuple(one for one in package.inspection.decisions if one.by == LEAD.name)
    return replace(package, inspection=package.inspection.model_copy(update={"decisions": here}))


def test_a_small_number_is_decided_beside_the_sentence_that_prints_it(
    lead: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("caselight.web.letter.views_decisions.letter_package", without_decisions)
    page = lead.open(at("decisions"))
    (form,) = page.find("//form[contains(@action, 'decide')][.//input[@name='subject'][@value='LAC']]")
    sentence = form.xpath("string(.//p[contains(@class, 'govuk-inset-text')])")
    assert "describes a group of" in form.xpath("string(.)")
    assert len(sentence.split()) > 5
    assert sentence.endswith(".")
    page = lead.send(at("decide"), {"language": "en", "subject": "LAC", "reason": ""}, status=422)
    assert page.errors == ["Enter the reason."]
    page = lead.send(at("decide"), {"language": "en", "subject": "LAC", "reason": "It says nothing of any child."})
    assert page.done == ["The number LAC may be printed."]
    assert not page.find("//form//input[@name='subject'][@value='LAC']")
    assert "LAC may be printed" in page.text


def test_a_word_that_is_a_name_is_decided_with_a_reason(lead: PageClient, source: str) -> None:
    name = read_package(FOLDER, private=True).identities[0].name.split()[-1]
    save_letter(by="lead", inspection=KEY, language="en", text=f"{source}\n\n{name} Road is long.\n", at=AT)
    assert f"“{name}”" in lead.open(at("decisions")).text
    page = lead.send(at("word"), {"language": "en", "subject": name, "reason": ""}, status=422)
    assert page.errors == ["Enter the reason."]
    page = lead.send(at("word"), {"language": "en", "subject": name, "reason": "It is a street."})
    assert page.done == ["The word may stand in the letter."]
    assert not page.find("//form[contains(@action, 'words')]")
    assert f"“{name}” is only a word" in page.text


def test_a_suggestion_is_sent_once_and_decided(lead: PageClient) -> None:
    inspector = PageClient("i1")
    page = inspector.open(at("remarks"))
    assert inspector.send(at("suggest"), {"language": "en"}, status=422).errors == [
        "Enter the paragraph that you mean.",
        "Enter what is not right.",
    ]
    typed = {**page.fields(), "place": "1.2", "says": "It was nine.", "evidence": "Minutes"}
    assert inspector.send(at("suggest"), typed).done == ["Your suggestion is sent to whoever writes the letter."]
    inspector.send(at("suggest"), typed)
    page = lead.open(at("remarks"))
    assert len(page.find("//article")) == 1
    n = page.find("//article/h2")[0].get("id").removeprefix("remark-")
    page = lead.send(at("settle", n=n), {"language": "en", f"r{n}-decision": "left", f"r{n}-reason": ""}, status=422)
    assert page.errors == ["A decision without a reason cannot be read afterwards. Enter the reason."]
    page = lead.send(at("settle", n=n), {"language": "en", f"r{n}-decision": "taken", f"r{n}-reason": ""})
    assert "Taken up" in page.text
    assert inspector.post(at("comment"), typed).status_code == 403
    assert PageClient("qa").send(at("comment"), {**typed, "once": ""}).done == [
        "Your comment is sent to whoever writes the letter."
    ]


def test_files_are_refused_with_what_stands_against_them_and_nothing_is_made(lead: PageClient, source: str) -> None:
    save_letter(by="lead", inspection=KEY, language="en", text=f"{source}\nMost cases were good.\n", at=AT)
    page = lead.send(at("make"), {"language": "en", "kind": "open"}, status=422)
    assert any("“Most” states a quantity" in error for error in page.errors)
    lead.send(at("make"), {"language": "en", "kind": "other"}, status=404)


def test_files_are_downloaded_by_name_and_say_that_the_letter_has_changed_since(lead: PageClient, source: str) -> None:
    n = begin_making(by="lead", inspection=KEY, kind="open", versions={"en": 1}, at=AT)
    assert "Being made" not in lead.open(at("files")).text  # so long ago that nobody makes it any more
    end_making(n=n, files={"letter.pdf": b"%PDF", "charts/R.svg": b"<svg>"}, at=AT)
    page = lead.open(at("files"))
    assert {"PDF", "Chart R"} <= set(page.links)
    answer = lead.get(page.links["PDF"])
    assert answer.headers["Content-Disposition"] == 'attachment; filename="west-london-open-letter.pdf"'
    assert lead.get(at("file", kind="open", path="all.zip")).content.startswith(b"PK")
    assert lead.get(at("file", kind="open", path="none.pdf")).status_code == 404
    changed(source)
    assert "The letter has changed since." in lead.open(at("files")).text
    inspector = PageClient("i1")
    assert inspector.get(at("file", kind="open", path="letter.pdf")).status_code == 403
    Inspection.objects.update(state="embargo")
    assert inspector.get(at("file", kind="open", path="letter.pdf")).status_code == 200
    assert inspector.get(at("file", kind="working", path="letter.pdf")).status_code == 403


def test_the_published_example_is_read_and_not_written(lead: PageClient) -> None:
    del lead
    Inspection.objects.update(state="published")
    page = PageClient("lead").open(at("letter"))
    assert not page.find("//textarea")


def test_the_letter_is_sent_for_review_when_it_has_no_mistakes(lead: PageClient, source: str) -> None:
    assert lead.open(at("letter")).links["Send for review"] == at("send")
    save_letter(by="lead", inspection=KEY, language="en", text=source + "{P5: all}", at=AT)
    page = lead.send(at("send"), status=422)
    assert len(page.errors) == 1
    save_letter(by="lead", inspection=KEY, language="en", text=source, at=AT)
    page = lead.send(at("send"))
    assert page.done == ["Sent for review. The service can read the letter and comment on it."]
    assert Inspection.objects.get(key=KEY).state == "fact_check"
    assert "Send for review" not in page.links
    assert lead.send(at("send"), status=422).errors[0].startswith("The inspection is in the state fact_check")


def test_no_way_sends_a_letter_with_a_mistake_to_the_service(lead: PageClient, source: str) -> None:
    save_letter(by="lead", inspection=KEY, language="en", text=source + "{P5: all}", at=AT)
    here = reverse("planning:inspection", kwargs={"key": KEY})
    page = lead.open(here)
    assert page.links["Send for the accuracy check"] == at("send")
    assert "Nothing is missing" not in page.text
    page = lead.send(reverse("planning:move", kwargs={"key": KEY}), {"to": "fact_check"})
    assert (page.url, Inspection.objects.get(key=KEY).state) == (at("send"), "draft")
    Inspection.objects.filter(key=KEY).update(state="embargo")  # but back from the embargo it is a step like others
    lead.send(reverse("planning:move", kwargs={"key": KEY}), {"to": "fact_check"})
    assert Inspection.objects.get(key=KEY).state == "fact_check"


def test_a_comment_that_nobody_decided_is_said_before_the_accuracy_check_ends(lead: PageClient) -> None:
    Inspection.objects.filter(key=KEY).update(state="fact_check")
    PageClient("qa").send(at("comment"), {"place": "1", "says": "Say which.", "language": "en"})
    assert lead.open(reverse("planning:inspection", kwargs={"key": KEY})).links["1 comment is not decided."] == at(
        "remarks"
    )
    assert lead.open("/").links["Decide about comments on the letter"] == at("remarks")


def test_a_comment_that_names_a_child_is_refused_and_kept_in_the_box(lead: PageClient) -> None:
    name = read_package(FOLDER, private=True).identities[0].name
    typed = {"language": "en", "place": "1.1", "says": f"{name} was not seen.", "once": ""}
    page = PageClient("i1").send(at("suggest"), typed, status=422)
    assert page.errors[0].endswith("Take it out: write “the child”, or the number of the paragraph.")
    assert page.find("//textarea[@name='says']")[0].text.strip() == typed["says"]
    assert "Nobody has said anything" in lead.open(at("remarks")).text
