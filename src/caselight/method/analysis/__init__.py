"""From answers to figures: tallies, sub-populations, reasons, intervals."""
