"""Takes a plan, gives solved worlds: each one full set of numbers, its solution and its weight.

The only step that knows about speed; the slow and obvious solver stands beside the fast one.
"""
