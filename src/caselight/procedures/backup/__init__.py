"""A copy of everything, encrypted so that only a key kept elsewhere opens it, and the way back into an empty place.

Two files: the *backup* (database, heads, uploads), of which many may be kept, and ``keys.age`` (signing keys, vault key,
keyring, ledger), of which only the newest is kept: what a purge destroyed must not come back from an old copy.
"""
