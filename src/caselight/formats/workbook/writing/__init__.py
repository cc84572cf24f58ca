"""A workbook as a file for spreadsheet programs, the same bytes for the same content."""
