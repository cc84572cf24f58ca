"""From a case to the questions on its page: those that apply, with what was answered, and why the others do not."""

from __future__ import annotations

from collections.abc import Iterator

from caselight.method.answers.current import BETWEEN
from caselight.method.answers.sheet import Sheet
from caselight.method.framework.applicability import variant, why_not
from caselight.method.framework.definition import Framework
from caselight.method.framework.parts import NOT_RELEVANT, Outcome, Reason
from caselight.method.framework.questions import Question, Theme
from caselight.method.framework.rules import questions_in, references
from caselight.web.assessing import pairs as pairing
from caselight.web.assessing.entries import Entry, Hidden, Opt, Section, Tick, Worked
from caselight.web.assessing.opening import Opened
from caselight.web.assessing.pairs import GATE, Pair
from caselight.web.assessing.recorded import filled

ASIDE = "Not relevant"


def sections(case: Opened, theme: Theme) -> tuple[Section, ...]:
    """The questions of a theme about the case, and about each row found in it."""
    return tuple(section for sheet in case.shown for section in [_section(case, theme, sheet)] if section is not None)


def _section(case: Opened, theme: Theme, sheet: Sheet) -> Section | None:
    kind = sheet.subject.kind
    mine = [question for question in theme.questions if case.framework.subject_of(question) == kind]
    if not mine:
        return None
    title = sheet.subject.label if sheet.parent is not None else ""
    return Section(
        title, tuple(_entries(case, mine, sheet)), tuple(_hidden(case, mine, sheet)), tuple(_worked(case, mine, sheet))
    )


def _entries(case: Opened, questions: list[Question], sheet: Sheet) -> Iterator[Entry]:
    done: set[str] = set()
    for question in questions:
        if question.id in done or not shown(question, sheet):
            continue
        pair = case.pairs.get(question.id)
        if pair is not None and pair.gate is question:
            done.add(pair.question.id)
            yield entry(case, pair.question, sheet, pair)
        else:
            yield entry(case, question, sheet, None)


def shown(question: Question, sheet: Sheet) -> bool:
    """Whether a question is asked now: it applies, or an inspector said that it is not relevant."""
    if question.computed is not None and not question.computed.may_override:
        return False
    standing = sheet.standing(question.id)
    return standing.relevant is True or standing.by == "inspector"


def entry(case: Opened, question: Question, sheet: Sheet, pair: Pair | None = None) -> Entry:
    """One question as it stands; with its gate where the two are one control."""
    language, framework = case.language, case.framework
    other = variant(question, sheet)
    words = (other.text if other else question.text).in_(language)
    guidance = other.guidance if other and other.guidance else question.guidance
    table, row = _place(sheet)
    scale = framework.scale_by_id.get(question.scale or "")
    kind = "checkboxes" if scale and scale.multiple else "radios" if scale or question.computed else ""
    id_ = f"q-{question.id}" + (f"-{table}-{row}" if row else "")
    made = Entry(
        id=id_,
        question=question.id,
        table=table,
        row=row,
        code=question.id,
        text=words,
        kind=kind or {"integer": "number", "date": "date"}.get(question.type or "", "text"),
        made="",
        op="",
        guidance=guidance.in_(language) if guidance else "",
        prompts=tuple(prompt.in_(language) for prompt in question.prompts),
        paired=pair.gate.text.in_(language) if pair else "",
        options=_options(case, question, pair, id_),
        reasons=tuple(_ticks(framework.reasons_of(question), id_, "reason", language)),
        good=tuple(_ticks(framework.good_of(question), id_, "good", language)),
        aside=_aside(case, question, id_),
    )
    return filled(case, made, pair)


def _place(sheet: Sheet) -> tuple[str, str]:
    if sheet.parent is None:
        return "", ""
    return sheet.subject.kind, sheet.subject.key.rpartition(BETWEEN)[2]


