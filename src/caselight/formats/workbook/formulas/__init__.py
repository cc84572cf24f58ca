"""Rules as spreadsheet formulas: the same tree, the same three values, in functions that Excel and LibreOffice share."""
