"""The command line: one file per command; each fetches, calls and answers."""
