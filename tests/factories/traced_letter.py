"""A finished letter of an invented service, small enough to read and with one of everything that writers must show.

Twenty cases and eight case managers of nowhere: shares of many, few and no cases, a sub-population, an adverse figure,
a count, rates, a fact, claims with one figure, with several and without words, quotations, footnotes, a copy list.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from caselight.method.analysis.figure import Cell, Figure, Interval
from caselight.method.faults import Place
from caselight.method.report.traced import Claim, Footnote, Passage, Recipient, Span, TracedLetter

CASES = tuple(f"K{number:02}" for number in range(1, 21))
STAFF = tuple(f"W{number}" for number in range(1, 9))
BANNER = "Invented example: these cases, this service and this letter are made up"
ORDER = (Cell.SUFFICIENT, Cell.INSUFFICIENT, Cell.NOT_RELEVANT_BY_RULE, Cell.NOT_RELEVANT_BY_INSPECTOR)
WILSON = "Only the cases examined are known to be relevant, so the whole caseload's share is estimated from them."


def divide(subjects: Sequence[str], *counts: int) -> dict[Cell, tuple[str, ...]]:
    """The first so many subjects are sufficient, the next insufficient, and so on in the order of the cells."""
    cells, start = {}, 0
    for cell, count in zip((*ORDER, Cell.UNANSWERED, Cell.CONTESTED), counts, strict=False):
        cells[cell] = tuple(subjects[start : start + count])
        start += count
    return cells


def because(figure: Figure, rule: str, inspector: str = "") -> Figure:
    """The figure with one explanation for every case that is not relevant."""
    why = dict.fromkeys(figure.cells.get(Cell.NOT_RELEVANT_BY_RULE, ()), rule)
    why |= dict.fromkeys(figure.cells.get(Cell.NOT_RELEVANT_BY_INSPECTOR, ()), inspector)
    return replace(figure, why=why)


def share(
    key: str, label: str, definition: str, *counts: int, theme: str = "A", subjects: Sequence[str] = CASES
) -> Figure:
    """A share figure over the given subjects."""
    return Figure(
        key=key,
        kind="share" if subjects is CASES else "people",
        label=label,
        definition=definition,
        theme=theme,
        subject="case" if subjects is CASES else "case_manager",
        question=key.partition("@")[0],
        cells=divide(subjects, *counts),
        sample_size=len(subjects),
        snapshot="0" * 64,
    )


def figures() -> Mapping[str, Figure]:
    """The invented figures by key."""
    a1 = replace(
        share(
            "A1",
            "Assessment of why the child offended",
            "Was the assessment of why the child offended good enough?",
            20,
        ),
        interval=Interval(
            "hypergeometric", "Every eligible case is asked this, so the range is exact.", 0.883, 1.0, 0.95, 64
        ),
    )
    a2 = replace(
        share(
            "A2",
            "Review of that assessment",
            "Was the assessment reviewed well enough when it should have been?",
            9,
            4,
            5,
            2,
        ),
        interval=Interval("wilson", WILSON, 0.4237, 0.8732),
        reasons=(("late", "The review was late", 3), ("not-done", "There was no review", 1)),
    )
    a2 = because(a2, "no review was due yet", "another service did the work")
    a3 = replace(
        share("A3", "Compliance", "Did the service respond well when an order was not kept?", 3, 1, 14, 0, 1, 1),
        interval=Interval("wilson", WILSON, 0.3, 0.95),
        reasons=(("slow", "The response came late", 1),),
    )
    a3 = because(a3, "no compliance problem arose")
    b1 = replace(
        share(
            "B1", "Plan to keep the child safe", "Was the plan to keep the child safe good enough?", 17, 3, theme="B"
        ),
        interval=Interval(
            "hypergeometric", "Every eligible case is asked this, so the range is exact.", 0.71, 0.95, 0.95, 64
        ),
        reasons=(
            ("no-contingency", "It did not say what to do if things got worse", 2),
            ("vague", "It was not specific", 1),
        ),
    )
    b1c = replace(
        share(
            "B1@custody",
            "Plan to keep the child safe, custodial cases",
            "Was the plan to keep the child safe good enough?",
            4,
            theme="B",
            subjects=CASES,
        ),
        where="the child is in custody",
        describes=True,
    )
    b2 = because(
        share(
            "B2", "Police protection meetings", "Was the child's part in the meetings prepared?", 0, 0, 20, theme="B"
        ),
        "no such meeting was held",
    )
    m1 = share(
        "M1",
        "Managers have the skills",
        "Does your manager have the skills to help you improve your work?",
        7,
        1,
        theme="M",
        subjects=STAFF,
    )
    m3 = replace(
        share(
            "M3",
            "Training wanted in speech and language",
            "Which training do you need?",
            3,
            5,
            theme="M",
            subjects=STAFF,
        ),
        adverse=True,
    )
    count = replace(
        share("CUSTODY", "Custodial cases", "Is the child in custody?", 4, 16, theme=""), kind="count", describes=True
    )
    rates = (
        Figure(
            "rate.north",
            "external",
            "Reoffending rate, Northmoor",
            value=Decimal("41.2"),
            measure="reoffending.binary",
            cohort="January to December 2013",
            source="Ministry of Examples",
            published="October 2015",
        ),
        Figure(
            "rate.nation",
            "external",
            "Reoffending rate, whole country",
            value=Decimal("37.0"),
            measure="reoffending.binary",
            cohort="January to December 2013",
            source="Ministry of Examples",
        ),
    )
    fact = Figure("fact.service-short", "fact", "Short name of the service", text={"en": "Northmoor YOS"})
    return {figure.key: figure for figure in (a1, a2, a3, b1, b1c, b2, m1, m3, count, *rates, fact)}


def claim(claim_id: str, keys: str, text: str, sentence: str, style: str = "of") -> Claim:
    """A claim with figures named in one string."""
    names = tuple(keys.split())
    return Claim(
        claim_id, style, names, text, sentence, tuple(f"{name}=1/1" for name in names), "0" * 64, Place("letter.md", 9)
    )


def phrase(text: str, claim_id: str, kind: str = "phrase", emphasis: str = "") -> Span:
    """A span that belongs to a claim."""
    return Span(text, kind, claim_id, emphasis)


def _heading(text: str, anchor: str, section: str, level: int = 2, number: str = "") -> Passage:
    return Passage("heading", (Span(text),), anchor, section, level, number)


def passages() -> tuple[Passage, ...]:
    """The invented text, about a dozen passages."""
    return (
        Passage("paragraph", (Span("Inspectors visited "), phrase("Northmoor YOS", "o-1"), Span(" in the second week of March.")),
                "o", "opening", fixed=True),
        _heading("Context", "context", "context"),
        Passage("paragraph", (Span("We look at work with children at the very start of their sentence."),), "c1", "context", fixed=True),
        _heading("Summary", "summary", "summary"),
        Passage("paragraph", (Span("Reoffending stood at "), phrase("41.2%", "s1-1"), Span("", "note", note="rate"),
                              Span(", above the country's "), phrase("37.0%", "s1-2"), Span("", "note", note="rate"), Span(".")),
                "s1", "summary"),
        Passage("paragraph", (Span("The service did good work in the "), Span("cases we saw", emphasis="em"),
                              Span(". "), phrase("evidence", "s2-1", "evidence"), Span(" Reviews lagged behind.")), "s2", "summary"),
        _heading("What we found", "commentary", "commentary"),
        _heading("Understanding offending", "A", "A", 3, "1"),
        Passage("paragraph", (Span("The assessment was good enough in "), phrase("all 20 cases", "1.1-1"),
                              Span(", and it was reviewed well in "), phrase("9 of 13 relevant cases", "1.1-2", emphasis="strong"),
                              Span(". One inspector wrote: "), Span("she had drawn the whole street with him", "quote"), Span(".")),
                "1.1", "A", number="1.1"),
        Passage("paragraph", (Span("Where an order was not kept, the response was right in "), phrase("three of four cases", "1.2-1"),
                              Span(". Case managers knew the families & their history; a line with <angle brackets> stays text.")),
                "1.2", "A", number="1.2"),
        _heading("Keeping the child safe", "B", "B", 3, "2"),
        Passage("paragraph", (Span("Plans were good enough in "), phrase("17 of 20 cases, including all four in custody", "2.1-1"),
                              Span(". "), phrase("In a small number of cases", "2.1-2", "checked"),
                              Span(" they did not say what to do if things got worse.")), "2.1", "B", number="2.1"),
        _heading("Operational management", "management", "management"),
        Passage("paragraph", (phrase("All but one of the eight case managers", "m-1"), Span(" trusted their manager’s skills; "),
                              phrase("three", "m-2"), Span(" wanted training in speech and language.")), "m", "management"),
        _heading("Key strengths", "strengths", "strengths"),
        Passage("item", (Span("Assessments were thorough. "), phrase("evidence", "k1-1", "evidence")), "k1", "strengths"),
        Passage("item", (Span("Plans kept children safe. "), phrase("evidence", "k2-1", "evidence")), "k2", "strengths"),
        _heading("Areas for improvement", "improvements", "improvements"),
        Passage("item", (Span("Review assessments on time. "), phrase("evidence", "i1-1", "evidence")), "i1", "improvements"),
        _heading("Thanks", "close", "close"),
        Passage("paragraph", (Span("We are grateful to everyone who gave us their time."),), "close-1", "close", fixed=True),
        _heading("Notes", "notes", "notes"),
        Passage("paragraph", (Span("Note 1: This service does not exist."),), "n1", "notes", fixed=True),
    )  # fmt: skip


def claims() -> tuple[Claim, ...]:
    """The claims that the passages name."""
    return (
        claim("o-1", "fact.service-short", "Northmoor YOS", "Inspectors visited Northmoor YOS in the second week of March.", "fact"),
        claim("s1-1", "rate.north", "41.2%", "Reoffending stood at 41.2%, above the country's 37.0%.", "rates"),
        claim("s1-2", "rate.nation", "37.0%", "Reoffending stood at 41.2%, above the country's 37.0%.", "rates"),
        claim("s2-1", "A1 B1", "", "The service did good work in the cases we saw.", "headline"),
        claim("1.1-1", "A1", "all 20 cases", "The assessment was good enough in all 20 cases.", "all"),
        claim("1.1-2", "A2", "9 of 13 relevant cases", "It was reviewed well in 9 of 13 relevant cases."),
        claim("1.2-1", "A3", "three of four cases", "Where an order was not kept, the response was right in three of four cases."),
        claim("2.1-1", "B1 B1@custody", "17 of 20 cases, including all four in custody",
              "Plans were good enough in 17 of 20 cases, including all four in custody.", "subset"),
        claim("2.1-2", "B1", "In a small number of cases",
              "In a small number of cases they did not say what to do if things got worse.", "checked"),
        claim("m-1", "M1", "All but one of the eight case managers", "All but one of the eight case managers trusted their manager’s skills.", "count"),
        claim("m-2", "M3", "three", "Three wanted training in speech and language.", "count"),
        claim("k1-1", "A1", "", "Assessments were thorough.", "rests"),
        claim("k2-1", "B1", "", "Plans kept children safe.", "rests"),
        claim("i1-1", "A2", "", "Review assessments on time.", "rests"),
    )  # fmt: skip


def traced_letter() -> TracedLetter:
    """The whole invented letter."""
    every = claims()
    return TracedLetter(
        language="en",
        title="Report of an inspection of youth offending work in Northmoor",
        service="Northmoor Youth Offending Service",
        subject="Youth offending work in Northmoor",
        published="2016-04-20",
        banner=BANNER,
        header=(("To", "The chair of the Northmoor management board"), ("From", "The chief inspector of examples"),
            ("Questions to", "a-rather-long-address@inspection-of-nothing.example.invalid"),
                ("Publication date", "20 April 2016")),
        passages=passages(),
        claims=every,
        figures=figures(),
        used=tuple(dict.fromkeys(key for one in every for key in one.keys)),
        footnotes=(Footnote("rate", "1", "Binary rates after 12 months. Source: Ministry of Examples, October 2015."),),
        copy_list=(Recipient("Head of service", ("Name withheld",)), Recipient("Councils", ("Northmoor", "Eastmoor")),
                   Recipient("Chair of the youth court bench", ())),
        themes=(("A", "Understanding offending", ("A1", "A2", "A3")),
                ("B", "Keeping the child safe", ("B1", "B1@custody", "B2")),
                ("M", "Operational management", ("M1", "M3"))),
        labels={},
        scale=(("almost all", "90% to 99%"), ("large majority", "75% to 90%")),
        basis="Framework invented 1.0, answers 0000000000, Caselight 0.1.0",
        decisions={"CUSTODY": "Printed by decision of the lead inspector on 1 April 2016: nobody can be recognised."},
    )  # fmt: skip
