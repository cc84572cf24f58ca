"""The letter: source and preview side by side, figures and quotes to insert, faults beside the line, versions, outputs."""
