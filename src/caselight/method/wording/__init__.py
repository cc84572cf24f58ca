"""Wording: quantity words, phrases and number words, all of them data, and the guards that keep words behind figures."""
