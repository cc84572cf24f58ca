"""From which state an inspection may go to which (reliability, role matrix).

One step on at a time, because each opens and shuts what people may do. One step back while nothing is published, for
the work that a later look brings up. A local audit ends without a fact check and without an embargo. The step to
published is taken by approving what was proposed (``reports.releasing``), and in no other way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from caselight.store.inspections.models import Kind, State

ORDER: Mapping[str, Sequence[State]] = {
    Kind.EXTERNAL: tuple(State),
    Kind.LOCAL_AUDIT: tuple(state for state in State if state not in (State.FACT_CHECK, State.EMBARGO)),
}
FINAL = (State.PUBLISHED, State.CLOSED)


def next_states(kind: str, state: str) -> tuple[State, ...]:
    """The states that an inspection of this kind may go to from ``state``; none where it is closed.

    >>> [str(state) for state in next_states("local_audit", "draft")]
    ['published', 'moderation']
    >>> next_states("local_audit", "embargo")  # which a local audit never is in
    ()
    """
    order = ORDER[kind]
    if state not in order:
        return ()
    place = order.index(State(state))
    on = order[place + 1 : place + 2]
    back = () if state in FINAL else order[max(place - 1, 0) : place]
    return (*on, *back)


def before_published(kind: str) -> State:
    """The state from which an inspection of this kind is published.

    >>> str(before_published("external")), str(before_published("local_audit"))
    ('embargo', 'draft')
    """
    return ORDER[kind][ORDER[kind].index(State.PUBLISHED) - 1]
