"""The states of every line of a sheet as formulas: applies, relevant, position, what it counts as, and words for them.

What a sheet cannot follow stays open ("may apply") and is told, so that nobody takes silence for a rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from caselight.formats.workbook.formulas.comparisons import either
from caselight.formats.workbook.formulas.computed import reached
from caselight.formats.workbook.formulas.looked import NEVER, UNKNOWN, Formula, Untranslatable, Value
from caselight.formats.workbook.formulas.on_sheet import OnSheet, position
from caselight.formats.workbook.formulas.rules import formula
from caselight.formats.workbook.items import OPTION, Item
from caselight.formats.workbook.lists import TICK
from caselight.formats.workbook.words import MAY_APPLY, NEITHER, NO, NOT_ASKED, NOT_KNOWN, OPEN, STANDING, YES
from caselight.method.answers.computing import computed
from caselight.method.answers.standing import Standing
from caselight.method.faults import Faults
from caselight.method.framework.questions import Question
from caselight.method.framework.rules import Rule, questions_in


@dataclass(frozen=True, slots=True)
class Told:
    """A rule that the workbook cannot follow: the question, what of it, and why."""

    question: str
    what: str
    why: str


def write_states(cells: OnSheet) -> Iterator[Told]:
    """Write the states of every line of one subject. Gives what could not be said as a formula."""
    for item in cells.items.values():
        cells.line = item.key
        if item.sort == "fact":
            _listed(item, cells)
        elif item.sort == "option":
            cells.put(item.key, "applies", Formula(cells.place.state(item.name, "applies"), cells.now_of(item.name)))
            ticked = f'IF(LOWER(TRIM({cells.place.entry(item.key, "answer")}))="{TICK}",1,0)'
            now = int(cells.text(item.key, "answer").strip().lower() == TICK)
            cells.put(item.key, "position", Formula(ticked, now))
        elif item.sort == "override":
            cells.put(item.key, "applies", Formula(cells.place.state(item.name, "applies"), cells.now_of(item.name)))
            _listed(item, cells)
        else:
            yield from _question(item, cells)


def _listed(item: Item, cells: OnSheet) -> None:
    if item.answers:
        labels = cells.shelf.labels(item.answers)
        text = position(cells.place.entry(item.key, "answer"), labels)
        cells.put(item.key, "position", Formula(text, cells.position_now(item)))


def _question(item: Item, cells: OnSheet) -> Iterator[Told]:
    question = cells.framework.questions[item.name]
    standing = _standing(item.name, cells)
    applies, told = _applies(question, cells)
    yield from told
    if item.sort == "computed":
        yield from _computed(question, item, cells, standing)
    else:
        _answered(item, cells)
        excused = _excused(item, cells)
        text = f"IF({applies}=0,0,IF({excused},0,{applies}))" if excused else applies
        cells.put(item.key, "relevant", Formula(text, 0.5 if standing.relevant is None else float(standing.relevant)))
    _code(question, item, cells, standing)
    _words(item, cells)


def _standing(name: str, cells: OnSheet) -> Standing:
    try:
        return cells.facts.standing(name)
    except Faults:
        return Standing(relevant=True)


def _applies(question: Question, cells: OnSheet) -> tuple[str, list[Told]]:
    told: list[Told] = []
    if question.id in cells.outside:
        return cells.put(question.id, "applies", Formula("0", 0)), told
    try:
        said = formula(question.when, cells)
        if question.not_relevant_when is not None:
            said = _unless(said, question.not_relevant_when, cells)
    except Untranslatable as why:
        said = Formula(UNKNOWN, 0.5)
        told.append(Told(question.id, "whether it applies", str(why)))
    return cells.put(question.id, "applies", said), told


def _unless(said: Formula, rule: Rule, cells: OnSheet) -> Formula:
    """Whether it applies, where a second rule can say that it must not."""
    other = formula(rule, cells)
    when, must_not = cells.hold(said), cells.hold(other)
    now = said.value if said.value == 0 or other.value == 0 else 1 - float(other.value)
    return Formula(f"IF({when}=0,0,IF({must_not}=0,{when},1-{must_not}))", now)


def _excused(item: Item, cells: OnSheet) -> str:
    """A condition: somebody said that it is not relevant."""
    return f"LEN(TRIM({cells.place.entry(item.key, 'not_relevant')}))>0" if "not_relevant" in item.fields else ""


def _answered(item: Item, cells: OnSheet) -> None:
    """The place of the answer in its list; 1 for any other answer, 0 for none."""
    if item.type == "several":
        options = [other for other in cells.items.values() if other.sort == "option" and other.name == item.name]
        ticked = [cells.place.state(f"{item.name}{OPTION}{option.option}", "position") for option in options]
        now = any(cells.text(option.key, "answer").strip().lower() == TICK for option in options)
        cells.put(item.key, "position", Formula(f"IF(SUM({','.join(ticked)})>0,1,0)", int(now)))
        answer = f'IF({cells.place.state(item.key, "position")}=1,SUM({",".join(ticked)})&" ticked below","")'
        count = sum(cells.text(option.key, "answer").strip().lower() == TICK for option in options)
        cells.place.put(cells.place.entry(item.key, "answer"), Formula(answer, f"{count} ticked below" if now else ""))
    elif item.answers:
        _listed(item, cells)
    else:
        cell = cells.place.entry(item.key, "answer")
        known = f"ISNUMBER({cell})" if item.type in ("date", "integer") else f"LEN(TRIM({cell}))>0"
        cells.put(item.key, "position", Formula(f"IF({known},1,0)", int(bool(cells.text(item.key, "answer")))))


def _computed(question: Question, item: Item, cells: OnSheet, standing: Standing) -> Iterator[Told]:
    try:
        value = reached(question, item, cells)
    except Untranslatable as why:
        value = Formula("0", 0)
        yield Told(question.id, "what it comes to", str(why))
    number = cells.put(item.key, "number", value)
    applies = cells.place.state(item.key, "applies")
    known = f"AND(ISNUMBER({number}),{number}<>-1)" if item.type == "number" else f"{number}>0"
    place = f"IF({known},{number if item.type != 'number' else 1},0)"
    gone, excused = f"{number}=-1", ""
    own = cells.override(item.name)
    if own is not None:
        note = f"LEN(TRIM({cells.place.entry(own.key, 'note')}))>0"
        instead = cells.place.state(own.key, "position")
        place = f"IF(AND({instead}>0,{note}),{instead},{place})"
        gone = f"AND({number}=-1,NOT(AND({instead}>0,{note})))"
        if cells.record.entry(own.key).contested:
            place = f"IF({instead}=0,0,{place})"
        if "not_relevant" in own.fields:
            excused = f"AND({_excused(own, cells)},{note})"
    cells.put(item.key, "position", Formula(place, _place_now(item, cells)))
    text = f"IF({applies}<>1,{applies},IF({gone},0,{f'IF({excused},0,1)' if excused else '1'}))"
    now = 0.5 if standing.relevant is None else float(standing.relevant)
    cells.put(item.key, "relevant", Formula(text, now))
    _show(item, cells, standing)


def _place_now(item: Item, cells: OnSheet) -> int:
    """The place of what stands, whether or not the question applies."""
    own = cells.override(item.name)
    if own is not None and cells.record.entry(own.key).contested and not cells.position_now(own):
        return 0
    if own is not None and cells.position_now(own) and cells.text(own.key, "note").strip():
        return cells.position_now(own)
    try:
        standing = computed(cells.framework.questions[item.name], cells.facts)
    except Faults:
        return 0
    if item.type == "number":
        return int(bool(standing.relevant) and standing.value is not None)
    codes = cells.shelf.lists[item.answers].codes
    return codes.index(str(standing.value)) + 1 if standing.value in codes else 0


def _show(item: Item, cells: OnSheet, standing: Standing) -> None:
    """What was worked out, in the cell where other questions have their answer."""
    place, relevant = cells.place.state(item.key, "position"), cells.place.state(item.key, "relevant")
    value: Value = ""
    if item.type == "number":
        text = cells.place.state(item.key, "number")
        value = float(standing.value) if standing.value is not None else ""  # type: ignore[arg-type]
    else:
        choices = cells.shelf.lists[item.answers]
        text = f"INDEX({cells.shelf.labels(item.answers)},{place})"
        value = choices.label(str(standing.value)) if standing.value is not None else ""
    shown = f'IF(AND({relevant}=1,{place}>0),{text},"")'
    cells.place.put(cells.place.entry(item.key, "answer"), Formula(shown, value))


def _code(question: Question, item: Item, cells: OnSheet, standing: Standing) -> None:
    """S, I: counted; A: answered; R, N: not relevant by the rule, by the inspector; U: open; C: contested."""
    applies, relevant, place = (cells.place.state(item.key, name) for name in ("applies", "relevant", "position"))
    letters = ",".join(f'"{letter}"' for letter in _letters(question, item, cells))
    excused = _excused_anywhere(item, cells)
    gone = f'IF(AND({applies}<>0,{excused}),"N","R")' if excused else '"R"'
    open_ = f'IF({_contested(question, item, cells)},"C","U")'
    text = f'IF({relevant}=0,{gone},IF({relevant}<>1,"U",IF({place}=0,{open_},CHOOSE({place},{letters}))))'
    now = code_now(question, standing)
    if question.id in cells.outside:
        text, now = '""', ""
    elif cells.exists:  # a row that nobody has filled counts nowhere
        text, now = f'IF({cells.exists}=1,{text},"")', "" if cells.record.free else now
    cells.put(item.key, "code", Formula(text, now))


def _letters(question: Question, item: Item, cells: OnSheet) -> list[str]:
    """What each answer counts as, in the order of its list."""
    neither = "N" if question.kind in ("judgement", "computed") else "A"
    if item.type != "choice" or not item.answers:
        return [neither]
    outcomes, letter = cells.outcomes(item), {"sufficient": "S", "insufficient": "I", None: neither}
    return [letter[outcomes.get(code)] for code in cells.shelf.lists[item.answers].codes]


def code_now(question: Question, standing: Standing) -> str:
    """What a question counts as now, in the letter that the workbook uses."""
    if standing.relevant is False:
        return "N" if standing.by == "inspector" else "R"
    if standing.contested:
        return "C"
    if standing.outcome is not None:
        return "S" if standing.outcome == "sufficient" else "I"
    if standing.value is None:
        return "U"
    return "N" if question.kind in ("judgement", "computed") else "A"


def _excused_anywhere(item: Item, cells: OnSheet) -> str:
    if item.sort != "computed":
        return _excused(item, cells)
    own = cells.override(item.name)
    return _excused(own, cells) if own is not None else ""


def _contested(question: Question, item: Item, cells: OnSheet) -> str:
    """A condition: two answers stand here, or somewhere that something computed looks."""
    parts = [f'{code}="C"' for name in sorted(_rests_on(question)) if (code := cells.code(name))]
    own = cells.override(item.name) if question.computed is not None else item
    if own is not None and cells.record.entry(own.key).contested:
        parts.append("TRUE()")
    return either(parts)


def _rests_on(question: Question) -> set[str]:
    """The questions that a computed one rests on."""
    if question.computed is None:
        return set()
    way, spec = question.computed.way
    if way == "points":
        return set(spec.questions)
    rules: list[Rule] = [spec] if way == "sufficient_when" else []
    rules += [line.when for line in spec.lines] if way == "table" else []
    return {name for rule in rules for name in questions_in(rule)}


def _words(item: Item, cells: OnSheet) -> None:
    """The words that a person reads, where the layout has cells for them: whether it applies, what it stands as."""
    said, shown = cells.place.entry(item.key, "applies"), cells.place.entry(item.key, "standing")
    if not said:
        return
    applies, code = cells.place.state(item.key, "applies"), cells.place.state(item.key, "code")
    now = {1.0: YES, 0.0: NO}
    value = cells.now(applies)
    cells.place.put(
        said, Formula(f'IF({applies}=1,"{YES}",IF({applies}=0,"{NO}","{OPEN}"))', now.get(float(value), OPEN))
    )
    open_ = NOT_KNOWN if item.sort == "computed" else STANDING["U"]
    excused = _excused_anywhere(item, cells) or NEVER
    words = {letter: f'"{word}"' for letter, word in STANDING.items()}
    text = '""' if cells.exists else f'"{NOT_ASKED}"'
    words["U"] = f'IF({applies}=1,"{open_}","{MAY_APPLY}")'
    words["N"] = f'IF({excused},"{STANDING["N"]}","{NEITHER}")'
    for letter in reversed(STANDING):
        text = f'IF({code}="{letter}",{words[letter]},{text})'
    cells.place.put(shown, Formula(text, _words_now(item, cells, str(cells.now(code)), value)))


def _words_now(item: Item, cells: OnSheet, code: str, applies: Value) -> str:
    if not code:
        return "" if cells.exists else NOT_ASKED
    if code == "U":
        return MAY_APPLY if applies != 1 else NOT_KNOWN if item.sort == "computed" else STANDING["U"]
    standing = _standing(item.name, cells)
    return NEITHER if code == "N" and standing.by != "inspector" else STANDING[code]
