"""Everything that facts and answers could be, tried as far as needed."""
