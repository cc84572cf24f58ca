"""What is done in one inspection after its fieldwork, until its letter is published, in the words of the pages."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path

from tests.journeys.people import Person, prove_again
from tests.journeys.story import opens

MADE = 180_000  # milliseconds that all files may take on a slow machine


def changes_an_answer(lead: Person, question: str, case: str, *, why: str) -> None:
    """An answer is agreed as another than the first one, which stays beside it."""
    lead.go("moderation/")
    lead.page.locator("summary", has_text="Safety").click()
    lead.follow(re.compile("plan for safety", re.IGNORECASE))
    row = lead.page.locator(".cl-row", has=lead.page.get_by_role("heading", name=case, exact=True))
    row.get_by_role("radio", name="No", exact=True).check()
    row.get_by_label("Coded reason").select_option(label="Too thin")
    row.get_by_label("Reason for a change").fill(why)
    row.get_by_role("button", name=re.compile("^Agree")).click()
    lead.reads(f"Saved on the server: {case}")
    row.get_by_text("Changed", exact=True).wait_for()
    row.locator(".cl-row__first").get_by_text("Yes", exact=True).wait_for()


def agrees_all(lead: Person, n: int) -> None:
    """Every case is agreed."""
    lead.go("moderation/cases")
    for box in lead.page.get_by_role("checkbox").all():
        box.check()
    lead.press("These cases are agreed")
    lead.reads(f"{n} cases are agreed.")


def signs(inspector: Person, *cases: str) -> None:
    """The inspector's own cases."""
    for case in cases:
        opens(inspector, case)
        inspector.follow("Check and complete")
        prove_again(inspector, "Sign this case", "You have signed the case.")
        inspector.reads("You have signed the case.")


def countersigns(lead: Person, *cases: str) -> None:
    """Which locks them."""
    for case in cases:
        opens(lead, case)
        lead.follow("Check and complete")
        prove_again(lead, "Countersign and lock", "The case is countersigned and locked.")
        lead.reads("The case is countersigned and locked.")


def looks_at_the_findings(lead: Person, agreed: dict[str, str]) -> None:
    """Every figure stands as it was counted by hand, and opens to its cases."""
    lead.go("findings/?totals=agreed")
    for label, figure in agreed.items():
        row = lead.page.get_by_role("row", name=re.compile(label, re.IGNORECASE)).first
        said = row.inner_text().replace("\N{NO-BREAK SPACE}", " ")
        assert figure in said, (label, figure, said)


def makes_the_feedback_sheet(lead: Person, strength: str) -> None:
    """One sheet that can be spoken, with a sentence in own words."""
    lead.go("findings/")
    lead.press("Make feedback sheet")
    lead.press("Make the sheet")
    lead.page.get_by_label("Strength 1", exact=True).fill(strength)
    lead.press("Save the sheet")
    lead.reads(strength)


def writes_the_letter(lead: Person, text: str) -> None:
    """In place of the first draft; every ``@KEY`` in it is a figure that is found and put in."""
    lead.go("letter/")
    lead.press("Begin with the first draft")
    lead.reads("The first draft is saved as version 1.")
    with lead.page.expect_response(lambda answer: answer.url.endswith("/look")):
        lead.page.locator("#text").fill(text)
    for key in re.findall(r"@(\w+)", text):
        puts_in(lead, key)
    lead.press("Save as a version")
    lead.reads("Saved as version 2.")
    tabs = lead.page.get_by_role("navigation", name="Pages of the letter")
    tabs.get_by_role("link", name="Sentences", exact=True).click()
    lead.press("Accept all that are shown")
    lead.reads("Nothing waits to be read.")


SELECT = """key => {
  const text = document.getElementById("text");
  const at = text.value.indexOf("@" + key);
  text.focus();
  text.setSelectionRange(at, at + key.length + 1);
}"""


def puts_in(lead: Person, key: str) -> None:
    """The figure of a question in the place where ``@KEY`` was typed, as it will be printed."""
    lead.page.evaluate(SELECT, key)
    wanted = lead.page.locator("#finder input[name=q]")
    if not wanted.is_visible():
        lead.press("Find a figure")
    wanted.fill(key)
    wanted.press("Enter")
    found = lead.page.locator(f"#finder .cl-put[data-put*='{key}']")
    with lead.page.expect_response(lambda answer: answer.url.endswith("/look")):
        found.filter(has_text=re.compile(r"^\d of \d (relevant )?cases$")).click()


def sends_for_review(lead: Person) -> None:
    """The service may read it from then on."""
    lead.go("letter/")
    lead.follow("Send for review")
    lead.press("Send for review")
    lead.reads("Sent for review.")


def reads_and_comments(manager: Person, figure: str, comment: str) -> None:
    """The service's manager finds the letter where they arrive, reads it, and says what is not right."""
    manager.page.goto(manager.site.url)
    manager.follow("Read the letter and comment")
    manager.page.frame_locator("iframe").get_by_text(figure).first.wait_for()
    manager.go("letter/remarks")
    manager.page.locator("#says").fill(comment)
    manager.press("Send")
    manager.reads(comment)


def makes_the_files(lead: Person) -> None:
    """All files to publish."""
    lead.go("letter/files")
    lead.press("Make the files To publish")
    part = lead.page.get_by_role("region", name="To publish")
    files, refusal = part.get_by_role("link", name=re.compile("^All of them")), part.locator(".govuk-warning-text")
    files.or_(refusal).wait_for(timeout=MADE)
    assert not refusal.count(), part.inner_text()


def takes_the_files(reader: Person, folder: Path) -> dict[str, bytes]:
    """Every file to publish, by path."""
    reader.go("letter/files")
    with reader.page.expect_download() as coming:
        reader.page.get_by_role("link", name=re.compile("^All of them.*to publish")).click()
    coming.value.save_as(folder / "all.zip")
    return _unpacked((folder / "all.zip").read_bytes())


def proposes_it_for_publication(lead: Person, *, sent_back_by: str = "") -> None:
    """The version of the letter and its files as they stand; the page says that nothing stands against them."""
    lead.go("letter/publication")
    if sent_back_by:
        lead.reads(f"{sent_back_by} sent it back on")
    lead.reads("Nothing: every sentence agrees with its figures")
    lead.press("Propose for publication")
    lead.reads("Waiting for approval")


def sends_it_back(publisher: Person, reason: str) -> None:
    """The publisher finds it where they arrive, and says what is to be mended."""
    publisher.page.goto(publisher.site.url)
    publisher.follow("Approve the letter for publication")
    publisher.page.get_by_label("What is to be mended").fill(reason)
    publisher.press("Send back")
    publisher.reads(reason)


def approves_and_publishes(publisher: Person) -> None:
    """By somebody else than who proposed it, who proves once more who they are."""
    publisher.go("letter/publication")
    prove_again(publisher, "Approve and publish", "What was published")
    publisher.reads("Approved and published by Pia Publisher")


def _unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def words_in(files: dict[str, bytes], pdftotext: str) -> dict[str, str]:
    """Everything that can be read in each file: of office documents all parts but a list of typefaces, of a PDF its text."""
    read = {name: _words(name, content, pdftotext).decode("utf-8", "replace") for name, content in files.items()}
    return {name: " ".join(said.split()) for name, said in read.items()}


def _words(name: str, content: bytes, pdftotext: str) -> bytes:
    if name.endswith((".docx", ".ods")):
        return b"\n".join(part for member, part in _unpacked(content).items() if "theme" not in member)
    if name.endswith(".pdf"):
        return subprocess.run([pdftotext, "-", "-"], input=content, capture_output=True, check=True).stdout
    return content
