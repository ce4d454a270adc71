"""One browser for all tests of a file, started when the first of them needs it."""

import os
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from melian.view.printing.run import ALONE
from tests.browsers import browser_or_skip


# Not for longer than a file: while it is open, nothing else in the process can run asyncio, as tests of notebooks do.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The machine's own Chromium, without a window or a network."""
    path = browser_or_skip()
    is_root = sys.platform == "linux" and os.geteuid() == 0
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=path, args=["--disable-gpu", *ALONE], chromium_sandbox=not is_root
        )
        yield launched
        launched.close()
