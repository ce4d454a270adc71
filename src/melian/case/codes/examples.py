"""Pieces that the examples of codes are made of: a strait that may be closed, and a navy that may close it."""

from typing import Final

TOP: Final = "melian: 1\ncase: strait\n"
HEAD: Final = TOP + "question: {event: {strait: closed}}\n"
STRAIT: Final = "factors:\n  strait: {states: [open, closed], chances: {closed: unlikely}}\n"
STORMY: Final = (
    HEAD
    + "factors:\n"
    + "  storm: {states: [none, strong], chances: {strong: unlikely}}\n"
)  # fmt: skip
NAVY: Final = (
    HEAD
    + "actors: {navy: {name: The northern navy}}\n"
    + "choices: {strait: {actor: navy, options: [open, closed]}}\n"
)  # fmt: skip
TRADE: Final = "    trade: {given: [strait], values: {open: 100, closed: 0}}\n"
PRIDE: Final = "    pride: {given: [strait], values: {open: 0, closed: 100}}\n"
