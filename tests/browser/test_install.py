"""What `make browser` installs, and what it says where it cannot."""

import os
from pathlib import Path

import pytest

from scripts import browser

FAKES = ("apt-get", "sudo")
pytestmark = pytest.mark.skipif(os.name != "posix", reason="Debian's packages")


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without a browser; the folder is all that commands are looked for in."""
    monkeypatch.delenv("MELIAN_BROWSER", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("melian.view.printing.browser.platform.system", lambda: "Linux")
    monkeypatch.setattr(browser, "PLACES", (tmp_path,))
    return tmp_path


def program(path: Path, text: str = "") -> None:
    path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    path.chmod(0o755)


@pytest.mark.parametrize("user", [0, 1000], ids=["root", "a user with sudo"])
def test_what_is_missing_is_installed_where_one_may(
    bare: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], user: int
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user)
    program(bare / "sudo", 'shift\nif [ "$1" = true ]; then exit 0; fi\nexec "$@"')
    made = " ".join(f"{bare}/{name}" for name in ("chromium", *browser.READERS, *browser.FONTS))
    program(
        bare / "apt-get",
        f'echo "$@" >> {bare}/asked\nif [ "$2" = install ]; then\n'
        f"for one in {made}; do echo > $one; /bin/chmod +x $one; done\nfi",
    )
    browser.main()
    assert browser.missing() == []
    wanted = " ".join([*browser.BROWSER, *browser.FONTS.values()])
    asked = (bare / "asked").read_text("utf-8").splitlines()
    assert asked == [
        "-qq update",
        f"-qq install --yes --no-install-recommends {wanted} poppler-utils",
    ]
    browser.main()
    assert (bare / "asked").read_text("utf-8").splitlines() == asked
    assert capsys.readouterr().err.startswith("Installing chromium")


@pytest.mark.parametrize("has_apt", [True, False], ids=["without the right to", "on another system"])
def test_where_it_cannot_be_installed_it_is_said_how(
    bare: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], has_apt: bool
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    program(bare / "sudo", "exit 1")
    if has_apt:
        program(bare / "apt-get", "exit 0")
    browser.main()
    said = capsys.readouterr().err
    assert "chromium, chromium-sandbox, fonts-dejavu-core, fonts-liberation, poppler-utils" in said
    assert "MELIAN_BROWSER" in said


def test_an_installation_that_fails_is_no_end(
    bare: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    program(bare / "apt-get", "exit 100")
    browser.main()
    assert "without it they are skipped" in capsys.readouterr().err
