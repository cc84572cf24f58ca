"""S17: no SQL and no command comes from input."""

from __future__ import annotations

from tests.evidence.banned_calls import banned, banned_in
from tests.evidence.django_run import ROOT, in_django
from tests.evidence.promise import Outcome, Promise, Run

WORK = "tests.evidence.work.injection:attack"
BANNED = (
    "Person.objects.raw(text)", "Person.objects.filter(a=1).extra(where=[text])", "RawSQL(text, [])", "eval(text)",
    "os.system(text)", "subprocess.run(text, shell=True)", "Person.objects.filter(**request.GET)", "pickle.loads(text)",
)  # fmt: skip


def attack(run: Run) -> Outcome:
    """Payloads in every parameter, key and field; and no banned call anywhere in the product."""
    found = in_django(run, WORK, trials=run.trials, seed=run.seed)
    said = [*found["said"], *banned(ROOT / "src")]
    return Outcome(found["tried"], len(said), {}, said)


def planted(run: Run) -> Outcome:
    """A view that pastes what was asked for into SQL; and every banned call written down, which must be seen."""
    found = in_django(run, WORK, trials=run.trials, seed=run.seed, broken=True)
    unseen = [text for text in BANNED if not banned_in(text)]
    if unseen:
        return Outcome(run.trials, 0, {}, [f"Not seen: {text}" for text in unseen])
    return Outcome(found["tried"], len(found["said"]), {}, found["said"])


PROMISE = Promise(
    id="S17",
    says="No SQL and no command comes from input.",
    attack=attack,
    planted=planted,
    fault="a view that pastes the address into SQL; eight banned calls",
    trials=(300, 5_000, 5_000),
    lively=True,
)
