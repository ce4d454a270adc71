"""Takes answers, gives something to look at: a sheet first, then a terminal, a page, a notebook.

No arithmetic is done here.
"""
