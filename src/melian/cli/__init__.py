"""Takes a command line, gives an answer on the terminal and an exit code.

One file a command.
"""
