"""Two people on the same cases: what counts as a mark, two figures from one pair, and coefficients only from ten on."""

from itertools import count

import pytest
from tests.factories.small import OWN, case, event, package, question

from caselight.method.analysis.double_marking import DoubleMarked, double_marking
from caselight.method.answers.events import AnswerEvent
from caselight.method.framework.double_marking import AgreementRule
from caselight.method.inspection.package import Package
from caselight.method.statistics.agreement.several_raters import gwet_ac1
from caselight.method.statistics.agreement.two_raters import cohen_kappa

ids = count()


def marked(question_id: str, *passes: str, **more: object) -> list[AnswerEvent]:
    """Events for cases c0, c1 …: for each pass, one value per case; ``-`` records nothing."""
    found = []
    for name, values in zip(("first", "second", "moderated"), passes, strict=False):
        for at, value in enumerate(values.split()):
            if value != "-":
                changes = {"pass_": name, **more}
                found.append(event(f"c{at}", question_id, value, f"op{next(ids)}", **changes))
    return found


def inspected(*events: list[AnswerEvent], cases: int = 12, **changes: object) -> Package:
    subjects = [case(f"c{at}", psr="yes" if at % 2 else "no") for at in range(cases)]
    return package(subjects, [one for group in events for one in group], changes=changes)


def only(found: tuple[DoubleMarked, ...], name: str) -> DoubleMarked:
    return next(item for item in found if item.question == name)


TEN = "yes yes yes yes yes yes yes no no no", "yes yes yes yes yes yes no no no yes"


def test_two_people_who_marked_ten_cases_have_a_table_a_share_and_two_coefficients() -> None:
    (found,) = double_marking(inspected(marked("A", *TEN)))
    assert found.answers.ratings.table() == ((6, 1), (1, 2))
    assert (found.answers.units, found.answers.agreed, found.answers.labels) == (10, 8, ("Yes", "No"))
    assert found.answers.coefficients == (gwet_ac1(found.answers.ratings), cohen_kappa(found.answers.ratings))
    assert found.answers.share is not None
    assert [round(end, 3) for end in found.answers.share] == [0.49, 0.943]
    assert not found.answers.flagged


def test_below_ten_units_there_is_the_table_only() -> None:
    (found,) = double_marking(inspected(marked("A", *(text.rpartition(" ")[0] for text in TEN))))
    assert (found.answers.units, found.answers.few, found.answers.coefficients) == (9, True, ())
    assert found.answers.ratings.table() == ((6, 1), (0, 2))


def test_not_relevant_is_a_category_of_whether_and_left_out_of_how() -> None:
    (found,) = double_marking(
        inspected(marked("A", "yes yes not_relevant not_relevant no", "yes not_relevant not_relevant yes yes"))
    )
    assert found.applies.ratings.table() == ((2, 1), (1, 1))
    assert found.answers.ratings.table() == ((1, 0), (1, 0))


def test_an_own_answer_to_a_gate_says_that_the_question_does_not_apply() -> None:
    gates = marked("B.due", "yes yes no no", "yes no yes no")
    answers = marked("B", "yes no - -", "yes - yes -")
    found = only(double_marking(inspected(gates, answers)), "B")
    assert [tuple(unit) for unit in found.units] == [
        ("c0", "yes", "yes", ""),
        ("c1", "no", "not_relevant", ""),
        ("c2", "not_relevant", "yes", ""),
        ("c3", "not_relevant", "not_relevant", ""),
    ]


def test_a_gate_left_to_the_first_person_is_read_from_the_first_pass() -> None:
    found = only(double_marking(inspected(marked("B.due", "yes no"), marked("B", "yes -", "no yes"))), "B")
    # c1: the second person answered a question that the first one's gate closes: it stands for nothing.
    assert [tuple(unit) for unit in found.units] == [
        ("c0", "yes", "no", ""),
        ("c1", "not_relevant", "not_relevant", ""),
    ]


def test_what_only_the_facts_of_a_case_rule_out_is_nobodys_judgement() -> None:
    # C is asked of cases with a report only: those are the odd ones.
    found = double_marking(
        inspected(marked("A", "yes yes yes yes", "yes yes yes yes"), marked("C", "- yes - no", "- yes - -"))
    )
    assert [unit.unit for unit in only(found, "C").units] == ["c1"]


def test_gates_alone_do_not_speak_for_a_question_that_one_person_never_answered() -> None:
    found = double_marking(inspected(marked("B.due", "yes no", "yes no"), marked("B", "yes -", "- -")))
    assert [item.question for item in found] == ["B.due"]


def test_a_case_that_one_person_left_out_is_not_a_unit() -> None:
    (found,) = double_marking(inspected(marked("A", "yes no - yes", "yes - yes no")))
    assert [unit.unit for unit in found.units] == ["c0", "c3"]


