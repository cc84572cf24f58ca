"""Further cases, ours: one for each option, and one for each consequence that the definition has."""

from __future__ import annotations

from tests.method.reoffending.histories import Case, events

WRITTEN: dict[str, tuple[int, str, str]] = {
    "A01": (2013, "offence on the index day, dealt with later", "1 C 2013-02-01 2013-02-10\n2 N 2013-02-10 2013-03-01"),
    "A02": (
        2013,
        "the wait ends on the last day of February: proven on 1 March is too late",
        "1 C 2013-08-01 2013-08-31\n2 N 2014-05-01 2015-03-01",
    ),
    "A03": (
        2013,
        "two occasions on one day: the heavier is the index, and its area holds",
        "1 C 2013-01-20 2013-02-10 area=East\n2 N 2013-01-21 2013-02-10 area=West",
    ),
    "A04": (
        2013,
        "a breach in the follow-up",
        "1 C 2013-02-01 2013-02-10\n2 N 2013-03-01 2013-03-20 breach=1",
    ),
    "A05": (2013, "a conviction for a breach alone", "1 N 2013-02-01 2013-02-10 breach=1"),
    "A06": (
        2013,
        "released after a recall",
        "1 K 2012-01-01 2012-02-01 2012-06-01\n2 R - 2013-01-15 2013-05-20",
    ),
    "A07": (2013, "an offence taken into consideration", "1 C 2013-02-01 2013-02-10\n2 N 2013-03-01 2013-03-20 tic=1"),
    "A08": (2013, "a positive drug test", "1 D - 2013-02-10\n2 N 2013-03-01 2013-03-20"),
    "A09": (2013, "a later conviction without an offence date", "1 C 2013-02-01 2013-02-10\n2 N - 2013-05-01"),
    "A10": (
        2013,
        "turns 18 between the start of the quarter and the index",
        "1 C 2013-02-01 2013-02-10 born=1995-01-20",
    ),
    "A11": (2013, "no home, so where the police dealt with it", "1 C 2013-02-01 2013-02-10 police_area=North"),
    "A12": (2013, "a home, and another police area", "1 C 2013-02-01 2013-02-10 area=East police_area=North"),
    "A13": (2013, "a reoffence of severity 3", "1 C 2013-02-01 2013-02-10\n2 N 2013-03-01 2013-03-20 severity=3"),
    "A14": (
        2013,
        "two offences at one hearing",
        "1 C 2013-02-01 2013-02-10\n2 N 2013-03-01 2013-03-20 offence=x\n2 N 2013-03-02 2013-03-20 offence=y",
    ),
    "A15": (
        2013,
        "one hearing: a second offence of it lies outside the follow-up",
        "1 C 2013-02-01 2013-02-10\n2 N 2014-01-01 2014-03-20 offence=x\n2 N 2014-03-01 2014-03-20 offence=y",
    ),
    "A16": (
        2013,
        "a release on the day of another conviction: custody is the index, the other one a previous offence of neither",
        "1 K 2012-01-01 2012-02-01 2013-02-10\n2 C 2013-02-01 2013-02-10",
    ),
    "A17": (2013, "an offence in the eighteenth month", "1 C 2013-02-01 2013-02-10\n2 N 2014-08-01 2014-09-01"),
    "C01": (
        2013,
        "turning 18 in the follow-up stays a child's entry",
        "1 C 2013-02-01 2013-02-10 born=1995-06-01\n2 N 2013-07-01 2013-12-20 born=1995-06-01",
    ),
    "C02": (
        2013,
        "moving house after the index changes no area",
        "1 C 2013-02-01 2013-02-10 area=East\n2 N 2013-02-20 2013-03-01 area=West",
    ),
    "C03": (
        2013,
        "custody in the follow-up stays in the denominator",
        "1 C 2013-02-01 2013-02-10\n2 K 2012-12-01 2013-02-12 2014-06-01",
    ),
    "C04": (2013, "proven late", "1 C 2013-02-01 2013-02-10\n2 N 2013-03-01 2014-05-01"),
    "C05": (
        2013,
        "four earlier offences at two occasions, the index occasion's own not among them",
        "1 N 2012-01-01 2012-02-01 offence=x\n1 N 2012-01-01 2012-02-01 offence=y\n1 N 2012-01-01 2012-02-01 offence=z\n"
        "2 N 2012-05-01 2012-06-01 breach=1\n3 C 2013-02-01 2013-02-10",
    ),
    "D01": (2013, "an offence after the day it was proven", "1 C 2013-02-01 2013-02-10\n2 N 2013-06-01 2013-05-01"),
    "D02": (2013, "released before the sentence", "1 K 2013-01-01 2013-02-10 2013-02-01"),
    "D03": (2013, "custody without a release", "1 K 2013-01-01 2013-02-10"),
    "D04": (2013, "no proven date", "1 C 2013-02-01 -"),
    "D05": (
        2013,
        "a row delivered twice, once as a caution and once as a conviction",
        "1 C 2013-02-01 2013-02-10 breach=1\n1 N 2013-02-01 2013-02-10",
    ),
    "D06": (
        2013,
        "one id on two days is two occasions",
        "1 C 2013-02-01 2013-02-10\n1 N 2013-03-01 2013-03-20",
    ),
    "D07": (
        2013,
        "sentenced to custody and to something else at one hearing: released when all is served",
        "1 K 2013-01-01 2013-02-10 2013-04-05 offence=x\n1 K 2013-01-02 2013-02-10 2013-05-20 offence=y\n"
        "1 N 2013-01-03 2013-02-10 offence=z",
    ),
    "D08": (2013, "an offence date of another century", "1 C 2013-02-01 2013-02-10\n2 N 0213-03-01 2013-03-20"),
}
CASES = {id_: Case(id_, year, events(lines, id_), shows) for id_, (year, shows, lines) in WRITTEN.items()}

