"""A framework that somebody sends: what is wrong with it, what is new in it, and its adoption."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from caselight.formats.framework_sent.reading import Sent
from caselight.formats.framework_yaml import digest
from caselight.method.faults import Faults
from caselight.method.framework.differences import Differences, differences
from caselight.store.frameworks.actions import Adopted, adopt
from caselight.store.frameworks.adopted import Adopted as Version
from caselight.store.frameworks.adopted import versions_of
from caselight.store.frameworks.queries import framework_of


@dataclass(frozen=True, slots=True)
class News:
    """What a framework would bring: ``same`` is the adopted version of its name and number, if there is one.

    ``former`` is the version adopted last of those with another number; ``changes`` lead from it to the new one.
    """

    digest: str
    same: Version | None
    former: Version | None
    changes: Differences | None

    @property
    def adopted(self) -> bool:
        """Whether this content is adopted already."""
        return self.same is not None and self.same.digest == self.digest

    @property
    def taken(self) -> bool:
        """Whether its name and number belong to another content."""
        return self.same is not None and self.same.digest != self.digest


def news(sent: Sent) -> News | None:
    """What is new in a framework that was sent; nothing while it has errors."""
    framework = sent.framework
    if framework is None:
        return None
    known = versions_of(framework.id)
    same = next((one for one in known if one.version == framework.version), None)
    former = next((one for one in known if one.version != framework.version), None)
    changes = differences(framework_of(former.digest), framework) if former else None
    return News(digest(framework), same, former, changes)


def adopt_sent(sent: Sent, *, by: str, at: datetime) -> Adopted:
    """Adopt what was sent. Raises its errors, or ``store.framework-differs``; the same twice is adopted once."""
    if sent.framework is None:
        raise Faults(sent.faults)
    return adopt(
        by=by,
        framework=sent.framework,
        files=sent.files,
        document=sent.document,
        digest=digest(sent.framework),
        at=at,
    )
