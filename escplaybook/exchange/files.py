"""The files that somebody means who names files and folders."""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from escplaybook.domain.errors import Unreadable
from escplaybook.exchange.contact_items import BREAKS, TRAPS


def files(paths: Sequence[Path], is_wanted: Callable[[Path], bool]) -> Iterator[tuple[Path, str]]:
    """Each file given and, below the folders given, each that is wanted; with the name to call it by.

    Hidden files and links that lead out of a folder are passed over. Raises Unreadable if a path is not there.
    """
    for path in paths:
        if path.is_dir():
            yield from _below(path.resolve(), is_wanted)
        elif path.exists():
            yield path, shown(path.name)
        else:
            raise Unreadable(f"There is no file or folder “{shown(path)}”; nothing was read. Check the name.")


def names(paths: Sequence[Path]) -> str:
    """What the files and folders are called, for a sentence."""
    return " and ".join(shown(path.resolve().name) for path in paths)


def shown(path: Path | str) -> str:
    r"""A name as a text in one line can hold it: bytes that are no UTF-8, line ends and traps as `\xff`."""
    name = os.fsencode(path).decode(errors="backslashreplace")
    return TRAPS.sub(_spelt, BREAKS.sub(_spelt, name))


def _spelt(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode()


def _below(folder: Path, is_wanted: Callable[[Path], bool]) -> Iterator[tuple[Path, str]]:
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for path in (Path(here, name) for name in sorted(names) if not name.startswith(".")):
            if path.is_file() and is_wanted(path) and _lies_in(folder, path):
                yield path, shown(path.relative_to(folder).as_posix())


def _lies_in(folder: Path, path: Path) -> bool:
    return not path.is_symlink() or path.resolve().is_relative_to(folder)
