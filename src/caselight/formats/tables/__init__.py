"""A letter's figures as data: ODS workbook, CSV with CSVW metadata, JSON. All read one ``TracedLetter`` (letter.md, Outputs)."""
