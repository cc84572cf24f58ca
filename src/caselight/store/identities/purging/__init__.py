"""What a purge is made of: its steps, the overwriting of files, its certificate."""
