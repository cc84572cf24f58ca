"""The board of cases and themes; one question across all cases; answers agreed with a reason."""
