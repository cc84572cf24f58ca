"""Who did what: an append-only, hash-chained record in the same transaction as the change it speaks of."""
