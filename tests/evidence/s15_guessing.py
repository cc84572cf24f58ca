"""S15: passwords, codes, tokens and sessions guessed, replayed, fixed and kept beyond their end."""

from __future__ import annotations

from tests.evidence.django_run import in_django
from tests.evidence.promise import Outcome, Promise, Run


def attack(run: Run, *, fault: bool = False) -> Outcome:
    """The product as it is, or with its lock-out off."""
    env = {"CASELIGHT_LOG": "ERROR", "CASELIGHT_PROXIES": "0"}
    work = "tests.evidence.work.guessing:attack"
    found = in_django(run, work, env=env, seed_=run.seed, trials=run.trials, fault=fault)
    return Outcome(found["trials"], len(found["said"]), {}, found["said"])


def planted(run: Run) -> Outcome:
    """Nobody is locked out."""
    return attack(run, fault=True)


PROMISE = Promise(
    id="S15",
    says="Passwords, codes, tokens and sessions cannot be guessed, replayed, fixed or kept beyond their end.",
    attack=attack,
    planted=planted,
    fault="Nobody is locked out, however often they try.",
    trials=(1_000, 100_000, 100_000),
    lively=True,
    planted_trials=60,
    not_modelled="How long an answer takes is not compared; passkeys are not tried; mail is not read.",
)
