"""The machine's own browser and reader of PDF: without them a test is skipped, and fails in CI."""

import os
import shutil
import subprocess
from typing import NoReturn

import pytest

from melian.errors import PrintError
from melian.view.printing.browser import find_browser


def browser_or_skip() -> str:
    """Path of the browser."""
    try:
        return find_browser()
    except PrintError as missing:
        without(missing.message)


def asked(tool: str, *arguments: str) -> str:
    """What one of poppler's tools says of a PDF."""
    if shutil.which(tool) is None:
        without(f"{tool} of poppler-utils is not there")
    done = subprocess.run([tool, *arguments], capture_output=True, text=True, encoding="utf-8", check=True)
    return done.stdout


def without(reason: str) -> NoReturn:
    reason = f"{reason} (make browser installs it)"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
