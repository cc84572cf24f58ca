"""The programme of evidence: one module for each promise, run by ``./start test --evidence [--tier N]``.

Each promise is attacked many times, and each run carries a planted fault that the same attack must catch: a run whose
planted fault is not caught is void, whatever else it found.
"""
