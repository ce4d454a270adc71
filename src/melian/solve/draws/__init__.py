"""Worlds: points of the unit cube turned into numbers that fit what was said."""
