"""A case list as a service sends it becomes the caseload of an inspection: prepared in steps, accepted whole or not at all."""
