"""Examples made from a plan: a pack, the make-up of a caseload, and how likely each answer is."""
