"""A completed workbook read back, whichever program saved it, with every fault beside its cell and nothing guessed."""
