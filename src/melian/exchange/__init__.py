"""Takes texts in other programs' formats, gives games with exact numbers; and writes them back.

A file from elsewhere is untrusted input like a case: its size and depth are bounded, and what is wrong with it is told
with line and column.
"""
