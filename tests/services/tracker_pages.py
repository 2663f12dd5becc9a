"""A tracker’s known issues as it would export them: the collections that the import stories start from."""

from pathlib import Path

PAGE = """---
title: {title}
id: {uid}
createdAt: 2024-01-02T03:04:05Z
updatedAt: {updated}
kiStatus: {state}
---

## Symptoms

{symptoms}

## Cause

{cause}

## Workaround

N/A
"""


def put(folder: Path, name: str, **said: str) -> None:
    words = {"title": name, "uid": f"uid-{name}", "updated": "2024-02-03T04:05:06Z", "state": "Backlog"}
    words |= {"symptoms": "It hangs.", "cause": "A lock."} | said
    path = folder / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PAGE.format(**words))


def many(folder: Path, number: int) -> None:
    for count in range(number):
        put(folder, f"blocker-{count:03d}")
