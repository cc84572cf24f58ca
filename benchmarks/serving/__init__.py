"""Caselight as it is served, with one more address beside the others: the same sign-in and parsing, nothing written."""
