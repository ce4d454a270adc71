"""What there is to show of each answer, one file an answer."""
