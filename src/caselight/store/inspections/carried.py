"""What an inspection carries and Caselight does not read: sealed with the inspection's own key, and opened again.

Nobody knows whom such a file or table is about. So it goes with the last of the inspection's subjects.
"""

from __future__ import annotations

import base64
import json

from caselight.method.inspection.package import Table
from caselight.store.identities.sealing import about, key_for, open_, seal


def sealed_file(inspection: str, path: str, content: bytes) -> tuple[str, bytes]:
    """The path, as text, and the content, so that nobody reads them without the key; ``Faults`` where it is destroyed."""
    key_id = key_for(inspection, "")
    name = base64.b64encode(seal(key_id, path.encode(), about(inspection, "path", ""))).decode()
    return name, seal(key_id, content, about(inspection, "file", path))


def opened_file(inspection: str, path: str, content: bytes | memoryview) -> tuple[str, bytes] | None:
    """The path and the content; None where the key is destroyed."""
    key_id = key_for(inspection, "")
    name = open_(key_id, base64.b64decode(path), about(inspection, "path", ""))
    if name is None:
        return None
    text = open_(key_id, content, about(inspection, "file", name.decode()))
    return None if text is None else (name.decode(), text)


def sealed_table(inspection: str, file: str, table: Table, *, beside: bool) -> bytes:
    """Columns and rows as one sealed text."""
    text = json.dumps([table.columns, table.rows], ensure_ascii=False, separators=(",", ":"))
    return seal(key_for(inspection, ""), text.encode("utf-8", "surrogatepass"), _of_table(inspection, file, beside))


def opened_table(inspection: str, file: str, sealed: bytes | memoryview, *, beside: bool) -> Table | None:
    """The table; None where the key is destroyed."""
    text = open_(key_for(inspection, ""), sealed, _of_table(inspection, file, beside))
    if text is None:
        return None
    columns, rows = json.loads(text.decode("utf-8", "surrogatepass"))
    return Table(tuple(columns), tuple(tuple(row) for row in rows))


def _of_table(inspection: str, file: str, beside: bool) -> bytes:
    return about(inspection, "columns" if beside else "table", file)
