"""Makes the shipped examples: whole inspection packages with synthetic cases, the same bytes every time.

Nothing of Caselight imports this package; it imports Caselight, and scipy, which is there for tests.
"""
