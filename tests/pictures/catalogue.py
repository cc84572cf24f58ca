"""Which pictures are taken: one of every page that the address list has, by whoever the matrix lets see it.

A new page needs nothing here: it is asked for as the first role that its row allows, in the inspection ``testshire``
with what ``places.py`` says is there. A row in ``TAKEN`` says where a page shows more; ``WITHOUT`` says why an address has
no picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from tests.evidence.matrix import ROLES, matrix

WHO = {"LI": "lead", "IN": "i1", "LA": "la", "QA": "qa", "CM": "cm", "SM": "sm", "AN": "an", "PB": "pb", "AD": "ad",
       "PU": "", "ST": "stranger", "LL": "ll", "AU": "au"}  # fmt: skip
STAGES = ("begin", "accepted", "drawn")


@dataclass(frozen=True)
class Shot:
    """One picture: a page as somebody sees it, in an inspection, once a stage of ``furniture`` is reached.

    ``state`` is the one that the inspection is put into; ``click`` is what is pressed or opened first; ``name`` is what
    the picture is called where it is not the page's own.
    """

    page: str
    who: str = "lead"
    place: str = "testshire"
    given: tuple[tuple[str, str], ...] = ()
    query: str = ""
    stage: str = "begin"
    state: str = ""
    click: str = ""
    name: str = ""

    @property
    def called(self) -> str:
        """The name of its file, without width and ending."""
        return self.name or self.page.replace(":", "-").replace("/", "-").strip("-")


LONDON, CASE, AUDIT = "west-london", "fieldwork", "local-audit"
C1 = (("subject", "c1"),)
INTERVIEW = (("kind", "case_manager"), ("subject", "w1"))
NEW = "lead2"  # who has no second factor yet once it is pictured how one is set up
P5, P5S = (("question", "P5"),), (("figure", "P5"),)

# Where a page shows more than it does to the first who may see it, in the furnished inspection.
TAKEN: Mapping[str, Shot] = {
    shot.page: shot
    for shot in (
        *(Shot(f"caseload:{name}", place="waiting") for name in ("upload", "heading", "columns", "rows", "check")),
        Shot("caseload:list", place="waiting", stage="accepted"),
        Shot("sampling:designs", place="waiting", stage="accepted"),
        Shot("sampling:plan", place="waiting", stage="accepted"),
        Shot("sampling:sample", place="waiting", stage="drawn"),
        Shot("sampling:allocation", place="waiting", stage="drawn"),
        Shot("sampling:share", place="waiting", stage="drawn"),
        Shot("sampling:record", place=LONDON),
        Shot("sampling:remove", place="waiting", stage="drawn"),
        Shot("assessing:cases", "i1", CASE),
        Shot("assessing:case", "i1", CASE, C1),
        *(Shot(f"assessing:{name}", "i1", CASE, C1) for name in ("finish", "print", "typing")),
        Shot("assessing:urgent", "i1"),
        Shot("moderation:board", place=LONDON),
        Shot("moderation:question", place=LONDON, given=P5),
        Shot("moderation:cases", place=LONDON),
        *(Shot(f"findings:{name}", place=LONDON) for name in ("findings", "before", "choose")),
        Shot("findings:figure", place=LONDON, given=P5S),
        Shot("findings:chart", place=LONDON, given=(("theme", "P"),)),
        Shot("letter:letter", place=LONDON, state="draft"),  # from here on there is publication, too
        Shot("letter:release", place=LONDON, state="embargo"),
        Shot("letter:files", place=LONDON),
        Shot("letter:figures", place=LONDON, query="?q=P5"),
        Shot("letter:quotations", place=LONDON),
        Shot("letter:sentences", place=LONDON),
        Shot("letter:send", place=LONDON),
        Shot("home:today", "i1"),
        Shot("people:accept", ""),
        Shot("mfa_activate_totp", NEW),
    )
}
# More than one picture of a page: as others see it, or in another state.
MORE = (
    Shot("home:today", "lead", name="home-today-lead"),
    Shot("home:today", "ll", name="home-today-audit"),
    Shot("home:today", "sm", name="home-today-service"),
    Shot("home:today", "ad", name="home-today-administrator"),
    Shot("home:today", "qa", name="home-today-quality"),
    Shot("home:today", "cm", name="home-today-case-manager"),
    Shot("home:today", "stranger", name="home-today-nobody"),
    Shot("planning:inspection", "sm", name="planning-inspection-service"),
    Shot("planning:inspection", "ll", AUDIT, name="planning-inspection-audit"),
    Shot("assessing:cases", "ll", AUDIT, name="assessing-cases-audit"),
    Shot("assessing:case", "ll", AUDIT, (("subject", "c-697spf"),), name="assessing-case-audit"),
    Shot("assessing:case", "i1", name="assessing-case-concern"),
    Shot("assessing:case", "i1", CASE, INTERVIEW, name="assessing-interview"),
    Shot("findings:findings", "ll", AUDIT, name="findings-findings-audit"),
    Shot("moderation:board", "ll", AUDIT, name="moderation-board-audit"),
    Shot("letter:letter", "i1", LONDON, name="letter-letter-reader", state="draft"),
)
WITHOUT: Mapping[str, str] = {
    "account_email": "switched off: nothing is there",
    "account_logout": "ends the session",
    "assessing:colleagues": "a piece of a page, for its script",
    "assessing:next": "leads on to a case",
    "assessing:next-case": "leads on to a case",
    "assessing:present": "a piece of a page, for its script",
    "design:here": "a word for a script",
    "account_confirm_login_code": "switched off: leads to signing in",
    "account_set_password": "leads to changing a password",
    "frameworks:download": "a file",
    "health": "a word for a monitor",
    "letter:file": "a file",
    "letter:preview": "a letter in its frame, seen in letter:letter",
    "mfa_download_recovery_codes": "a file",
    "mfa_login_webauthn": "data for a script",
    "mfa_reauthenticate_webauthn": "data for a script",
    "mfa_edit_webauthn": "needs a security key",
    "mfa_remove_webauthn": "needs a security key",
    "socialaccount_connections": "switched off",
    "socialaccount_login_cancelled": "switched off",
    "socialaccount_login_error": "switched off",
    "socialaccount_signup": "switched off",
}


def pictured() -> Iterator[Shot]:
    """Every picture, in the order of the stages."""
    shots = [*(_of(name) for name in _addresses()), *MORE]
    yield from sorted(shots, key=lambda shot: (STAGES.index(shot.stage), shot.state, shot.called))


def _addresses() -> list[str]:
    """Each page that is asked for with GET, but those that have no picture."""
    found = dict.fromkeys(row.url for row in matrix() if row.method == "GET" and not row.url.startswith("api:"))
    return [name for name in found if name not in WITHOUT and not name.startswith("social/")]


def _of(name: str) -> Shot:
    if name in TAKEN:
        return TAKEN[name]
    first = next(row for row in matrix() if row.url == name and row.method == "GET")
    role = next(role for role in ("LI", *ROLES) if first.cells[role] != "-")
    shot = Shot(name, WHO[role])
    return replace(shot, who="") if name.startswith(("account_", "mfa_")) and first.cells["PU"] == "anyone" else shot
