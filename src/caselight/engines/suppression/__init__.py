"""Which numbers of tables must be held back, found by an exact integer programme, and the attack that audits it."""
