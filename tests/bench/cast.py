"""What those who make a network and those who measure with it have to agree on."""

from datetime import date

TODAY = date(2026, 11, 23)
DUE = 20  # people
WHO = "Ada Lovelace"  # the first of them
CANDIDATE = 21  # an id
RARE_WORD = "zeppelin"  # in the latest note of each who is due
TAG_OF_ROUND = "greet"
