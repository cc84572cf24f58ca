"""Agreement on 10,000 double-marked answers with bootstrap intervals, held against a bare numpy script.

Both sides begin with the same answers as text, in lists, imports being over, and end with AC1, kappa and the 95%
intervals of both. The script draws the same number of resamples in the same way (how often each cell of the cross table
occurs) and does nothing else: no declared categories, no gaps, no standard errors, no reasons. A second script draws
the units themselves, as such scripts usually do; it stands beside for scale and is not the aim.
"""

from __future__ import annotations

import argparse
import sys

from benchmarks.measuring import Line, compared, doing, in_turns, inside, machine, table, told

ANSWERS, RESAMPLES, LIMIT = 10_000, 2_000, 2
LAYOUTS = {"one question": 1, "40 questions": 40}
Marks = list[str]


def lines(*, times: int = 5) -> list[Line]:
    """Both layouts, measured now: all answers to one question, and 250 answers to each of 40."""
    found = []
    for name, questions in LAYOUTS.items():
        with doing(f"Agreement on {ANSWERS:,} answers to {name}, {times} times"):
            runs = in_turns(
                times,
                ours=lambda q=questions: told("benchmarks.agreement", "--inside", "ours", "--questions", str(q)),
                bare=lambda q=questions: told("benchmarks.agreement", "--inside", "bare", "--questions", str(q)),
                units=lambda q=questions: told("benchmarks.agreement", "--inside", "units", "--questions", str(q)),
            )
        what = f"{ANSWERS:,} double-marked answers to {name}, {RESAMPLES:,} resamples"
        found.append(compared(f"{what}; bare numpy, same draw", runs, LIMIT, ("ours", "bare")))
        found.append(compared(f"{what}; bare numpy, units drawn one by one", runs, LIMIT, ("ours", "units")))
    return found


def marks(questions: int) -> list[tuple[Marks, Marks]]:
    """For each question the marks of two people; what they are follows from a hash, and nine in ten are alike."""
    from hashlib import sha256

    def pair(question: int, case: int) -> tuple[str, str]:
        byte = sha256(f"{question}/{case}".encode()).digest()
        first = "yes" if byte[0] < 200 else "no"
        return first, first if byte[1] < 230 else "no" if first == "yes" else "yes"

    cases = range(ANSWERS // questions)
    found = []
    for question in range(questions):
        pairs = [pair(question, case) for case in cases]
        found.append(([a for a, _ in pairs], [b for _, b in pairs]))
    return found


def _ours(answers: list[tuple[Marks, Marks]]) -> None:
    from caselight.engines.agreement.bootstrap import resampled
    from caselight.method.statistics.agreement.ratings import ratings_of
    from caselight.method.statistics.agreement.several_raters import gwet_ac1
    from caselight.method.statistics.agreement.two_raters import cohen_kappa

    for first, second in answers:
        ratings = ratings_of([first, second], ["yes", "no"])
        for coefficient in (gwet_ac1(ratings), cohen_kappa(ratings)):
            assert resampled(ratings, coefficient, seed=1, resamples=RESAMPLES)  # noqa: S101 - it must have done the work


def _bare(answers: list[tuple[Marks, Marks]]) -> None:
    import numpy as np

    for first, second in answers:
        cells = np.bincount(_coded(first) * 2 + _coded(second), minlength=4)
        n = cells.sum()
        for coefficient in (_ac1, _kappa):
            drawn = np.random.RandomState(1).multinomial(n, cells / n, size=RESAMPLES) / n
            coefficient(cells[None] / n)
            np.quantile(coefficient(drawn), [0.025, 0.975])


def _units(answers: list[tuple[Marks, Marks]]) -> None:
    import numpy as np

    for first, second in answers:
        cells = _coded(first) * 2 + _coded(second)
        n = len(cells)
        for coefficient in (_ac1, _kappa):
            stream, drawn = np.random.RandomState(1), np.empty((RESAMPLES, 4))
            for at in range(RESAMPLES):
                drawn[at] = np.bincount(cells[stream.randint(0, n, n)], minlength=4)
            np.quantile(coefficient(drawn / n), [0.025, 0.975])


def _coded(words):  # type: ignore[no-untyped-def]
    import numpy as np

    return (np.array(words) == "yes").astype(np.int64)


def _ac1(p):  # type: ignore[no-untyped-def]
    yes = (2 * p[:, 3] + p[:, 1] + p[:, 2]) / 2
    chance = 2 * yes * (1 - yes)
    return (p[:, 0] + p[:, 3] - chance) / (1 - chance)


def _kappa(p):  # type: ignore[no-untyped-def]
    first, second = p[:, 2] + p[:, 3], p[:, 1] + p[:, 3]
    chance = first * second + (1 - first) * (1 - second)
    return (p[:, 0] + p[:, 3] - chance) / (1 - chance)


def main() -> None:
    """Measure and print, or be one of the processes that are measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inside", choices=("ours", "bare", "units"), help=argparse.SUPPRESS)
    parser.add_argument("--questions", type=int, default=1, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if not arguments.inside:
        sys.stdout.write(f"{machine()}\n\n{table(lines())}")
        return
    answers = marks(arguments.questions)
    work = {"ours": _ours, "bare": _bare, "units": _units}[arguments.inside]
    work([(["yes", "no"] * 30 + ["no"], ["yes", "no"] * 30 + ["yes"])])  # imports over, on each side
    inside(lambda: work(answers))


if __name__ == "__main__":
    main()
