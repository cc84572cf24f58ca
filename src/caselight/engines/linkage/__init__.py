"""Linkage of many records with Splink on DuckDB: training a model, and scoring with one.

The rules stand in ``caselight.method.reoffending`` (``weighing``, ``linking``, ``placing``); the scores agree with them.
The packages come with ``pip install "caselight[linkage]"``.
"""
