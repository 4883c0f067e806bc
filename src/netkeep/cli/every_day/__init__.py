"""Every day: who is due, and what was done about it."""
