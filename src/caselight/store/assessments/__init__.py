"""Judgements as events that are only ever added, and what became of each case."""
