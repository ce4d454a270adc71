"""`python -m melian`, and the command `melian`; quiet even if it is interrupted while it is loaded."""

import os
import signal
import sys

INTERRUPTED = 130


def main() -> None:
    """Run the command line."""
    before = signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))  # nothing is written or opened yet
    from melian.cli import app

    signal.signal(signal.SIGINT, before)
    sys.exit(app.ending())


if __name__ == "__main__":
    main()
