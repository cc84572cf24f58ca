"""A framework of 250 questions in 10 themes, as data: the shape of a large question bank, in words that mean nothing.

In each theme ten questions are asked of every case (two of them gates), ten stand behind the gates, four (in the last
two themes three) behind a fact of the case, and the rest are computed: 40%, 40%, 15% and 5% of the whole.
"""

from __future__ import annotations

from typing import Any, NamedTuple

OWN = "own-design"
THEMES, EACH = 10, 25
FACTS = ("custodial", "report", "victim", "looked_after", "panel", "licence", "interpreter", "transferred")
REASONS = ("not-done", "no-analysis", "sources-not-used", "not-specific", "too-late", "other")
GOOD = ("clear-why", "child-heard", "joined-up")
_GUIDANCE = (
    "Sufficient means good enough for this case at this stage, judged as a whole. Read the record before the summary, "
    "and look for what was done with what was known. An empty box is not a failing when the meaning stands elsewhere."
)
_PROMPTS = (
    "Which sources were there, and which of them were used?",
    "Does the record say why, or only what?",
    "Was it done in time to make a difference?",
)


class Asked(NamedTuple):
    """One question and when it is asked: ``gate`` must be answered yes, ``fact`` must be yes; empty asks always."""

    id: str
    kind: str
    gate: str = ""
    fact: str = ""
    shared_reasons: bool = False


def questions_of(theme: int) -> list[Asked]:
    """The 25 questions of one theme, in order: gates first, computed questions last."""
    name = f"T{theme:02}"
    asked = [Asked(f"{name}.gate{number}", "gate") for number in (1, 2)]
    asked += [Asked(f"{name}.{number:02}", "judgement", shared_reasons=number % 2 == 0) for number in range(1, 9)]
    for number in range(9, 19):
        gate = f"{name}.gate{1 + number % 2}"
        fact = FACTS[(theme + number) % len(FACTS)] if number > 16 else ""
        asked.append(Asked(f"{name}.{number:02}", "judgement", gate, fact, shared_reasons=number % 2 == 0))
    behind_facts = 4 if theme <= THEMES - 2 else 3
    for number in range(19, 19 + behind_facts):
        asked.append(Asked(f"{name}.{number:02}", "judgement", fact=FACTS[(theme * 3 + number) % len(FACTS)]))
    return asked + [Asked(f"{name}.{number:02}", "computed") for number in range(19 + behind_facts, 24)]


def questions(themes: int = THEMES, each: int = EACH) -> tuple[Asked, ...]:
    """All questions in order; of each theme the first so many."""
    return tuple(asked for theme in range(1, themes + 1) for asked in questions_of(theme)[:each])


QUESTIONS = questions()


def _reasons(names: tuple[str, ...]) -> list[dict[str, Any]]:
    return [
        {"id": name, "label": name.replace("-", " ").capitalize()} | ({"needs_note": True} if name == "other" else {})
        for name in names
    ]


def _rule(asked: Asked) -> dict[str, Any] | None:
    parts = []
    if asked.gate:
        parts.append({"answer": asked.gate, "is": "yes"})
    if asked.fact:
        parts.append({"fact": asked.fact, "is": "yes"})
    return {"all": parts} if len(parts) > 1 else parts[0] if parts else None


def _question(asked: Asked) -> dict[str, Any]:
    value: dict[str, Any] = {
        "id": asked.id, "kind": asked.kind, "text": f"Was what {asked.id} asks about done well enough in this case?",
        "short": f"what {asked.id} asks about", "guidance": _GUIDANCE, "prompts": list(_PROMPTS), "provenance": OWN,
    }  # fmt: skip
    if asked.kind == "gate":
        return value | {"scale": "gate", "said": {"no": f"nothing was due under {asked.id}"}}
    if asked.kind == "computed":
        return value | {"computed": _computed(asked)}
    value |= {"scale": "sufficiency", "good": _reasons(GOOD)}
    value["reasons"] = "usual" if asked.shared_reasons else _reasons(REASONS)
    rule = _rule(asked)
    return value | ({"when": rule} if rule else {})


