"""The case list: a file, which column is what, faults row by row, who is eligible and why not."""
