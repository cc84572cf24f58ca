"""The parts of ``docs/reference/roles.md`` that are made from the code and the matrix: run as a module to renew them."""

from __future__ import annotations

from pathlib import Path

from tests.evidence.matrix import ROLES, matrix

from caselight.store.accounts.permissions import Permission, Role

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "roles.md"


def parts() -> dict[str, str]:
    """Each generated table by its name."""
    roles = ["| Role | | |", "|---|---|---|", *(f"| {role.short} | {role.called} | {role.says} |" for role in Role)]
    acts = ["| Act | What it allows |", "|---|---|", *(f"| `{act}` | {act.says} |" for act in Permission)]
    rows = [row for row in matrix() if row.url.startswith("api:")]
    head = ["| Kind | Address | | " + " | ".join(ROLES) + " |", "|---|---|---|" + "---|" * len(ROLES)]
    cells = [
        f"| {row.kind} | {row.url.removeprefix('api:')} | {row.method} {row.what} | "
        + " | ".join(row.cells[role].replace("_", " ") for role in ROLES)
        + " |"
        for row in rows
    ]
    return {"roles": "\n".join(roles), "acts": "\n".join(acts), "matrix": "\n".join(head + cells)}


def renewed(page: str) -> str:
    """The page with its tables as they are now."""
    for name, table in parts().items():
        begin, end = f"<!-- {name} -->\n", f"\n<!-- end of {name} -->"
        before, _, rest = page.partition(begin)
        page = before + begin + table + end + rest.partition(end)[2]
    return page


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text("utf-8")), "utf-8")
