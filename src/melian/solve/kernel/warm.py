"""Compile the kernel, so that no user waits for it: `python -m melian.solve.kernel.warm`.

The compiled code is kept beside the module, or in Numba's own cache folder where that cannot be written. Without this
the first run of a case does the same and takes some seconds longer.
"""

import numpy as np

from melian.solve.kernel.interpret import run_code, run_settling_code
from melian.solve.kernel.steps import LANES


def compile_kernel() -> None:
    """Run both entries of the kernel on a plan without steps."""
    pairs, rows, terms = (np.zeros((0, n_columns), dtype=np.int64) for n_columns in (2, 6, 4))
    cells, groups = np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int64)
    none, flags, residual = np.zeros((0, LANES)), np.zeros(LANES, dtype=np.bool_), np.zeros(LANES)
    run_code(pairs, rows, cells, cells, terms, cells, False, none, none, none, none, flags)
    run_settling_code(
        pairs, rows, cells, cells, terms, groups, cells, False, none, none, none, none, flags, residual, 0, 0
    )


if __name__ == "__main__":
    compile_kernel()
