"""Your data: in and out."""
