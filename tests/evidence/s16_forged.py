"""S16: requests that another site forged fail, and nobody sends what only the product may say."""

from __future__ import annotations

from tests.evidence.django_run import in_django
from tests.evidence.promise import SQLITE, Outcome, Promise, Run

WORK = "tests.evidence.work.forging:attack"
QUIET = {"CASELIGHT_LOG": "ERROR"}
PLANTED = {
    "without its sign", "in a frame", "a way out of the site", "under another host", "a mail's link",
    "with names that are not its own",
}  # fmt: skip


def attack(run: Run) -> Outcome:
    """The product as it is, and its cookies as a browser gets them over HTTPS."""
    found = in_django(run, WORK, env=QUIET, seed_=run.seed, trials=run.trials)
    said = [*found["said"], *in_django(run, "tests.evidence.work.forging_cookies:attack", env=QUIET | HTTPS)]
    return Outcome(sum(found["tried"].values()) + 2, len(said), found["tried"], said)


def planted(run: Run) -> Outcome:
    """Counted as caught only when each of the planted faults is."""
    found = in_django(run, WORK, env=QUIET, seed_=run.seed, trials=run.trials, fault=True)
    caught = sum(found["bad"].values()) if set(found["bad"]) >= PLANTED else 0
    said = [f"{kind} was not caught" for kind in sorted(PLANTED - set(found["bad"]))]
    return Outcome(sum(found["tried"].values()), caught, found["bad"], said)


HTTPS = {"CASELIGHT_HTTPS": "true", "CASELIGHT_PROXIES": "1"}

PROMISE = Promise(
    id="S16",
    says="Requests that another site forged fail, and a form takes nothing that only Caselight may say.",
    attack=attack,
    planted=planted,
    fault=(
        "One address that asks for no sign, pages in frames of our own host, any host taken, a way out through the "
        "address, and a view that believes a form about who acts"
    ),
    trials=(100, 1_000, 1_000),
    databases=(SQLITE,),
    lively=True,
    planted_trials=1,
    not_modelled="A browser that does not keep to SameSite, Origin or frame-ancestors; a proxy that passes any host on.",
)
