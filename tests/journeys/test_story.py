"""One whole inspection, from its announcement to its letter, as its people do it, on either database.

Nothing goes through the database here but the accounts and the adoption of the question set: what follows is said and
done at pages. The figures were counted by hand from the answers below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.evidence.promise import POSTGRESQL, SQLITE
from tests.factories.story import names
from tests.journeys import story, story_after, story_asked
from tests.journeys.browser import Site, served
from tests.journeys.people import sign_in

pytestmark = pytest.mark.browser
COUNTED = {"assessment": "4 of 5", "review": "3 of 4", "plan for safety": "4 of 6", "report": "4 of 5"}
LETTER = """## {section: summary}

We read {CASE-COUNT: count; noun=case|cases; numbers=digits}. Much of the work was sound. {R1, S1: headline}

## {section: commentary}

### {theme: R}

The assessment was good enough in @R1, and a review that was due was good enough in @R2.

### {theme: S}

There was a good plan for safety in @S1, and a good report in @S2.
"""


@pytest.fixture(scope="module", params=[SQLITE, POSTGRESQL])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Caselight on each database."""
    with served(request.param, tmp_path_factory.mktemp("story")) as made:
        made.do("tests.factories.story:managed")
        made.do("tests.factories.story:adopted")
        yield made


def test_an_inspection_from_its_announcement_to_its_letter(  # noqa: C901, PLR0915 - a story is told in one piece
    site: Site, page_as: Any, needs: Callable[[str], str], tmp_path: Path
) -> None:
    pdftotext = needs("pdftotext")

    # A lead plans an inspection and names the team.
    lead = sign_in(site, page_as, "lead")
    story.plans(lead)
    story.names_the_team(lead, i1="Inspector", i2="Inspector", qa="Quality assurer")

    # The service is told, and asked for what it must provide; its manager says what came, and the lead accepts it.
    story_asked.announces(lead)
    story_asked.asks_the_service(lead, 2)
    manager = sign_in(site, page_as, "sm", lead.here)
    story_asked.provides_the_list_of_cases(manager, "In the shared folder.")
    story_asked.accepts_what_came(lead, "In the shared folder.")

    # The case list comes with a day that cannot be; it is fixed. A sample is drawn, and a case of it replaced.
    story.brings_in_the_case_list(lead, tmp_path)
    story.draws_the_sample(lead, 6)
    story.replaces_a_case(lead)
    cases = story.cases_of_the_sample(lead)
    one, two, three, four, five, six = cases

    # An inspector declares a conflict of interest, and cannot be given that case.
    inga, ivo = (sign_in(site, page_as, key, lead.here) for key in ("i1", "i2"))
    story.declares_a_conflict(ivo, one)
    story.gives(lead, "i2", [one])
    lead.page.locator(".govuk-error-summary").get_by_text("conflict of interest").first.wait_for()
    story.gives(lead, "i1", [one, two, three])
    story.gives(lead, "i2", [three, four, five, six])

    # Everybody is told who sits with whom on which half-day; a case that was closed to somebody is not put with them.
    story_asked.cannot_put(lead, one, "Ivo Inspector, Tuesday 15 December, morning")
    story_asked.puts(lead, [one, two], "Inga Inspector, Monday 14 December, morning")
    story_asked.puts(lead, [three], "Inga Inspector, Monday 14 December, afternoon")
    story_asked.puts(lead, [four, five, six], "Ivo Inspector, Tuesday 15 December, morning")
    story_asked.publishes_the_timetable(lead)

    # Nobody else knows of it.
    stranger, elsewhere = (sign_in(site, page_as, key, lead.here) for key in ("stranger", "sm2"))
    for outsider in (stranger, elsewhere):
        for path in ("", "case-list/", "sample/", "cases/", "findings/", "letter/", "letter/files"):
            outsider.finds_nothing_at(path)
        assert story.TITLE not in outsider.page.goto(f"{site.url}/inspections/").text()

    # Fieldwork: two inspectors at their pages at once.
    story.goes_on(lead, "Begin fieldwork", "Fieldwork")
    story_asked.notes_who_was_present(inga, one, "The case manager throughout.")
    place = story.opens(inga, one)
    story.answers(inga, "R1", "Yes", good="The child was heard", note="He says so himself.", document="Assessment",
                  where="section 4", quote="I could say what I wanted to")  # fmt: skip
    story.opens(ivo, four)
    story.answers(ivo, "R1", "Yes")
    story.answers(inga, "R2", "Due and sufficient")
    story.answers(ivo, "R2", "Due and sufficient")
    story.answers(inga, "S1", "Yes")
    story.answers(ivo, "S1", "No", why="Too thin", note="Nobody would know what to do tonight.")
    story.answers(inga, "S2", "Yes")
    story.answers(ivo, "S2", "Yes")

    # A fact that the service supplied is wrong: the question that hangs on it is no longer asked.
    story.opens(inga, two)
    story.answers(inga, "R1", "No", why="Too thin", note="No word about friends.")
    story.answers(inga, "R2", "Not due")
    story.answers(inga, "S1", "Yes")
    story.corrects_a_fact(inga, two, "report", "No")
    story.opens(ivo, five)
    story.answers(ivo, "R1", "Yes")
    story.answers(ivo, "R2", "Due, not sufficient", why="Too late")
    story.answers(ivo, "S1", "Yes")
    story.answers(ivo, "S2", "No", why="Too late")
    story.opens(ivo, six)
    story.answers(ivo, "R1", "Not relevant", aside="Another service did the work")
    story.answers(ivo, "R2", "Due and sufficient")
    for question in ("S1", "S2"):
        story.answers(ivo, question, "Yes")

    # Both look at the third case and differ; the lead sees both answers side by side and decides.
    story.opens(inga, three)
    story.answers(inga, "R1", "Yes")
    story.answers(inga, "R2", "Not due")
    for question in ("S1", "S2"):
        story.answers(inga, question, "Yes")
    story.opens(ivo, three)
    story.sees_that_another_answered(ivo, three, "R1", "Inga Inspector")
    story.answers(ivo, "R1", "No", why="Too late")
    story.decides_between_two(lead, three, "R1", stands="Yes", why="It was late for a reason that the file gives.")

    # An urgent concern is raised, told, and closed; then every case is complete.
    story.raises_an_urgent_concern(inga, two, "The child said that nobody was at home.")
    story.closes_the_concern(lead)
    story.completes(inga, one, two, three)
    story.completes(ivo, four, five, six)
    for outsider in (stranger, elsewhere):
        for path in ("", place, "moderation/", "findings/", "letter/"):
            outsider.finds_nothing_at(path)

    # Moderation changes an answer with a reason; then all is agreed, signed and countersigned.
    story.goes_on(lead, "End fieldwork and begin moderation", "Moderation")
    story_after.changes_an_answer(lead, "S1", two, why="The plan names no danger.")
    story_after.agrees_all(lead, 6)
    story_after.signs(inga, one, two, three)
    story_after.signs(ivo, four, five, six)
    story_after.countersigns(lead, *cases)

    # The findings are what the hand counted; the feedback sheet is made from them.
    story_after.looks_at_the_findings(lead, COUNTED)
    story_after.makes_the_feedback_sheet(lead, "You listen to the children you work with.")

    # The letter is written with its figures, and read by the service and by the publisher before it is out.
    story.goes_on(lead, "End moderation and begin the letter", "Letter being written")
    story_after.writes_the_letter(lead, LETTER)
    story_after.sends_for_review(lead)
    story_after.reads_and_comments(manager, "4 of 5 relevant cases", "The review of the second case was not due.")
    story.goes_on(lead, "End the accuracy check and begin the embargo", "Under embargo")
    story_after.makes_the_files(lead)
    for outsider in (stranger, elsewhere):
        outsider.finds_nothing_at("letter/files")

    # Two persons publish it: the lead proposes what there is, a publisher reads it and sends it back once, then approves.
    story_after.proposes_it_for_publication(lead)
    publisher = sign_in(site, page_as, "pb", lead.here)
    story_after.sends_it_back(publisher, "Say in the letter when it was published.")
    story_after.proposes_it_for_publication(lead, sent_back_by="Pia Publisher")
    approved = story_after.takes_the_files(publisher, tmp_path)
    story_after.approves_and_publishes(publisher)

    # What is published are the bytes that the publisher had, for everybody who took part: with the right figures, and no
    # child's name.
    for reader in (lead, publisher, manager):
        assert story_after.takes_the_files(reader, tmp_path) == approved
    files = story_after.words_in(approved, pdftotext)
    for name, said in files.items():
        assert not [one for one in names() if one in said], name
    for figure in COUNTED.values():
        assert figure in files["open/letter.html"], figure
        assert figure in files["open/letter.pdf"], figure
