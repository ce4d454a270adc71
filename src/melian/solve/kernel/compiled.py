"""Compiled functions, kept on disk wherever that can be done, and announced where somebody would have to wait.

Numba keeps compiled code in one folder of its choice, and refuses to work where it cannot write to any. Here code is
read from every folder that may hold it, whoever filled it (an image that root has warmed serves a user who may write
nowhere); it is written to the first that takes it; and where none does it is compiled in memory, for this process
alone. Code is fresh as long as no file of the kernel has changed: Numba by itself looks only at the file of the
outermost function.
"""

import hashlib
import os
import pickle
import threading
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any, Final, TypeVar, overload

import numba
from numba.core import caching, config
from numba.misc.appdirs import AppDirs

from melian.solve.kernel.waiting import enter, leave

__all__ = ["compiled", "folders", "is_kept"]

F = TypeVar("F", bound=Callable[..., Any])

PACKAGE: Final = Path(__file__).parent

# Untyped, and not public; what is used of them is the same in the oldest version that is taken, which is tested.
_numba: Final[Any] = caching
_config: Final[Any] = config


@overload
def compiled(function: F) -> F: ...
@overload
def compiled(**options: Any) -> Callable[[F], F]: ...
def compiled(function: Any = None, **options: Any) -> Any:
    """Function that Numba compiles when it is first called, without the interpreter's lock.

    Parameters
    ----------
    options : further ones of `numba.njit`.
    """
    if function is None:
        return partial(compiled, **options)
    dispatcher = numba.njit(nogil=True, **options)(function)
    dispatcher._cache = _Store(function)
    return dispatcher


@cache
def folders() -> tuple[str, ...]:
    """Where compiled code may lie, first choice first: the user's own, beside the code, then in the user's cache."""
    source = str(PACKAGE)
    name = f"{PACKAGE.name}_{hashlib.sha256(source.encode()).hexdigest()[:16]}"
    wanted = (
        os.path.join(_config.CACHE_DIR, name) if _config.CACHE_DIR else "",
        os.path.join(source, "__pycache__"),
        os.path.join(_user_cache(), name),
    )
    # Without a home the last one is a relative path: it would put a folder wherever the user happens to stand.
    return tuple(folder for folder in wanted if os.path.isabs(folder))


def _user_cache() -> str:
    directories: Any = AppDirs
    return str(directories(appname="numba", appauthor=False).user_cache_dir)


@cache
def is_kept() -> bool:
    """Whether compiled code can be written anywhere."""
    return any(map(_takes_files, folders()))


def _takes_files(folder: str) -> bool:
    """Whether files can be made in a folder, which is made if need be: tried, as permissions promise too much."""
    probe = os.path.join(folder, f".probe-{os.getpid()}-{threading.get_ident()}")
    try:
        os.makedirs(folder, exist_ok=True)
        with open(probe, "wb"):
            pass
        os.unlink(probe)
    except OSError:
        return False
    return True


@cache
def _stamp() -> bytes:
    """Fingerprint of all that is compiled together, and of the version of what compiles it."""
    found = hashlib.sha256()
    for path in sorted(PACKAGE.glob("*.py")):
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.digest()


class _Store:
    """What a dispatcher of Numba asks for compiled code, and gives it to: several folders instead of one."""

    cache_path = None

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function
        self._caches: list[Any] | None = None

    def load_overload(self, signature: Any, context: Any) -> Any:
        """Compiled code from the first folder that has it; None, and an announcement, where none has."""
        for one in self._all():
            try:
                found = one.load_overload(signature, context)
            except Exception:  # noqa: BLE001, S112 - a file that cannot be read is as good as none: it is made anew
                continue
            if found is not None:
                return found
        enter(is_kept())
        return None

    def save_overload(self, signature: Any, code: Any) -> None:
        """Write compiled code to the first folder that takes it, or to none."""
        try:
            any(_is_saved(one, signature, code) for one in self._all())
        finally:
            leave()

    def enable(self) -> None:
        """Nothing: it is never disabled."""

    def disable(self) -> None:
        """Nothing: where nothing can be kept, nothing is."""

    def flush(self) -> None:
        """Nothing: what is stale is not read."""

    def _all(self) -> list[Any]:
        if self._caches is None:
            self._caches = [_cache_in(folder, self._function) for folder in folders()]
        return self._caches


def _is_saved(one: Any, signature: Any, code: Any) -> bool:
    """Whether a folder has taken compiled code; a list of its contents that cannot be read is begun anew."""
    try:
        try:
            one.save_overload(signature, code)
        except (pickle.UnpicklingError, EOFError, ValueError):
            one.flush()
            one.save_overload(signature, code)
    except OSError:
        return False
    return True


def _cache_in(folder: str, function: Callable[..., Any]) -> Any:
    """Numba's own cache of one function, in a folder that need not be there nor take anything."""

    class Locator(_numba._CacheLocator):  # type: ignore[misc]
        """Numba's way of asking where a function's code lies, and whether it is fresh."""

        @classmethod
        def from_function(cls, _function: Any, _file: str) -> Any:
            return cls()

        def get_cache_path(self) -> str:
            return folder

        def get_source_stamp(self) -> bytes:
            return _stamp()

        def get_disambiguator(self) -> str:
            return str(function.__code__.co_firstlineno)

    class Form(_numba.CompileResultCacheImpl):  # type: ignore[misc]
        """How compiled code is written."""

        _locator_classes = (Locator,)

    class Folder(_numba.Cache):  # type: ignore[misc]
        """Numba's cache in that folder."""

        _impl_class = Form

    return Folder(function)
