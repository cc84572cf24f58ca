"""A framework that somebody sends, as one file or as a zip of its folder: read in a limited process, kept nowhere."""
