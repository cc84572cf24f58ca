"""The letter: its source as blocks, the claims in it, the trace that binds them to figures, and the checks."""
