"""The one pass over rows sorted by person: every window and every breakdown at once, in whole numbers.

The functions are plain Python and run as they are for one person; :func:`compiled` has numba compile the same bodies
for millions. So they keep to what both understand: whole numbers, indexing, no values of the method. What they must
come to is ``caselight.method.reoffending.cohort``. All stand in one file, because numba looks at no other one when it
decides whether what it compiled is still good.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

MISSING = -(2**31)  # a day that is not known
RULES = 10  # of dropping, in the order of ``cleaning.Drop``; the last is a repeat
REPEAT = RULES - 1
BIRTHDAY = 7  # the place of ``cleaning.Note.BIRTHDAY_IMPOSSIBLE``
UNKNOWN, NOT_PROVEN, CUSTODY, RECALL = 6, 3, 2, 4  # places in ``columns.KINDS``
DROP, PROVEN_DATE = 1, 2  # of ``Rules.missing``
HOME, POLICE = 1, 2  # of ``Rules.area_at``
WRITTEN, DISORDER, LAST = 0, 1, 2  # places in ``Out.status``
# Lines of ``room``: of occasions, then of offences.
NAME, PROVEN, KIND, ENTRY, AREA, POLICE_AREA, SEX, BORN, OTHER = range(9)  # OTHER: something else than breaches
OCCASION, OFFENCE, DELIVERED, DAY, SHOWN, COUNTS, BREACH, SERIOUS = range(9, 17)  # SHOWN: the day it was proven
LINES = 17
ENTRIES, REOFFENDERS, REOFFENCES, SEVERE = range(4)  # lines of ``Out.counts``
FIELDS = 12  # lines of ``Out.rows``: see ``take_in``
YEAR = 12 * 31  # as many numbers as a year has in ``Asked.dates``, where every month has 31


class Columns(NamedTuple):
    """The rows, column by column: ``columns.NAMES`` with days as numbers, MISSING for no day and -1 for no code."""

    person: Any
    occasion: Any
    offence: Any
    offence_date: Any
    proven_date: Any
    kind: Any
    release_date: Any
    recordable: Any
    breach: Any
    in_jurisdiction: Any
    tic: Any
    severity: Any
    area: Any
    police_area: Any
    sex: Any
    born: Any


class Rules(NamedTuple):
    """The options of a measure as whole numbers, and how the places of a group are found: 0 for what is not asked."""

    end_counts: int
    index_counts: int
    clock_proven: int
    occasions: int
    kinds: int  # a bit for each kind that counts
    entering: int  # a bit for each kind that may make an entry
    heaviest: int
    breach_counts: int
    breach_enters: int
    tic_counts: int
    missing: int
    age_at_start: int
    area_at: int
    serious: int  # a bit for each severity on the serious list
    weights: int  # four bits for each kind
    as_of: int
    earliest: int  # the first and the last day that can be
    latest: int
    by_window: int
    by_area: int
    by_sex: int
    by_age: int
    by_previous: int
    rows: int  # whether a row for each entry is asked


class Asked(NamedTuple):
    """Windows in the order of their first days, bands, and a calendar.

    The calendar says of each day from ``Rules.earliest`` on: the day on which its follow-up ends, the day until which
    its reoffences may be proven, and a number of the day of which YEAR lie between two days of one name.
    """

    first: Any
    last: Any
    age_bands: Any
    previous_bands: Any
    until: Any
    known: Any
    dates: Any


class Out(NamedTuple):
    """What is found: counts of groups, the last index of each window, rows dropped and noted, and entries if asked."""

    counts: Any
    last_index: Any
    tally: Any  # rows dropped by rule, then rows noted
    status: Any
    rows: Any


def sweep(rows: Columns, upto: int, asked: Asked, rules: Rules, room: Any, out: Out) -> None:  # noqa: C901, PLR0912, PLR0915
    """Take in the rows before ``upto``, which are whole persons; ``out.status[DISORDER]`` says that they are not sorted.

    ``room`` is where one person's occasions and offences are put together, as wide as the longest history. This is one
    long function because handing sixteen columns to another for every row costs more than what is done with them.
    """
    person, occasion, offence, offence_date, proven_date, kind, release_date, recordable = rows[:8]
    breach, in_jurisdiction, tic, severity, area, police_area, sex, born = rows[8:]
    tally, status = out.tally, out.status
    o, g = -1, -1
    for row in range(upto):
        if row == 0 or person[row] != person[row - 1]:
            if o >= 0:
                enter(person[row - 1], o + 1, g + 1, asked, rules, room, out)
            if person[row] <= status[LAST]:
                status[DISORDER] = 1
                return
            status[LAST] = person[row]
            o, g = -1, -1
        elif not in_order(
            proven_date[row] - proven_date[row - 1],
            occasion[row] - occasion[row - 1],
            offence[row] - offence[row - 1],
            offence_date[row] - offence_date[row - 1],
        ):
            status[DISORDER] = 1
        proven = possible(proven_date[row], rules.earliest, rules.latest)
        note, day = offence_day(offence_date[row], proven, rules.earliest, rules.latest)
        flags = recordable[row] + 2 * in_jurisdiction[row] + 4 * tic[row]
        rule = rule_of(kind[row], flags, proven, day, rules)
        if rule >= 0:
            tally[rule] += 1
            continue
        if note >= 0:
            tally[RULES + note] += 1
        note, released = release(kind[row], release_date[row], proven, rules)
        if note >= 0:
            tally[RULES + note] += 1
        if born[row] != MISSING and possible(born[row], rules.earliest, rules.latest) == MISSING:
            tally[RULES + BIRTHDAY] += 1
        if o < 0 or room[PROVEN, o] != proven or room[NAME, o] != occasion[row]:
            o += 1
            room[NAME, o], room[PROVEN, o], room[KIND, o], room[ENTRY, o] = occasion[row], proven, kind[row], MISSING
            room[AREA, o], room[POLICE_AREA, o], room[SEX, o], room[BORN, o], room[OTHER, o] = -1, -1, -1, MISSING, 0
        if weight(kind[row], rules.weights) > weight(room[KIND, o], rules.weights):
            room[KIND, o] = kind[row]
        room[ENTRY, o] = max(room[ENTRY, o], released)
        room[AREA, o] = lower(room[AREA, o], area[row])
        room[POLICE_AREA, o] = lower(room[POLICE_AREA, o], police_area[row])
        room[SEX, o] = lower(room[SEX, o], sex[row])
        room[BORN, o] = earlier(room[BORN, o], possible(born[row], rules.earliest, rules.latest))
        if (
            g >= 0
            and room[OCCASION, g] == o
            and room[OFFENCE, g] == offence[row]
            and room[DELIVERED, g] == offence_date[row]
        ):
            tally[REPEAT] += 1
        else:
            g += 1
            room[OCCASION, g], room[OFFENCE, g], room[DELIVERED, g] = o, offence[row], offence_date[row]
            room[DAY, g] = proven if day == MISSING and rules.missing == PROVEN_DATE else day
            room[SHOWN, g], room[COUNTS, g], room[BREACH, g], room[SERIOUS, g] = proven, 0, 1, 0
        room[COUNTS, g] |= (rules.kinds >> kind[row]) & 1
        room[BREACH, g] &= breach[row]
        room[SERIOUS, g] |= (rules.serious >> severity[row]) & 1 if 0 <= severity[row] <= 62 else 0
    if o >= 0:
        enter(person[upto - 1], o + 1, g + 1, asked, rules, room, out)


def in_order(proven: int, occasion: int, offence: int, offence_date: int) -> bool:
    """Whether a row does not come before the one above it, of the same person, by how much each key is higher."""
    if proven != 0:
        return proven > 0
    if occasion != 0:
        return occasion > 0
    return offence > 0 or (offence == 0 and offence_date >= 0)


def possible(day: int, earliest: int, latest: int) -> int:
    """The day, or MISSING when it is outside of those that can be."""
    return day if earliest <= day <= latest else MISSING


def offence_day(delivered: int, proven: int, earliest: int, latest: int) -> tuple[int, int]:
    """What to note about an offence date (-1 for nothing), and the day to use."""
    if delivered == MISSING:
        return 0, MISSING
    if possible(delivered, earliest, latest) == MISSING:
        return 1, MISSING
    if MISSING < proven < delivered:
        return 2, MISSING
    return -1, delivered


def rule_of(kind: int, flags: int, proven: int, day: int, rules: Rules) -> int:
    """The first rule under which a row is left out, in the order of ``cleaning.Drop``, or -1."""
    met = (
        int(kind == UNKNOWN)
        + 2 * int(kind == NOT_PROVEN)
        + 4 * int(flags & 1 == 0)
        + 8 * int(flags & 2 == 0)
        + 16 * int((rules.entering >> kind) & 1 == 0)
        + 32 * int(flags & 4 != 0 and rules.tic_counts == 0)
        + 64 * int(proven == MISSING)
        + 128 * int(proven > rules.as_of)
        + 256 * int(day == MISSING and rules.missing == DROP and (rules.kinds >> kind) & 1 == 1)
    )
    if met == 0:
        return -1
    rule = 0
    while (met >> rule) & 1 == 0:
        rule += 1
    return rule


def release(kind: int, delivered: int, proven: int, rules: Rules) -> tuple[int, int]:
    """What to note about a release (-1 for nothing), and the day to use: of custody and recalls only."""
    if kind not in (CUSTODY, RECALL):
        return -1, MISSING
    if delivered == MISSING:
        return 3, MISSING
    if possible(delivered, rules.earliest, rules.latest) == MISSING:
        return 4, MISSING
    if delivered < proven:
        return 5, MISSING
    return (6, MISSING) if delivered > rules.as_of else (-1, delivered)


def weight(kind: int, weights: int) -> int:
    """How heavy a kind of disposal is."""
    return (weights >> (4 * kind)) & 15


def lower(one: int, other: int) -> int:
    """The lower of two codes, of which -1 says nothing."""
    return one if other < 0 or 0 <= one < other else other


def earlier(one: int, other: int) -> int:
    """The earlier of two days, of which MISSING says nothing."""
    return one if other == MISSING or MISSING < one < other else other


def enter(person: int, occasions: int, offences: int, asked: Asked, rules: Rules, room: Any, out: Out) -> None:
    """One person's rows are all there: find the index of every window, and take in the entry."""
    first, last = entry_days(occasions, offences, rules, room)
    for window in range(len(asked.first)):
        if asked.first[window] > last:
            return
        if asked.last[window] >= first:
            index = index_of(occasions, asked.first[window], asked.last[window], rules, room)
            if index >= 0:
                take_in(person, window, index, offences, asked, rules, room, out)


