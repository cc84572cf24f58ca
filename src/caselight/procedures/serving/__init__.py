"""Bringing Caselight up: the database as this version needs it, what is looked at before a start, what is kept up beside."""
