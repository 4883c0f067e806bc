"""Reasons to reach out: theirs to congratulate or to meet on, yours to keep or to tell."""
