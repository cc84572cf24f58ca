"""How many cases each part of a population gives: methods by name, quotas, nested parts, the cap per worker."""
