"""Splink trained and scoring: the same records give the same, and our own numbers score alike in plain Python."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec

import pytest
from tests.engines.linkage.invented import again, person, records
from tests.missing import missing

from caselight.engines.linkage import linking
from caselight.method.faults import Faults
from caselight.method.reoffending.linking import Record, clusters
from caselight.method.reoffending.weighing import BEGINNING, Model, Purpose, model_from, score, score_between

LEAST = 0.001
AGREE = 1e-9


@pytest.fixture
def _splink() -> None:
    """Without Splink a test is skipped on a laptop and fails in continuous integration."""
    if find_spec("splink") is None:
        missing("Splink is not installed (requirements.spark.lock), so nothing was linked with it.")


def alike(model: Model, left: list[Record], right: list[Record]) -> int:
    """How many pairs both roads found, once they were seen to agree."""
    plain = score_between(model, left, right) if right else score(model, left)
    ours = {(p.one, p.other): p.probability for p in plain if p.probability >= LEAST}
    theirs = {(p.one, p.other): p.probability for p in linking.score(model, left, right, least=LEAST)}
    assert ours.keys() == theirs.keys()
    assert all(abs(ours[pair] - theirs[pair]) < AGREE for pair in ours)
    return len(ours)


@pytest.mark.usefixtures("_splink")
def test_a_model_trained_twice_is_the_same_and_scores_alike_in_both() -> None:
    given = records(600)
    model, once_more = linking.train(given), linking.train(given[::-1])
    assert model == once_more
    assert model.id == once_more.id
    assert model != BEGINNING[Purpose.RECORDS]
    kept = model_from(model.as_json(), "model.json")
    assert (kept, kept.id) == (model, model.id)
    assert alike(kept, given, []) > 150
    found = clusters([one.id for one in given], score(kept, given), 0.95)
    truth = {one.id: f"r{one.id[1:]}" for one in given}
    wrong = sum(found[a] == found[b] for a in truth for b in truth if a < b and truth[a] != truth[b])
    missed = sum(found[a] != found[truth[a]] for a in truth)
    assert wrong == 0
    assert missed <= 20


@pytest.mark.usefixtures("_splink")
def test_a_history_in_another_table_is_found_and_scores_alike() -> None:
    children = [replace(person(n), local_id="") for n in range(300)]
    care = [again(child, n) for n, child in enumerate(children) if n % 2]
    model = linking.train(children, care)
    assert model.purpose is Purpose.HISTORY
    assert alike(model, children, care) > 120


@pytest.mark.usefixtures("_splink")
def test_names_in_any_script_are_compared_alike() -> None:
    names = ["Zoë O’Neill", "Zoe Oneil", "Łukasz Żak", "Łukasz Zak", "Юлия Ким", "Юлиа Ким", "李 小龙", "李 小竜"]
    given = [
        Record(id=str(n), forename=name.split()[0], surname=name.split()[1], born=person(0).born, postcode="W1 1AA")
        for n, name in enumerate(names)
    ]
    assert alike(BEGINNING[Purpose.RECORDS], given, []) > 4


@pytest.mark.usefixtures("_splink")
def test_too_few_records_train_nothing() -> None:
    with pytest.raises(Faults, match=r"reoffending\.too-few-records"):
        linking.train(records(10))


def test_without_splink_the_refusal_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("caselight.engines.reoffending.packages.find_spec", lambda name: None)
    with pytest.raises(Faults, match=r"reoffending\.extra-missing.*Linking many records.*caselight\[linkage\]"):
        linking.train(records(10))
