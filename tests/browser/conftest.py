"""One browser for all tests of a file, on a machine with DejaVu alone, started when the first of them needs it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

from melian.view.printing.run import ALONE
from tests.browser.machines import machine_with
from tests.browsers import browser_or_skip


# Not for longer than a file: while it is open, nothing else in the process can run asyncio, as tests of notebooks do.
@pytest.fixture(scope="module")
def browser(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """The machine's own Chromium, without a window or a network; a file may say which fonts it is to find."""
    name = getattr(request, "param", "DejaVu")
    with machine_with(name, tmp_path_factory.mktemp("machine")), launched() as found:
        yield found


@contextmanager
def launched() -> Iterator[Browser]:
    """Start a browser."""
    path = browser_or_skip()
    is_root = sys.platform == "linux" and os.geteuid() == 0
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=path, args=["--disable-gpu", *ALONE], chromium_sandbox=not is_root
        )
        yield found
        found.close()
