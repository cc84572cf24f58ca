"""The letter, what was accepted in it, and the figures from elsewhere it may quote."""
