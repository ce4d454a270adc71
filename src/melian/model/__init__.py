"""Takes a case, gives a model: the diagram of factors, choices and stakes with its tables.

Tables point to uncertain parameters; there are no numbers in them yet.
"""
