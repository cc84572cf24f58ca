"""What every Word document of ours is made of: its styles, tables, small pieces of markup, and its file, always the same bytes."""
