"""Compile the kernel, so that no user waits for it: `python -m melian.solve.kernel.warm`.

The compiled code is kept beside the module, or in Numba's own cache folder where that cannot be written. Without this
the first run of a case does the same and takes some seconds longer.
"""

import numpy as np

from melian.model.distribution import log_uniform, uniform
from melian.model.parameter import Scalar
from melian.solve.draws.draw import Sampler
from melian.solve.kernel.interpret import run_code, run_settling_code
from melian.solve.kernel.rows import LANES
from melian.solve.kernel.stream import NOTHING
from melian.solve.kernel.words import CHUNK


def compile_kernel() -> None:
    """Run all entries of the kernel on a plan without steps."""
    rows, terms = (np.zeros((0, n_columns), dtype=np.int64) for n_columns in (6, 4))
    cells, groups = np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int64)
    none, flags, found = np.zeros((0, LANES)), np.zeros(LANES, dtype=np.bool_), np.zeros((2, LANES))
    given = (NOTHING, cells, none, none)
    run_code(rows, cells, cells, terms, cells, False, *given, none, none, flags, 0)
    run_settling_code(rows, cells, cells, terms, groups, cells, False, *given, none, none, flags, found, none, 0, 0, 0)
    Sampler([Scalar("even", uniform(0, 1)), Scalar("word", log_uniform(1, 2))], seed=0).block(0, CHUNK)


if __name__ == "__main__":
    compile_kernel()
