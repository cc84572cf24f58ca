"""A framework that somebody sends: it brings news or faults; adopted it is there once, whoever sends it again and how."""

from __future__ import annotations

from functools import cache

import pytest
from tests.factories.sets import MINIMAL
from tests.factories.store import AT

from caselight.formats.framework_sent.reading import Sent, read_sent
from caselight.formats.framework_yaml import digest
from caselight.method.faults import Faults
from caselight.procedures.adopting import adopt_sent, news
from caselight.store.audit.models import AuditRow
from caselight.store.frameworks.models import FrameworkVersion
from caselight.store.frameworks.queries import files_of, framework_of

pytestmark = pytest.mark.django_db
FILES = {
    "first": MINIMAL,
    "second": MINIMAL.replace(b'version: "1"', b'version: "2"').replace(b"good enough", b"sound"),
    "changed": MINIMAL.replace(b"good enough", b"sound"),
    "broken": MINIMAL.replace(b"scale: ", b"scale: un", 1),
}


@cache
def sent(name: str) -> Sent:
    """One of the files, read once."""
    return read_sent(f"{name}.yaml", FILES[name])


def test_a_first_version_has_nothing_before_it() -> None:
    found = news(sent("first"))
    assert found is not None
    assert (found.same, found.former, found.changes) == (None, None, None)
    assert not found.adopted
    assert not found.taken


def test_what_is_adopted_is_what_was_sent_with_its_file_byte_for_byte_and_one_row_in_the_audit() -> None:
    done = adopt_sent(sent("first"), by="lead", at=AT)
    assert done.new
    assert framework_of(done.digest) == sent("first").framework
    assert files_of(done.digest) == {"framework.yaml": MINIMAL}
    (row,) = AuditRow.objects.filter(chain="system", act="framework.adopted")
    assert (row.by, row.object_key) == ("lead", done.digest)


def test_the_same_sent_twice_is_adopted_once() -> None:
    first, again = (adopt_sent(sent("first"), by=who, at=AT) for who in ("lead", "ll"))
    assert (first.digest, again.new) == (again.digest, False)
    assert FrameworkVersion.objects.count() == 1
    found = news(sent("first"))
    assert found is not None
    assert found.adopted
    assert found.same is not None
    assert found.same.by == "lead"


def test_a_later_version_says_what_is_new_since_the_former() -> None:
    adopt_sent(sent("first"), by="lead", at=AT)
    found = news(sent("second"))
    assert found is not None
    assert found.former is not None
    assert (found.former.version, found.same) == ("1", None)
    assert found.changes is not None
    assert [one.how for one in found.changes.changed] == [("reworded",)] * 2
    assert adopt_sent(sent("second"), by="lead", at=AT).new
    assert FrameworkVersion.objects.count() == 2


def test_another_content_under_a_number_that_is_taken_is_refused_and_nothing_is_kept() -> None:
    adopt_sent(sent("first"), by="lead", at=AT)
    found = news(sent("changed"))
    assert found is not None
    assert found.taken
    with pytest.raises(Faults) as refused:
        adopt_sent(sent("changed"), by="lead", at=AT)
    (fault,) = refused.value.faults
    assert fault.code == "store.framework-differs"
    assert fault.cure
    assert [one.digest for one in FrameworkVersion.objects.all()] == [digest(sent("first").framework)]  # type: ignore[arg-type]


def test_one_with_errors_brings_no_news_and_is_refused_with_all_of_them() -> None:
    assert news(sent("broken")) is None
    with pytest.raises(Faults) as refused:
        adopt_sent(sent("broken"), by="lead", at=AT)
    assert refused.value.faults == sent("broken").faults
    assert not FrameworkVersion.objects.exists()
    assert not AuditRow.objects.filter(act="framework.adopted").exists()
