"""Worlds drawn anew where evidence leaves few of the first ones: tempered sequential Monte Carlo."""