def entry_days(occasions: int, offences: int, rules: Rules, room: Any) -> tuple[int, int]:
    """The day on which each occasion lets its person enter, or MISSING; the first and the last of them."""
    for g in range(offences):
        room[OTHER, room[OCCASION, g]] |= 1 - room[BREACH, g]
    first, last = 2**31, MISSING
    for o in range(occasions):
        if room[KIND, o] not in (CUSTODY, RECALL):
            room[ENTRY, o] = room[PROVEN, o]
        if room[OTHER, o] == 0 and rules.breach_enters == 0:
            room[ENTRY, o] = MISSING
        if room[ENTRY, o] != MISSING:
            first, last = min(first, room[ENTRY, o]), max(last, room[ENTRY, o])
    return first, last


def index_of(occasions: int, first: int, last: int, rules: Rules, room: Any) -> int:
    """The occasion with which the person enters a window, or -1."""
    found = -1
    for o in range(occasions):
        if first <= room[ENTRY, o] <= last and (found < 0 or before(o, found, rules, room)):
            found = o
    return found


def before(one: int, other: int, rules: Rules, room: Any) -> bool:
    """Whether one occasion is the index rather than another."""
    if room[ENTRY, one] != room[ENTRY, other]:
        return bool(room[ENTRY, one] < room[ENTRY, other])
    heavier = weight(room[KIND, one], rules.weights) - weight(room[KIND, other], rules.weights)
    if rules.heaviest == 1 and heavier != 0:
        return bool(heavier > 0)
    if room[NAME, one] != room[NAME, other]:
        return bool(room[NAME, one] < room[NAME, other])
    return bool(room[PROVEN, one] < room[PROVEN, other])


