"""Looking back: what was said to whom, and putting it right."""