def _computed(asked: Asked) -> dict[str, Any]:
    theme = asked.id[:3]
    if asked.id == "T01.23":
        target = {"working_days": 15, "provenance": OWN}
        return {"on_time": {"start": "started", "done": "assessed", "targets": [target]}}
    behind = f"{theme}.09"
    either = [{"answer": behind, "is": "yes"}, {"not_relevant": behind}]
    return {"sufficient_when": {"all": [{"answer": f"{theme}.01", "is": "yes"}, {"any": either}]}}


def framework_files(themes: int = THEMES, each: int = EACH) -> dict[str, dict[str, Any]]:
    """The framework as data by file name; the words of its language are a file of their own and not here."""
    names = [f"themes/{theme:02}.yaml" for theme in range(1, themes + 1)]
    files = {"framework.yaml": _main(themes) | {"parts": ["wording.yaml", *names]}}
    for theme, name in enumerate(names, 1):
        questions = [_question(asked) for asked in questions_of(theme)[:each]]
        files[name] = {
            "themes": [{"id": f"T{theme:02}", "title": f"Theme {theme}", "number": theme, "questions": questions}]
        }
    return files


def _main(themes: int) -> dict[str, Any]:
    options = [{"value": "yes", "label": "Yes"}, {"value": "no", "label": "No"}]
    outcomes = [options[0] | {"outcome": "sufficient"}, options[1] | {"outcome": "insufficient"}]
    return {
        "schema": "caselight.framework/1", "id": "large", "version": "1.0", "title": "A large framework",
        "languages": ["en"], "about": "Made for measuring.", "texts_provenance": OWN,
        "bank": {"id": "large", "title": "A large framework"}, "screenings": [{"id": "all", "title": "Everything"}],
        "subjects": [{"id": "case", "one": "case", "many": "cases"},
                     {"id": "case_manager", "one": "case manager", "many": "case managers", "sampled": False}],
        "tools": [{"id": "case", "subject": "case", "title": "Case assessment"}],
        "scales": [{"id": "sufficiency", "options": outcomes}, {"id": "gate", "data_only": True, "options": options}],
        "facts": _facts(), "reason_lists": {"usual": _reasons(REASONS)},
        "not_relevant_reasons": _reasons(("done-elsewhere", "child-moved", "other")),
        "populations": _populations(themes), "counts": _counts(), "consistency": _consistency(themes),
        "letter": {"title": "A large inspection", "sections": {}, "labels": {}},
    }  # fmt: skip


def _facts() -> list[dict[str, Any]]:
    yes_no = [
        {"id": name, "label": name.replace("_", " ").capitalize(), "type": "yes_no", "required": True,
         "said": {"yes": f"{name} was recorded", "no": f"{name} was not recorded"}, "provenance": OWN}
        for name in FACTS
    ]  # fmt: skip
    dates = [
        {"id": name, "label": name.capitalize(), "type": "date", "provenance": OWN} for name in ("started", "assessed")
    ]
    return [*yes_no, *dates, {"id": "school", "label": "School", "type": "text", "provenance": OWN}]


def _populations(themes: int) -> list[dict[str, Any]]:
    figures = [f"T{theme:02}.{number:02}" for theme in range(1, themes + 1) for number in (1, 2, 9)]
    return [
        {"id": fact, "label": f"cases with {fact}", "where": {"fact": fact, "is": "yes"}, "figures": figures,
         "provenance": OWN}
        for fact in FACTS[:2]
    ]  # fmt: skip


def _counts() -> list[dict[str, Any]]:
    counts = [
        {
            "id": f"COUNT-{number}",
            "label": f"cases with {fact}",
            "where": {"fact": fact, "is": "yes"},
            "provenance": OWN,
        }
        for number, fact in enumerate(FACTS, 1)
    ]
    return [{"id": "CASE-COUNT", "label": "cases examined", "provenance": OWN}, *counts]


def _consistency(themes: int) -> list[dict[str, Any]]:
    return [
        {"id": f"theme-{theme}", "says": "Everything was done well and nothing was due.", "cure": "Look at both again.",
         "when": {"all": [{"answer": f"T{theme:02}.0{number}", "is": "yes"} for number in range(1, 9)]
                  + [{"answer": f"T{theme:02}.gate1", "is": "no"}, {"answer": f"T{theme:02}.gate2", "is": "no"}]},
         "provenance": OWN}
        for theme in range(1, themes + 1)
    ]  # fmt: skip
