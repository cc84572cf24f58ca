"""The checks of a letter, one module per group (letter.md, Checks); each takes values and gives faults."""
