"""Files in, files out: each room translates between a layout and a value of the method. No page and no terminal."""
