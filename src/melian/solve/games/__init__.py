"""Gambit's games: how the players of an extensive game choose."""
