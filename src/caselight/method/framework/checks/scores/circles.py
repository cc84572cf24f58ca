"""No measure and no rating rests on itself, nor on a chain longer than anybody could follow."""

from __future__ import annotations

from collections.abc import Iterator

from caselight.method.faults import DataPath, Fault, quoted
from caselight.method.framework.checks.scores.names import parts_of, rating_parts, rules_of
from caselight.method.framework.definition import Framework
from caselight.method.framework.ratings import Rating
from caselight.method.framework.rules import references

DEEPEST_CHAIN = 50
MOST_LOOKED_AT = 100  # in a circle of thousands the first tell enough
Node = tuple[str, str]  # ("measure", "M1") or ("rating", "R1")


def circle_faults(framework: Framework) -> Iterator[Fault]:
    """Measures and ratings that rest on themselves, and chains longer than anybody could follow."""
    paths: dict[Node, DataPath] = {}
    rests_on: dict[Node, set[Node]] = {}
    for at, measure in enumerate(framework.measures):
        paths["measure", measure.id] = ("measures", at, "id")
        rests_on["measure", measure.id] = {("measure", name) for _, name in parts_of(measure)}
    for at, rating in enumerate(framework.ratings):
        paths["rating", rating.id] = ("ratings", at, "id")
        rests_on["rating", rating.id] = set(_behind(rating))
    depths = _depths(rests_on)
    closing = [node for node in rests_on if node not in depths][:MOST_LOOKED_AT]
    for node in closing:
        if _reaches_itself(node, rests_on):
            says = f"The {node[0]} {quoted(node[1])} rests on itself."
            yield Fault("framework.circle", paths[node], says, "Take one of the names out of the circle.")
    for node, depth in depths.items():
        if depth == DEEPEST_CHAIN + 1:
            says = (
                f"The {node[0]} {quoted(node[1])} rests on a chain of more than {DEEPEST_CHAIN} measures and ratings."
            )
            yield Fault("framework.chain-too-long", paths[node], says, "Rest it on fewer.")


def _depths(rests_on: dict[Node, set[Node]]) -> dict[Node, int]:
    """How long the chain below each is, 1 for what rests on nothing; those in a circle or above one are left out."""
    above: dict[Node, list[Node]] = {}
    waits = {node: len(parts & rests_on.keys()) for node, parts in rests_on.items()}
    for node, parts in rests_on.items():
        for part in parts & rests_on.keys():
            above.setdefault(part, []).append(node)
    depths = {node: 1 for node, count in waits.items() if not count}
    ready = list(depths)
    while ready:
        part = ready.pop()
        for node in above.get(part, ()):
            waits[node] -= 1
            if not waits[node]:
                depths[node] = 1 + max(depths[each] for each in rests_on[node] & rests_on.keys())
                ready.append(node)
    return depths


def _behind(rating: Rating) -> Iterator[Node]:
    yield from (("measure", name) for name in (rating.cut.measures if rating.cut else ()))
    yield from (("rating", name) for _, name in rating_parts(rating))
    for where, rule in rules_of((), rating):
        if "duties" in where:  # a duty follows from grades as they stand, the rating's own among them
            continue
        yield from sorted(name for name in references(rule) if name[0] in ("measure", "rating"))


def _reaches_itself(start: Node, rests_on: dict[Node, set[Node]]) -> bool:
    seen: set[Node] = set()
    waiting = list(rests_on[start])
    while waiting:
        node = waiting.pop()
        if node == start:
            return True
        if node in seen or node not in rests_on:
            continue
        seen.add(node)
        waiting += rests_on[node]
    return False
