"""Accounts: invitations, roles, conflicts, devices and sessions, preferences; and how one signs in."""
