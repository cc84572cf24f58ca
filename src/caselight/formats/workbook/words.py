"""The workbook's own words, in plain English. The framework's texts come in its own languages."""

from __future__ import annotations

from caselight.formats.workbook.book import Meta

YES, NO, OPEN = "yes", "no", "open"

HEADINGS = {
    "id": "No.",
    "text": "Question",
    "applies": "Applies?",
    "answer": "Answer",
    "not_relevant": "Not relevant, because",
    "why": "Why, or what was good",
    "others": "More reasons",
    "note": "Note",
    "where": "Where in the file",
    "action": "Action",
    "owner": "Owner",
    "due": "Due",
    "standing": "Stands as",
}
FACT_HEADINGS = {"text": "What is known", "answer": "Known now", "not_relevant": "As supplied"}
STANDING = {
    "S": "sufficient",
    "I": "not sufficient",
    "A": "answered",
    "R": "does not apply",
    "N": "not relevant",
    "U": "not yet answered",
    "C": "two answers: needs a decision",
}
MAY_APPLY = "may apply"
NOT_KNOWN = "not yet known"
NOT_ASKED = "not asked of it"
NEITHER = "counted on neither side"
OVERRIDE = "Your answer in place of the one worked out above, with a note that says why"
MODERATED = "This answer was moderated; it is changed in a workbook for moderation."
FACTS_ELSEWHERE = "What is known of a case is corrected in the workbook of the first pass."
TOO_LONG = "This text is too long for a cell; change it in Caselight."
KINDS = {
    "external": {"round": "inspection", "who": "inspector"},
    "local_audit": {"round": "audit round", "who": "auditor"},
}

FACTS = "What is known of it (correct here what is wrong)"
GUIDANCE = "Guidance"
TO_GUIDANCE = "To the guidance"
HINT = (
    "Fill in the pale yellow cells; bright yellow is still to be answered. Grey lines do not apply. "
    "Nothing is counted that stands in a grey line."
)
CONTESTED = (
    "Two answers stand here, so none is shown. Answer, and say in the note why: that decides it. "
    "Leave it empty to leave it undecided."
)
PRIVATE = "About children: keep and send it as safely as the case file"

WHO = "Who"
AUTHOR = "Filled in by (key of the team)"
TEAM = "Choose your own key from the list."
HOW = "How to fill it in"
SHEETS, WORKER, WAITING = "Sheet", "Worker", "Still to be answered"
NOT_FOLLOWED = "What this workbook does not work out"
NOT_FOLLOWED_HOW = "A few rules need more than a spreadsheet knows. Where one decides, the line says open; Caselight decides when the workbook is read in."
OVERVIEW = "Counted from the sheets as they stand now. Relevant is sufficient and not sufficient together."
LETTERS = (
    "S sufficient · I not sufficient · A answered · R does not apply · N not relevant, or counted on neither side · "
    "U open · C two answers"
)
LOOKS = {"entry": "Pale yellow", "attention": "Bright yellow", "greyed": "Grey", "shut": "White grey"}
PALE = "Yours to fill in or to correct."
BRIGHT = "Applies and is still to be answered."
GREYED = "Does not apply, by the facts and the answers above it. What stands there is kept and not counted."
SHUT = "Worked out, supplied or decided elsewhere; nothing is entered there."
PASSES = {
    "first": "",
    "second": "Second, independent assessment: answer without looking at the first.",
    "moderated": "Moderation: change an answer only where it was not agreed; the first answer is kept beside yours.",
    "self": "Self-assessment.",
    "validated": "Validation.",
}


def how(meta: Meta) -> tuple[str, ...]:
    """The steps, in the words of an inspection or of an audit round."""
    kind = KINDS[meta.kind]
    where = (
        "Go to the sheet of a case." if meta.layout == "sheets" else "Go to the sheet of the cases and find your row."
    )
    return (
        f"1. Choose your own key below the title, so that Caselight knows which {kind['who']} answered.",
        f"2. {where} Check what is known; correct what is wrong. Questions turn grey or open as you go.",
        "3. Answer from the drop-down list. Where the answer is that it falls short, choose why; a second cell takes more reasons, with | between.",
        "4. Where a question should not be asked of this case at all, leave the answer empty and choose why it is not relevant.",
        "5. Write the note in your own words. Name no child. Say where in the file you saw it: document; page. Several: with | between.",
        "6. An action needs a sentence, an owner and a day. To take an answer back, empty its cells.",
        "7. Save, and send the file back. Nothing needs macros, and nothing is sent anywhere by the file itself.",
        f"Answers count for this {kind['round']} when the workbook has been read in. Go on afterwards in a fresh workbook.",
    )
