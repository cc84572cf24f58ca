"""The files of an inspection package and their columns, in one place (letter.md, the inspection package).

What the cells mean is for ``reading`` and ``writing``. ``section`` is how the method's data paths call a file's rows.
"""

from __future__ import annotations

from dataclasses import dataclass

from caselight.formats.reoffending_tables import own
from caselight.method.answers.events import AnswerEvent

INSPECTION = "inspection.yaml"
FRAMEWORK = "framework"
SEAL = "datapackage.json"
PRIVATE = "private"

LARGEST_TABLE = 2_000_000_000  # bytes
LONGEST_CELL = 1_000_000  # characters
LONGEST_LINE = 4_000_000  # characters; a line is read at once, so this bounds the memory

FORMULA = ("=", "+", "-", "@", "\t")  # what a spreadsheet program takes for the beginning of a formula


@dataclass(frozen=True, slots=True)
class Layout:
    """One table: its file, its section in data paths, its columns, and those that tell one row from another.

    ``carried`` columns are for readers only; they are kept like columns that Caselight does not know. ``optional``
    columns may be missing, and are then empty.
    """

    file: str
    section: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    required: bool = False
    carried: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()

    def written(self, used: bool) -> tuple[str, ...]:
        """The columns of the file: the optional ones only where one of them is used."""
        return self.columns + self.optional if used else self.columns


SUBJECTS = Layout(
    "subjects.csv",
    "subjects",
    ("subject_kind", "subject_key", "label", "managed_by"),
    ("subject_kind", "subject_key"),
    required=True,
)
CASELOAD = Layout("caseload.csv", "caseload", ("case_key", "eligible", "reason", "managed_by"), ("case_key",))
SAMPLE = Layout(
    "sample.csv",
    "sample",
    ("case_key", "order", "stratum", "status", "removed_reason", "replaced_by", "note"),
    ("case_key",),
    optional=("design", "assessed_twice"),
)
SAMPLING = Layout(
    "sampling.csv", "sampling", ("design", "step", "part", "reason", "size", "note"), ("design", "step", "part")
)
ANSWERS = Layout(
    "answers.csv",
    "answers",
    tuple(field.removesuffix("_") for field in AnswerEvent._fields),
    ("op_id",),
    required=True,
)
LOCATORS = Layout("locators.csv", "locators", ("op_id", "document", "where"), ("op_id", "document", "where"))
EXCERPTS = Layout(
    "excerpts.csv",
    "excerpts",
    ("excerpt_key", "op_id", "text", "alias", "alias_checked_by", "speaker"),
    ("excerpt_key",),
)
MIGRATED = Layout("migrated.csv", "migrated", ("op_id", "migrated_from"), ("op_id",))
EXTERNAL = Layout(
    "external.csv",
    "external",
    ("key", "kind", "label", "value", "measure", "area", "cohort", "published", "source", "footnote", "direction",
     "about"),
    ("key",),
)  # fmt: skip
COMPARATORS = Layout("comparators.csv", "comparators", own.COLUMNS, ("key",))
ACTIONS = Layout(
    "actions.csv",
    "actions",
    ("action_id", "subject_kind", "subject_key", "question_id", "text", "owner", "due", "status"),
    ("action_id",),
)
HOLIDAYS = Layout("holidays.csv", "holidays", ("date",), ("date",), carried=("name",))
ACCEPTED = Layout(
    "accepted.csv",
    "accepted",
    ("claim", "sentence", "keys", "values", "snapshot", "accepted_by", "accepted_on", "language"),
    ("claim", "language"),
)
IDENTITIES = Layout(
    f"{PRIVATE}/identities.csv",
    "identities",
    ("subject_key", "name", "nicknames", "date_of_birth", "local_id"),
    ("subject_key",),
)
FOR_READERS = ("README.md", "expected.csv")  # what people wrote about the package, results to compare with
CARRIED = ("interviews.csv",)  # tables that are kept and not interpreted

TABLES = (
    SUBJECTS,
    CASELOAD,
    SAMPLE,
    SAMPLING,
    ANSWERS,
    MIGRATED,
    LOCATORS,
    EXCERPTS,
    EXTERNAL,
    COMPARATORS,
    ACTIONS,
    HOLIDAYS,
    ACCEPTED,
    IDENTITIES,
)
UNLESS_EMPTY = (SAMPLING, MIGRATED, COMPARATORS, ACTIONS)  # tables that are written only where they have or had rows
COLUMNS = {
    table.file: (*table.columns, *table.carried)
    for table in TABLES
    if table not in (SAMPLING, MIGRATED, COMPARATORS, IDENTITIES)
}
FILE_OF = {layout.section: layout.file for layout in TABLES} | {"inspection": INSPECTION}


def letter_file(language: str, languages: tuple[str, ...]) -> str:
    """The file of the letter in one language: ``letter.md`` in the first, ``letter.cy.md`` in another."""
    return "letter.md" if language == languages[0] else f"letter.{language}.md"
