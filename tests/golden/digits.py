"""How near an answer must be to a number that was worked out by hand."""

SIX = 5.1e-7  # half of the sixth decimal, to which the numbers are written down; and a little for their own rounding
FOUR_BY_SAMPLING = 2e-4  # 65,536 scrambled Sobol points on smooth functions of two numbers err by far less than 1e-4
EXACT = 1e-12  # fractions that end early: only rounding is left
