"""Files that come with the program: fonts, icons, style, the starter book and the playbooks.

In a checkout they lie beside the package, where people edit them; a wheel carries them inside the package.
"""

from pathlib import Path

from escplaybook.domain.errors import PlaybookError

_PACKAGE = Path(__file__).resolve().parent
_HOMES = (_PACKAGE / "_shipped", _PACKAGE.parent)


class BrokenInstallation(PlaybookError):
    """A file that comes with the program is not there."""


def resource(name: str) -> Path:
    """One file or folder by its place under `resources/`: `fonts/Inter-Regular.ttf`. Raises BrokenInstallation."""
    return _there(resources_folder() / name)


def resources_folder() -> Path:
    """The folder of fonts, icons, style, translations and the starter book. Raises BrokenInstallation."""
    return _shipped_folder("resources")


def playbooks_folder() -> Path:
    """The folder with one folder for each onboarding playbook. Raises BrokenInstallation."""
    return _shipped_folder("playbooks")


def _shipped_folder(name: str) -> Path:
    wheel, checkout = (home / name for home in _HOMES)
    return wheel if wheel.is_dir() else _there(checkout)


def _there(path: Path) -> Path:
    if not path.exists():
        raise BrokenInstallation(
            f"The program's own file {path} is missing. Your books are safe; install the program again."
        )
    return path
