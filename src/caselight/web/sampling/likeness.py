"""Sample beside case list: the table and the drawing, which say the same."""

from __future__ import annotations

from caselight.formats.charts.likeness import Group, likeness_chart
from caselight.method.framework.definition import Framework
from caselight.method.sampling.representativeness import Comparison
from caselight.procedures.sample_choosing import Looked
from caselight.web.design.tables import Column, Table, Tag

MOST_VALUES = 12  # of one characteristic; one with more (a place, an age) is in the table alone


def likeness_table(seen: Looked, framework: Framework, name: str = "likeness") -> Table:
    """Every group with its cases in list and sample, and by how many the sample is off."""
    columns = (
        Column("what", "Characteristic"), Column("value", "Group"), Column("caseload", "In the list", "number"),
        Column("sample", "In the sample", "number"), Column("expected", "By its share", "number"),
        Column("difference", "Difference", "number"), Column("off", "Off by more than two", "tag"),
    )  # fmt: skip
    rows = [
        {
            "what": what, "value": value, "caseload": one.caseload_n, "sample": one.sample_n,
            "expected": round(float(one.expected), 1), "difference": round(float(one.difference), 1),
            "off": Tag("Off", "orange") if one.off else None,
        }
        for one in seen.likeness
        for what, value in [_called(one, framework)]
        if one.caseload_n or one.sample_n
    ]  # fmt: skip
    return Table("Sample beside case list", columns, rows, name=name)


def likeness_picture(seen: Looked, framework: Framework, chart_id: str = "likeness") -> str:
    """The drawing, of what divides the list into several groups that can be told apart."""
    values = [one.characteristic for one in seen.likeness if one.caseload_n or one.sample_n]
    groups = [
        Group(*_called(one, framework), one.sample_n, float(one.expected), one.off)
        for one in seen.likeness
        if (one.caseload_n or one.sample_n) and 1 < values.count(one.characteristic) <= MOST_VALUES
    ]
    return likeness_chart(groups, chart_id=chart_id, title="Sample beside case list")


def off_by(seen: Looked, framework: Framework) -> list[str]:
    """The groups that are off by more than two cases, in words."""
    found = []
    for one in seen.likeness:
        if one.off:
            what, value = _called(one, framework)
            found.append(f"{what}, {value}: {one.sample_n} where its share gives {float(one.expected):.1f}")
    return found


def _called(one: Comparison, framework: Framework) -> tuple[str, str]:
    language = framework.languages[0]
    fact = framework.fact_by_id[one.characteristic]
    labels = {option.value: option.label.in_(language) for option in fact.options}
    value = labels.get(one.value) or (one.value.capitalize() if fact.type == "yes_no" else one.value)
    return fact.label.in_(language), value or "Not known"
