"""Which application of the store points to which: foreign keys go down, as imports do (architecture, inside the store).

A foreign key may be written as a string, and then no linter of imports sees it.
"""

import pytest
from django.apps import apps
from django.db.models import Field, ForeignObject

FLOORS = (
    ("audit",),
    ("accounts",),
    ("frameworks", "identities"),
    ("inspections",),
    ("caseloads",),
    ("samples",),
    ("assessments",),
    ("reports", "improvement"),
)
FLOOR = {app: floor for floor, apps_there in enumerate(FLOORS) for app in apps_there}
OURS = [config for config in apps.get_app_configs() if config.name.startswith("caselight.store")]
KEYS = [
    field
    for config in OURS
    for model in config.get_models(include_auto_created=True)
    for field in model._meta.get_fields(include_hidden=True)
    if isinstance(field, ForeignObject)
]


def points_down(field: ForeignObject) -> bool:  # type: ignore[type-arg]
    """Whether a foreign key points to its own application or a lower one."""
    own, other = field.model._meta.app_label, field.related_model._meta.app_label
    return own == other or FLOOR.get(other, -1) < FLOOR[own]  # what is not ours lies below


def test_every_application_of_the_store_has_its_floor() -> None:
    assert {config.label for config in OURS} == FLOOR.keys()


@pytest.mark.parametrize("field", KEYS, ids=str)
def test_a_foreign_key_points_to_its_own_application_or_a_lower_one(field: Field) -> None:  # type: ignore[type-arg]
    assert isinstance(field, ForeignObject)
    assert points_down(field)


def test_the_audit_points_to_nobody_so_that_it_outlives_them() -> None:
    assert [field for field in KEYS if field.model._meta.app_label == "audit"] == []


def test_a_key_that_points_up_or_sideways_would_be_found() -> None:
    down = apps.get_model("reports", "LetterVersion")._meta.get_field("inspection")
    up = type("Up", (), {"model": down.related_model, "related_model": down.model})
    sideways = type("Sideways", (), {"model": apps.get_model("reports", "External"),
                                     "related_model": apps.get_model("improvement", "Action")})  # fmt: skip
    assert points_down(down)  # type: ignore[arg-type]
    assert not points_down(up)  # type: ignore[arg-type]
    assert not points_down(sideways)  # type: ignore[arg-type]
