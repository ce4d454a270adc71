"""melian turns a strategic question into something that can be computed, checked and argued with."""

__version__ = "0.1.0"