def _options(case: Opened, question: Question, pair: Pair | None, id_: str) -> tuple[Opt, ...]:
    language, framework = case.language, case.framework
    scale = framework.scale_by_id.get(question.scale or "")
    if pair is not None:
        offered = pairing.choices(pair, framework, language)
    elif scale is not None:
        offered = [(option.value, option.label.in_(language)) for option in scale.options]
    else:
        offered = [("yes", "Yes"), ("no", "No")] if question.computed is not None else []
    outcomes = scale.outcomes if scale else {"yes": Outcome.SUFFICIENT, "no": Outcome.INSUFFICIENT}
    made = [
        Opt(
            f"{id_}-{n}",
            value,
            label,
            chosen=False,
            shows="" if value.startswith(GATE) else _shows(outcomes.get(value)),
        )
        for n, (value, label) in enumerate(offered)
    ]
    if framework.not_relevant_reasons and not question.never_not_relevant:
        made.append(Opt(f"{id_}-aside", NOT_RELEVANT, ASIDE, chosen=False, shows="aside"))
    return tuple(made)


_LISTS = {Outcome.INSUFFICIENT: "reasons", Outcome.SUFFICIENT: "good"}


def _shows(outcome: Outcome | None) -> str:
    """Which list opens with an answer: reasons for No, what was good for Yes, both for what is only data."""
    return _LISTS[outcome] if outcome else "reasons good"


def _aside(case: Opened, question: Question, id_: str) -> tuple[Tick, ...]:
    if question.never_not_relevant:
        return ()
    return tuple(_ticks(case.framework.not_relevant_reasons, id_, "aside", case.language))


def _ticks(reasons: tuple[Reason, ...], id_: str, name: str, language: str) -> Iterator[Tick]:
    for n, reason in enumerate(reasons):
        yield Tick(f"{id_}-{name}-{n}", reason.id, reason.label.in_(language), ticked=False)


def _hidden(case: Opened, questions: list[Question], sheet: Sheet) -> Iterator[Hidden]:
    paired = {pair.question.id for pair in case.pairs.values()}
    for question in questions:
        standing = sheet.standing(question.id)
        if question.computed is not None or shown(question, sheet):
            continue
        if standing.relevant is None and question.id in paired:
            continue  # shown with its gate, as one control
        text = question.text.in_(case.language)
        if standing.relevant is None:
            yield Hidden(question.id, text, f"Not known yet: it depends on {_depends(case, question)}.")
        else:
            because = why_not(question, sheet, case.framework, case.language)
            yield Hidden(question.id, text, f"Not asked, because {' and '.join(because)}." if because else ELSEWHERE)


ELSEWHERE = "Not asked in this inspection, or of this case."


def _depends(case: Opened, question: Question) -> str:
    """What a question waits for: the questions and facts that its rule looks at and that are not known."""
    framework, language = case.framework, case.language
    names = [framework.questions[name].short.in_(language) for name in sorted(questions_in(question.when))]
    facts = sorted(name for kind, name in references(question.when) if kind == "fact")
    unknown = [name for name in facts if case.sheet.fact(name) is None]
    names += [
        framework.fact_by_id[name].label.in_(language).lower() for name in unknown if name in framework.fact_by_id
    ]
    return " and ".join(f"“{name}”" for name in names) or "an answer that is not given yet"


def _worked(case: Opened, questions: list[Question], sheet: Sheet) -> Iterator[Worked]:
    for question in questions:
        if question.computed is None or question.computed.may_override:
            continue
        standing = sheet.standing(question.id)
        if standing.relevant is not False:
            said = (
                "not known yet"
                if standing.value is None
                else answer_words(case.framework, question, str(standing.value))
            )
            yield Worked(question.id, question.text.in_(case.language), said)


def answer_words(framework: Framework, question: Question | None, value: str) -> str:
    """A value as people read it."""
    if value == NOT_RELEVANT:
        return ASIDE
    scale = framework.scale_by_id.get(question.scale or "") if question else None
    if scale is None:
        return {"yes": "Yes", "no": "No"}.get(value, value)
    labels = {option.value: option.label.in_(framework.languages[0]) for option in scale.options}
    return ", ".join(labels.get(part, part) for part in value.split("|"))
