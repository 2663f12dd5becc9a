"""Where books lie: the usual place, whether it can be written, whether it is on a network."""

import os
from pathlib import Path

from platformdirs import user_data_path

_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ncpfs", "fuse.sshfs", "fuse.rclone", "davfs"}
"""File systems on which SQLite's locks cannot be trusted (https://sqlite.org/faq.html#q5)."""


def default_book() -> Path:
    """`ESCPLAYBOOK_BOOK`, else the user's own data folder."""
    named = os.environ.get("ESCPLAYBOOK_BOOK")
    return Path(named) if named else user_data_path("escplaybook", appauthor=False) / "book.db"


def is_writable(path: Path) -> bool:
    """Whether the file and its folder may be written; a file without any write bit may not, even by root."""
    return path.stat().st_mode & 0o222 != 0 and os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def lies_on_network(path: Path) -> bool:
    """Whether the file lies on a network file system, as far as the system's mount table tells."""
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:  # only Linux has this table; elsewhere the question stays open
        return False
    return file_system(path.resolve(), mounts) in _NETWORK


def file_system(path: Path, mounts: str) -> str:
    """The type of the file system that holds `path`, by a mount table in the form of /proc/self/mounts."""
    best, kind = "", ""
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        point = parts[1].replace("\\040", " ")
        if (path == Path(point) or Path(point) in path.parents) and len(point) >= len(best):
            best, kind = point, parts[2]
    return kind
