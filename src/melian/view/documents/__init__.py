"""Answers as plain values, for programs, one file an answer."""
