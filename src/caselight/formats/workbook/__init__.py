"""The workbook for those who may only use a spreadsheet program: what it holds, its formulas, writing it, reading it."""
