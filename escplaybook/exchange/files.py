"""The files that somebody means who names files and folders."""

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from escplaybook.domain.errors import Unreadable


def files(paths: Sequence[Path], is_wanted: Callable[[Path], bool]) -> Iterator[tuple[Path, str]]:
    """Each file given and, below the folders given, each that is wanted; with the name to call it by.

    Hidden files and links that lead out of a folder are passed over. Raises Unreadable if a path is not there.
    """
    for path in paths:
        if path.is_dir():
            yield from _below(path.resolve(), is_wanted)
        elif path.exists():
            yield path, path.name
        else:
            raise Unreadable(f"There is no file or folder “{path}”; nothing was read. Check the name.")


def _below(folder: Path, is_wanted: Callable[[Path], bool]) -> Iterator[tuple[Path, str]]:
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for path in (Path(here, name) for name in sorted(names) if not name.startswith(".")):
            if is_wanted(path) and _lies_in(folder, path) and path.is_file():
                yield path, path.relative_to(folder).as_posix()


def _lies_in(folder: Path, path: Path) -> bool:
    return not path.is_symlink() or path.resolve().is_relative_to(folder)
