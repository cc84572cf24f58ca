"""A store to try Caselight with: two inspections and an audit round in the middle of the work, two that are published.

Everything about people is invented. The same instant makes the same cases, judgements and words, and nothing here is
called but for a demonstration (``caselight demo``).
"""
