"""`python -m melian` is the command `melian`."""

from melian.cli.app import main

main()
