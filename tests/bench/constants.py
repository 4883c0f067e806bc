"""What the networks and the cases have in common."""

from datetime import date

TODAY = date(2026, 11, 23)
DUE = 20  # contacts
CONTACT = "Ada Lovelace"  # the first of them
CANDIDATE_ID = 21
RARE_WORD = "zeppelin"  # in the latest note of each contact who is due
ROUND_TAG = "greet"
