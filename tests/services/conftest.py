from pathlib import Path

import pytest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty place for a collection of files."""
    made = tmp_path / "collection"
    made.mkdir()
    return made
