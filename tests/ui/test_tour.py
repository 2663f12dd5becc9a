"""Every page can be drawn, empty and full."""

from PySide6.QtGui import QImage

from escplaybook.ui import tour


def test_every_page_is_drawn_in_both_looks(path, book, known, tmp_path, now, monkeypatch, qapp):
    monkeypatch.setattr(tour, "SIZES", ((1100, 700),))
    drawn = tour.draw_pages(tmp_path / "out", path, state="full", clock=lambda: now, search="saml")
    names = {file.name.split("-full-")[0] for file in drawn}
    assert {
        "today",
        "audit",
        "audit-week",
        "knowledge",
        "knowledge-search",
        "knowledge-edit",
        "contacts",
        "settings",
        "find-anything",
    } <= names
    assert all(QImage(str(file)).size().toTuple() == (1100, 700) for file in drawn)
    light, dark = (QImage(str(tmp_path / "out" / f"knowledge-full-{look}-1100x700.png")) for look in ("light", "dark"))
    assert light.pixelColor(5, 5).lightness() > 200
    assert dark.pixelColor(5, 5).lightness() < 60


def test_an_empty_book_is_drawn_with_the_ways_to_begin(path, book, tmp_path, now, monkeypatch, qapp):
    monkeypatch.setattr(tour, "SIZES", ((1100, 700),))
    drawn = tour.draw_pages(tmp_path / "out", path, state="empty", clock=lambda: now, search="zebra")
    assert any(file.name.startswith("welcome-empty") for file in drawn)
