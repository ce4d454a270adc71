"""Takes solved worlds, gives answers: how likely, why, what to watch, what would change it.

One question a file.
"""