EXPECTED: dict[str, str] = {  # the year, then the quarters
    "A01": "10 Feb 0/0 | 10 Feb 0/0 | - | - | -",
    "A02": "31 Aug 0/0 | - | - | 31 Aug 0/0 | -",
    "A03": "10 Feb 0/0 | 10 Feb 0/0 | - | - | -",
    "A04": "10 Feb 0/0 | 10 Feb 0/0 | - | - | -",
    "A05": "10 Feb 0/0 | 10 Feb 0/0 | - | - | -",
    "A06": "- | - | - | - | -",
    "A07": "10 Feb 0/0 | 10 Feb 0/0 | - | - | -",
    "A08": "20 Mar 0/0 | 20 Mar 0/0 | - | - | -",
    "A09": "10 Feb 0/0 | 10 Feb 0/0 | 01 May 0/0 | - | -",
    "A10": "10 Feb 0/0 | 10 Feb 0/0 | - | - | -",
    "A11": "10 Feb 0/0 | 10 Feb 0/0 | - | - | -",
    "A12": "10 Feb 0/0 | 10 Feb 0/0 | - | - | -",
    "A13": "10 Feb 1/1 | 10 Feb 1/1 | - | - | -",
    "A14": "10 Feb 1/2 | 10 Feb 1/2 | - | - | -",
    "A15": "10 Feb 1/1 | 10 Feb 1/1 | - | - | -",
    "A16": "10 Feb 0/0 | 10 Feb 0/0 | - | - | -",
    "A17": "10 Feb 0/0 | 10 Feb 0/0 | - | - | -",
    "C01": "10 Feb 1/1 | 10 Feb 1/1 | - | - | 20 Dec 0/0",
    "C02": "10 Feb 1/1 | 10 Feb 1/1 | - | - | -",
    "C03": "10 Feb 0/0 | 10 Feb 0/0 | - | - | -",
    "C04": "10 Feb 1/1 | 10 Feb 1/1 | - | - | -",
    "C05": "10 Feb 0/0 | 10 Feb 0/0 | - | - | -",
    "D01": "10 Feb 0/0 | 10 Feb 0/0 | 01 May 0/0 | - | -",
    "D02": "- | - | - | - | -",
    "D03": "- | - | - | - | -",
    "D04": "- | - | - | - | -",
    "D05": "10 Feb 0/0 | 10 Feb 0/0 | - | - | -",
    "D06": "10 Feb 1/1 | 10 Feb 1/1 | - | - | -",
    "D07": "20 May 0/0 | - | 20 May 0/0 | - | -",
    "D08": "10 Feb 0/0 | 10 Feb 0/0 | - | - | -",
}
