"""Compile the kernel, so that no user waits for it: `python -m melian.solve.warm`.

The compiled code is kept beside the module, or in Numba's own cache folder where that cannot be written. Without this the first
run of a case does the same and takes some seconds longer.
"""

import numpy as np

from melian.solve.kernel import run_code, run_settling_code
from melian.solve.kernel_steps import LANES


def compile_kernel() -> None:
    """Run both entries of the kernel on a plan without steps."""
    nothing = np.zeros((0, LANES))
    no_cells, no_groups = np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int64)
    tables = [np.zeros((0, n_columns), dtype=np.int64) for n_columns in (2, 6, 4)]
    lists = (*tables[:2], no_cells, no_cells, tables[2])
    arrays = (nothing, nothing, nothing, nothing, np.zeros(LANES, dtype=np.bool_))
    run_code(*lists, no_cells, False, *arrays)
    run_settling_code(*lists, no_groups, no_cells, False, *arrays, np.zeros(LANES), 0, 0)


if __name__ == "__main__":
    compile_kernel()
