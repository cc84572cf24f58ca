"""The caseload, the facts of each case, the sample that is drawn from it, and the invented people."""
