"""Published reoffending tables read to values: the official spreadsheets and tidy CSV, each number with its cell.

``reading.read_published`` finds out which layout a file has. What is no number is a state (:class:`State`), never nought; what
nobody can read is a fault with its cell, and all of them are said at once.
"""