def test_nothing_marked_twice_gives_no_figure() -> None:
    assert double_marking(inspected(marked("A", "yes no"))) == ()
    assert double_marking(inspected(marked("A", "yes -", "- no"))) == ()


def test_two_answers_within_one_pass_are_left_out_and_counted() -> None:
    twice = [*marked("A", "yes yes", "yes no"), *marked("A", "no -")]
    (found,) = double_marking(inspected(twice))
    assert (found.contested, [unit.unit for unit in found.units]) == (1, ["c1"])


def test_an_answer_taken_back_is_no_mark() -> None:
    events = marked("A", "yes", "no")
    back = events[1]._replace(op_id="back", withdrawn=True, value="", base_op_ids=(events[1].op_id,))
    assert double_marking(inspected([*events, back])) == ()


def test_what_it_was_moderated_to_stands_beside_both_marks() -> None:
    (found,) = double_marking(inspected(marked("A", "yes no", "no no", "no -")))
    assert [unit.moderated for unit in found.units] == ["no", ""]


def test_every_unit_stays_the_same_when_events_come_in_another_order() -> None:
    events = [*marked("A", *TEN), *marked("B.due", *TEN)]
    there, back = (double_marking(inspected(order)) for order in (events, events[::-1]))
    assert there == back


# What the framework says about it ----------------------------------------------------------------------------------

RULE = {"provenance": OWN}


def rules(*found: dict[str, object]) -> dict[str, object]:
    return {"double_marking": [RULE | one for one in found]}


def test_a_rule_for_some_questions_leaves_the_others_out() -> None:
    events = marked("A", *TEN), marked("B.due", *TEN)
    found = double_marking(inspected(*events, **rules({"questions": ["A"]})))
    assert [item.question for item in found] == ["A"]


def test_a_rule_without_questions_is_for_all_the_others() -> None:
    events = marked("A", *TEN), marked("B.due", *TEN)
    found = double_marking(inspected(*events, **rules({"questions": ["A"], "statistic": "alpha"}, {})))
    assert {item.question: item.answers.coefficients[0].name for item in found} == {
        "A": "krippendorff_alpha",
        "B.due": "gwet_ac1",
    }
    assert [item.answers.coefficients[1].name for item in found] == ["cohen_kappa", "cohen_kappa"]


@pytest.mark.parametrize(("below", "flagged"), [(0.5, False), (0.9, True), (None, False)])
def test_a_threshold_only_flags(below: float | None, flagged: bool) -> None:
    (found,) = double_marking(inspected(marked("A", *TEN), **rules({"flag_below": below})))
    assert found.answers.flagged is flagged
    assert len(found.answers.coefficients) == 2


def test_a_table_without_coefficients_is_never_flagged() -> None:
    (found,) = double_marking(inspected(marked("A", *TEN), **rules({"flag_below": 1, "minimum_units": 11})))
    assert (found.answers.few, found.answers.flagged) == (True, False)


GRADES = [
    {"value": name, "label": name, "outcome": "sufficient", "points": points}
    for name, points in (("poor", 0), ("fair", 1), ("good", 4))
]


def graded(**rule: object) -> Package:
    scales = [{"id": "grades", "options": GRADES}]
    themes = [{"id": "T", "title": "T", "questions": [question("G", scale="grades")]}]
    values = "poor fair good fair good poor fair fair good fair", "poor good good fair fair poor fair poor good fair"
    whole = {"themes": themes, "scales": scales, "populations": [], "counts": [], "double_marking": [RULE | rule]}
    return inspected(marked("G", *values), **whole)


def test_weights_make_ac1_into_ac2_and_kappa_into_weighted_kappa_and_are_named() -> None:
    (found,) = double_marking(graded(weights="quadratic"))
    assert [(one.name, one.weights) for one in found.answers.coefficients] == [
        ("gwet_ac2", "quadratic"),
        ("weighted_kappa", "quadratic"),
    ]
    assert [(one.name, one.weights) for one in found.applies.coefficients] == [("gwet_ac1", ""), ("cohen_kappa", "")]


def test_the_interval_metric_measures_by_the_points_of_the_options() -> None:
    (by_points,), (by_order,) = (
        double_marking(graded(statistic="alpha", metric=name)) for name in ("interval", "ordinal")
    )
    assert by_points.answers.ratings.categories == (0, 1, 4)
    assert by_points.answers.labels == ("poor", "fair", "good")
    assert by_points.answers.coefficients[0].value != by_order.answers.coefficients[0].value


def test_weights_go_with_ac1_and_a_metric_with_alpha() -> None:
    for wrong in ({"statistic": "alpha", "weights": "linear"}, {"metric": "ordinal"}):
        with pytest.raises(ValueError, match="alpha"):
            AgreementRule.model_validate(RULE | wrong)
