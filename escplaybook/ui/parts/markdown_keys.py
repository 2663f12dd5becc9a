"""What the keys of a Markdown field do to its text. Each act is one step for Ctrl+Z."""

import re
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from escplaybook.prose.markdown import table

_ITEM = re.compile(r"(?P<indent>[ \t]*)(?P<mark>[-*+]|\d{1,9}[.)]|>)(?P<gap>[ \t]+)(?P<box>\[[ xX]\][ \t]+)?")
_ADDRESS = re.compile(r"(?:https?://|mailto:)\S+")


class Act(NamedTuple):
    """One act on the text at the cursor: its name, its icon, its key, what it does."""

    name: str
    icon: str
    keys: str
    run: Callable[[QPlainTextEdit], None]


def bold(edit: QPlainTextEdit) -> None:
    """The selection, or the word at the cursor, bold; or no longer bold."""
    _surround(edit, "**")


def italic(edit: QPlainTextEdit) -> None:
    """The selection, or the word at the cursor, in italics; or no longer."""
    _surround(edit, "*")


def code(edit: QPlainTextEdit) -> None:
    """The selection as code: within a line, or as a block if it holds several lines."""
    cursor = edit.textCursor()
    if "\u2029" not in cursor.selectedText():
        _surround(edit, "`")
        return
    text = _selected(cursor)
    _replace(edit, cursor, f"```\n{text.strip(chr(10))}\n```")


def bullets(edit: QPlainTextEdit) -> None:
    """The lines of the selection as a list; if they are one, as lines again."""
    cursor = _whole_lines(edit.textCursor())
    lines = _selected(cursor).split("\n")
    are_items = all(re.match(r"\s*[-*+] ", line) for line in lines if line.strip()) and any(map(str.strip, lines))
    if are_items:
        made = [re.sub(r"^(\s*)[-*+] ", r"\1", line) for line in lines]
    else:
        made = [f"- {line}" if line.strip() or len(lines) == 1 else line for line in lines]
    _replace(edit, cursor, "\n".join(made))


def link(edit: QPlainTextEdit) -> None:
    """The selection as a link; what is to be written next is selected."""
    cursor = edit.textCursor()
    words = _selected(cursor).replace("\n", " ")
    address = words if _ADDRESS.fullmatch(words) else "https://"
    start = cursor.selectionStart()
    if address == words:
        _replace(edit, cursor, f"[]({address})", start + 1, start + 1)
    elif words:
        behind = start + len(words) + 3
        _replace(edit, cursor, f"[{words}]({address})", behind, behind + len(address))
    else:
        _replace(edit, cursor, f"[]({address})", start + 1, start + 1)


def new_table(edit: QPlainTextEdit) -> None:
    """A table of two columns to be filled in, on lines of its own; its first heading is selected."""
    cursor = edit.textCursor()
    before = "" if not cursor.block().text() else "\n\n"
    head = "Heading"
    text = table([[head, head], ["", ""], ["", ""]])
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    start = cursor.position() + len(before) + 2
    _replace(edit, cursor, f"{before}{text}\n", start, start + len(head))


ACTS = (
    Act("bold", "bold", "Ctrl+B", bold),
    Act("italic", "italic", "Ctrl+I", italic),
    Act("code", "code", "Ctrl+E", code),
    Act("list", "list", "Ctrl+Shift+L", bullets),
    Act("link", "link", "Ctrl+Shift+K", link),
    Act("table", "table", "Ctrl+Shift+T", new_table),
)
"""Every act that has a key and a button."""


def go_on(edit: QPlainTextEdit) -> bool:
    """Return inside a list or a quote: the next item, or the end of it at an empty one; False where it is neither."""
    cursor = edit.textCursor()
    line, column = cursor.block().text(), cursor.positionInBlock()
    item = _ITEM.match(line)
    if item is None or cursor.hasSelection() or column < item.end():
        return False
    if not line[item.end() :].strip():
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        _replace(edit, cursor, "")
        return True
    mark = item["mark"]
    if mark[:-1].isdigit():
        mark = f"{int(mark[:-1]) + 1}{mark[-1]}"
    box = "[ ] " if item["box"] else ""
    _replace(edit, cursor, f"\n{item['indent']}{mark}{item['gap']}{box}")
    return True


def shift(edit: QPlainTextEdit, *, deeper: bool) -> bool:
    """Tab inside a list: one level in below the item before it, or one out; False if there is nothing to shift.

    An item stands one level below the one before it at most, so that the next Tab leaves the field.
    """
    cursor = edit.textCursor()
    line = cursor.block().text()
    item = _ITEM.match(line)
    if item is None or cursor.hasSelection() or item["mark"] == ">":
        return False
    before = _ITEM.match(cursor.block().previous().text())
    own = len(item["indent"])
    if deeper:
        if before is None or own > len(before["indent"]):
            return False
        by = len(before["indent"]) + len(before["mark"]) + 1 - own
    else:
        by = -min(own, 3 if item["mark"][:-1].isdigit() else 2)
    if not by:
        return False
    place = cursor.position()
    cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
    if by < 0:
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor, -by)
    _replace(edit, cursor, " " * max(0, by), max(place + by, cursor.block().position()))
    return True


def _surround(edit: QPlainTextEdit, mark: str) -> None:
    cursor = edit.textCursor()
    if not cursor.hasSelection():
        cursor.select(QTextCursor.SelectionType.WordUnderCursor)
    text, start = _selected(cursor), cursor.selectionStart()
    inner = text.strip()
    if not inner:
        cursor = edit.textCursor()
        place = cursor.position() + len(mark)
        _replace(edit, cursor, mark * 2, place)
        return
    whole, size = edit.toPlainText(), len(mark)
    end = start + len(text)
    if _is_marked(whole, start, end, mark):
        cursor.setPosition(start - size)
        cursor.setPosition(end + size, QTextCursor.MoveMode.KeepAnchor)
        _replace(edit, cursor, text, start - size, end - size)
    elif len(inner) > 2 * size and _is_marked(inner, size, len(inner) - size, mark):
        _replace(edit, cursor, text.replace(inner, inner[size:-size], 1), start, end - 2 * size)
    else:
        gap = len(text) - len(text.lstrip())
        made = text.replace(inner, f"{mark}{inner}{mark}", 1)
        _replace(edit, cursor, made, start + gap + size, start + gap + size + len(inner))


def _is_marked(text: str, start: int, end: int, mark: str) -> bool:
    """Whether just this mark stands on both sides; the `*` of a `**` is none."""
    size = len(mark)
    if text[max(0, start - size) : start] != mark or text[end : end + size] != mark:
        return False
    is_longer = mark == "*" and text[max(0, start - 2) : start] == "**" and text[end : end + 2] == "**"
    return not is_longer or (text[max(0, start - 3) : start] == "***" and text[end : end + 3] == "***")


def _whole_lines(cursor: QTextCursor) -> QTextCursor:
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    cursor.setPosition(start)
    cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    return cursor


def _selected(cursor: QTextCursor) -> str:
    return cursor.selectedText().replace("\u2029", "\n")


def _replace(edit: QPlainTextEdit, cursor: QTextCursor, text: str, start: int = -1, end: int = -1) -> None:
    """Put the text in place of the selection, as one step; then select from `start` to `end` if they are given."""
    cursor.beginEditBlock()
    cursor.insertText(text)
    cursor.endEditBlock()
    if start >= 0:
        cursor.setPosition(start)
        cursor.setPosition(max(start, end), QTextCursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)
