"""Who is looked at: the design, the seeded draw with its reserves, removals, and how like the caseload a sample is."""