def take_in(
    person: int, window: int, index: int, offences: int, asked: Asked, rules: Rules, room: Any, out: Out
) -> None:
    """Count what came after one index and what was before it, and put the entry into its group."""
    day = room[ENTRY, index]
    counted, severe, days, previous = after(index, offences, asked, rules, room)
    age = age_on(room[BORN, index], asked.first[window] if rules.age_at_start == 1 else day, asked, rules)
    area = area_of(room[AREA, index], room[POLICE_AREA, index], rules.area_at)
    place = (
        rules.by_window * window
        + rules.by_area * (area + 1)
        + rules.by_sex * (room[SEX, index] + 1)
        + rules.by_age * (band(age, asked.age_bands) + 1)
        + rules.by_previous * band(previous, asked.previous_bands)
    )
    out.counts[ENTRIES, place] += 1
    if counted > 0:
        out.counts[REOFFENDERS, place] += 1
        out.counts[REOFFENCES, place] += counted
        out.counts[SEVERE, place] += severe
    out.last_index[window] = max(out.last_index[window], day)
    if rules.rows == 1:
        n, rows = out.status[WRITTEN], out.rows
        rows[0, n], rows[1, n], rows[2, n], rows[3, n] = person, window, day, room[NAME, index]
        rows[4, n], rows[5, n], rows[6, n], rows[7, n] = room[KIND, index], counted, severe, days
        rows[8, n], rows[9, n], rows[10, n], rows[11, n] = previous, age, area, room[SEX, index]
        out.status[WRITTEN] = n + 1


