"""The report to a board: two pages made from a traced letter, its figures and the actions agreed. Nothing is computed here."""
