"""Takes a tree, gives a case: what an analyst said, checked for soundness.

The language of cases: its words, its scales, and one file for each rule of soundness.
"""
