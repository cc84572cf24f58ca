"""Keys that inspections give: of services, and of the audit chains."""

from __future__ import annotations

import hashlib
import re
import unicodedata


def chain(inspection: str) -> str:
    """The audit chain of an inspection.

    >>> chain("west-london")
    'inspection:west-london'
    """
    return f"inspection:{inspection}"


def service_key(name: str) -> str:
    """The key of a service that comes with a folder: its name in plain letters, and a few digits that tell it apart.

    Two names that differ only in spaces or capitals are the same service; any other two are not, because whose work a
    person may see is decided by it.

    >>> service_key("West London  YOS") == service_key("west london yos") != service_key("West London Y.O.S.")
    True
    """
    same = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    plain = unicodedata.normalize("NFKD", same).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].rstrip("-") or "service"
    return f"{slug}-{hashlib.sha256(same.encode()).hexdigest()[:8]}"
