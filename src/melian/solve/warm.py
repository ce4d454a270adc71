"""Compile the kernel, so that no user waits for it: `python -m melian.solve.warm`.

The compiled code is kept beside the module, or in Numba's own cache folder where that cannot be written. Without this the first
run of any case does the same and takes a few seconds longer.
"""

import numpy as np

from melian.solve.kernel import run_code
from melian.solve.kernel_steps import LANES


def compile_kernel() -> None:
    """Run the kernel on a plan without steps."""
    nothing = np.zeros((0, LANES))
    no_cells = np.zeros(0, dtype=np.int32)
    run_code(
        np.zeros((0, 6), dtype=np.int64),
        no_cells,
        no_cells,
        np.zeros((0, 4), dtype=np.int64),
        np.zeros(0, dtype=np.int64),
        no_cells,
        False,
        nothing,
        nothing,
        nothing,
        nothing,
        np.zeros(LANES),
        np.zeros(LANES, dtype=np.bool_),
    )


if __name__ == "__main__":
    compile_kernel()
