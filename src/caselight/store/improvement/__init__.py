"""What somebody will do because of an answer."""
