"""Invented people: names that nobody in the published letter has, put together by chance, for the private folder.

First names are common ones from many parts of the world; surnames are made up. Any likeness to a real person is
accident. The aliases of the excerpts and the words of the letter are none of these names; a test holds that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from examples.generate.chance import Chance

from caselight.method.caseload.case import FactValue
from caselight.method.inspection.package import Identity

GIRLS = (
    "Abena", "Aisling", "Amina", "Beatriz", "Bronagh", "Camila", "Dilara", "Edda", "Efua", "Farida", "Ginevra",
    "Hodan", "Imani", "Jovana", "Katarzyna", "Leila", "Mbali", "Noor", "Oluchi", "Parveen", "Rosalind", "Samira",
    "Tamsin", "Uzma", "Xiomara", "Yewande", "Zofia",
)  # fmt: skip
BOYS = (
    "Abdirahman", "Ayodele", "Bartek", "Cormac", "Dariusz", "Dejan", "Emeka", "Faisal", "Goran", "Haroon", "Idris",
    "Isaias", "Jamal", "Kwabena", "Lorcan", "Marlon", "Mehmet", "Nabil", "Obinna", "Osman", "Pedro", "Quang", "Rafal",
    "Ruairi", "Sanjay", "Tevin", "Tobiasz", "Usman", "Vikram", "Wendell", "Xavi", "Yusuf", "Zane",
)  # fmt: skip
SURNAMES = (
    "Adebranti", "Akhtarel", "Balogundi", "Bielczan", "Brackenthwell", "Caddermoor", "Chaudhrane", "Dahirsen",
    "Dunwythen", "Ekwuetto", "Farrowdene", "Fjelstowe", "Gallowdine", "Ghaziyan", "Hallamby", "Hossenray", "Ibekwanu",
    "Iqbalter", "Jasinkowe", "Jelanford", "Kaczmarin", "Kentlowe", "Khandavar", "Larkhollow", "Lindqvale", "Mahmoodi",
    "Mensaroh", "Mireault", "Nkemdari", "Novaklin", "Oduyalo", "Okestrel", "Pemberwick", "Quillane", "Rahmander",
    "Rosendahlo", "Sandhuri", "Szelinska", "Tadesseh", "Thorncastle", "Ugwumbe", "Ullswick", "Vantorre", "Vasquelin",
    "Warsametti", "Wolstenby", "Yilmazari", "Zubairo",
)  # fmt: skip
NICKNAMES = {"Abdirahman": ("Abdi",), "Katarzyna": ("Kasia",), "Tobiasz": ("Tobi",), "Rosalind": ("Roz",)}
YEAR = 365


def identities(
    facts: Mapping[str, Mapping[str, FactValue]], managers: Iterable[str], chance: Chance
) -> tuple[Identity, ...]:
    """Who every key is: each child of the caseload with date of birth and local number, then the case managers."""
    taken: set[str] = set()
    children = [_child(key, known, taken, chance) for key, known in facts.items()]
    staff = [Identity(key, _name(key, (*GIRLS, *BOYS), taken, chance)) for key in managers]
    return tuple(children + staff)


def _child(key: str, facts: Mapping[str, FactValue], taken: set[str], chance: Chance) -> Identity:
    name = _name(key, GIRLS if facts["sex"] == "female" else BOYS, taken, chance)
    local = f"WL/{chance.between(12, 15, 'year', key)}/{chance.between(1000, 9999, 'number', key)}"
    return Identity(key, name, NICKNAMES.get(name.split()[0], ()), _born(key, facts, chance), local)


def _name(key: str, first_names: tuple[str, ...], taken: set[str], chance: Chance) -> str:
    """A first name and a surname that nobody has yet in this combination."""
    for attempt in range(1000):
        name = f"{chance.pick(first_names, 'first', key, attempt)} {chance.pick(SURNAMES, 'surname', key, attempt)}"
        if name not in taken:
            taken.add(name)
            return name
    raise AssertionError("there are far more names than people")


def _born(key: str, facts: Mapping[str, FactValue], chance: Chance) -> date:
    """A birthday that makes the child as old as the caseload says on the day the sentence began."""
    started, age = facts["sentence_date"], facts["age"]
    assert isinstance(started, date) and isinstance(age, int)  # noqa: S101, PT018 - the caseload has both
    same_day = started.replace(year=started.year - age, day=min(started.day, 28))
    return same_day - timedelta(days=chance.between(4, YEAR - 8, "born", key))
