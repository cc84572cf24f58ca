"""Proven reoffending, one person at a time: measures, events, cleaning, cohorts, rates. Plain Python that says the rule.

What is computed for millions of rows stands in ``caselight.engines.reoffending``, which must agree with this to the unit.
"""
