"""People: let in, changed, looked at, taken out."""