def after(index: int, offences: int, asked: Asked, rules: Rules, room: Any) -> tuple[int, int, int, int]:
    """Reoffences, whether any is severe, days to the first (-1 for none), and previous offences of one index."""
    begin = room[ENTRY, index]
    end, known = asked.until[begin - rules.earliest], asked.known[begin - rules.earliest]
    counted, severe, days, previous, last = 0, 0, -1, 0, -1
    for g in range(offences):
        if room[OCCASION, g] == index or room[COUNTS, g] == 0:
            continue
        if room[SHOWN, g] < begin:
            previous += 1
        day = room[SHOWN, g] if rules.clock_proven == 1 else room[DAY, g]
        late = rules.clock_proven == 0 and room[SHOWN, g] > known
        mere_breach = room[BREACH, g] == 1 and rules.breach_counts == 0
        if late or mere_breach or not begin - rules.index_counts < day < end + rules.end_counts:
            continue  # a day that is not known is before every index
        if rules.occasions == 0 or room[OCCASION, g] != last:
            counted += 1
        last = room[OCCASION, g]
        severe = max(severe, room[SERIOUS, g])
        days = day - begin if days < 0 or day - begin < days else days
    return counted, severe, days, previous


def age_on(born: int, day: int, asked: Asked, rules: Rules) -> int:
    """Completed years, or -1 where they are not known."""
    if born == MISSING or born > day:
        return -1
    return int(asked.dates[day - rules.earliest] - asked.dates[born - rules.earliest]) // YEAR


def area_of(home: int, police: int, area_at: int) -> int:
    """The code of the area in which an entry is counted, or -1."""
    if area_at == POLICE or (area_at != HOME and home < 0):
        return police
    return home


def band(value: int, bands: Any) -> int:
    """The place of the band that a number falls into, or -1 below all of them."""
    place = -1
    for low in bands:
        if value >= low:
            place += 1
    return place


PARTS: tuple[Callable[..., Any], ...] = (
    in_order, possible, offence_day, rule_of, release, weight, lower, earlier, enter, entry_days, index_of, before, take_in, after,
    age_on, area_of, band,
)  # fmt: skip


@cache
def compiled() -> Callable[..., None]:
    """:func:`sweep` compiled by numba, once; what was compiled is kept beside this file, or in the user's cache."""
    import numba
    from numba.extending import register_jitable

    for part in PARTS:
        register_jitable(forceinline=True)(
            part
        )  # handing all that is asked to another function costs more than its work
    found: Callable[..., None] = numba.njit(cache=True, nogil=True)(sweep)
    return found
