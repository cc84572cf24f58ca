"""Adopting a framework: its content is its address; the same name and version with another content is refused."""

from __future__ import annotations

import pytest
from tests.factories import small
from tests.factories.moving import AT

from caselight.method.faults import Faults
from caselight.method.framework.definition import Framework
from caselight.store.audit.models import AuditRow
from caselight.store.frameworks.actions import Adopted, adopt
from caselight.store.frameworks.models import FrameworkVersion
from caselight.store.frameworks.queries import files_of, framework_of

pytestmark = pytest.mark.django_db


def adopted(framework: Framework, digest: str = "a" * 64, files: dict[str, bytes] | None = None) -> Adopted:
    document = framework.model_dump_json(by_alias=True)
    return adopt(
        by="lead",
        framework=framework,
        files=files or {"framework.yaml": b"# ours"},
        document=document,
        digest=digest,
        at=AT,
    )


def test_a_framework_comes_back_as_the_same_value_with_its_files() -> None:
    framework = small.framework()
    done = adopted(framework)
    assert done.new
    assert framework_of(done.digest) == framework
    assert files_of(done.digest) == {"framework.yaml": b"# ours"}


def test_adopting_the_same_again_gives_the_one_that_is_there_and_leaves_no_row() -> None:
    adopted(small.framework())
    rows = AuditRow.objects.count()
    again = adopted(small.framework(), files={"framework.yaml": b"# theirs"})
    assert (again.new, AuditRow.objects.count()) == (False, rows)
    assert files_of(again.digest) == {"framework.yaml": b"# ours"}


def test_the_same_version_with_another_content_is_refused() -> None:
    adopted(small.framework())
    with pytest.raises(Faults) as refused:
        adopted(small.framework(), digest="b" * 64)
    assert [fault.code for fault in refused.value] == ["store.framework-differs"]
    assert FrameworkVersion.objects.count() == 1
