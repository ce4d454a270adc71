"""Worked cases, as data: each `*.yaml` here is a case that `melian run NAME` finds by its name.

Holds no code.
"""
