"""What stands beside a number: how it is dialled, how far it is believed, what is wrong with it; and a photo."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from escplaybook.domain.attachments import SIZE_LIMIT
from escplaybook.domain.contacts import Contact, ContactPoint, PointKind, Privacy
from escplaybook.store import records
from escplaybook.store.blobs import data_of
from escplaybook.ui.contacts.photo import KEPT
from escplaybook.ui.desk import Place
from tests.conftest import NOW
from tests.ui.hands import opened, stored


@pytest.fixture
def mara(book, contact):
    mobile = ContactPoint(
        PointKind.MOBILE,
        "+46 70 174 06 31",
        verified=NOW.date() - timedelta(days=194),
        verified_how="called",
        verified_by="Dana",
        hours="Mon-Fri 08:00-17:00",
        privacy=Privacy.TEAM,
    )
    (made,) = stored(book, contact(points=(mobile, ContactPoint(PointKind.PHONE, "08 465 004 12"))))
    return made


@pytest.fixture
def window(desk, mara, qtbot):
    made = opened(desk, qtbot, "contacts")
    made.page.detail.open(mara.id)
    yield made
    made.close()


def edited(window):
    window.page.detail.edit()
    return window.page.form.form.fields


def now_is(book, mara):
    return records.get(book, Contact, mara.id)


def test_a_number_says_how_far_it_is_believed_and_what_is_wrong_with_it(window):
    text = window.page.reading.text.toPlainText()
    assert "verified 194 days ago, out of date" in text
    assert "called Dana" in text
    assert "Not: mobile verified 194 days ago, out of date · named nowhere" in text
    assert "“08 465 004 12” has no country code" in text
    assert "try it first Mon-Fri 08:00-17:00 · for the team, not printed" in text
    assert 'href="tel:+46-70-174-06-31"' in window.page.reading.text.toHtml()


def test_numbers_are_shown_as_dialled_from_the_country_of_the_settings(window, qtbot, mara):
    window.go(Place("settings"))
    settings = window.page
    settings.country.setFocus()
    qtbot.keyClicks(settings.country, "xx")
    qtbot.keyClick(settings.country, Qt.Key.Key_Return)
    assert settings.country_told.isVisible()
    settings.country.clear()
    qtbot.keyClicks(settings.country, "de")
    qtbot.keyClick(settings.country, Qt.Key.Key_Return)
    assert not settings.country_told.isVisible()
    window.go(Place("contacts", mara.id))
    assert "dial 00 46 70 174 06 31" in window.page.reading.text.toPlainText()


def test_a_corrected_number_loses_its_proof_and_a_moved_one_takes_it_along(window, book, mara):
    fields = edited(window)
    fields["points"].editors[0].fields["value"].set_value("+46 70 174 06 99")
    window.page.save()
    point = now_is(book, mara).points[0]
    assert (point.value, point.verified, point.verified_how) == ("+46 70 174 06 99", None, "")
    assert (point.hours, point.privacy) == ("Mon-Fri 08:00-17:00", Privacy.TEAM)


def test_what_was_proved_goes_with_the_number(window, book, mara):
    fields = edited(window)
    fields["points"].editors[0].down.click()
    fields["points"].editors[1].fields["label"].set_value("at night")
    window.page.save()
    assert now_is(book, mara).points[1] == replace(mara.points[0], label="at night")


def test_a_day_that_is_typed_is_a_proof_by_whoever_typed_it(window, book, mara, desk):
    desk.memory.remember("author", "Dana Kruger")
    fields = edited(window)
    fields["points"].editors[0].fields["verified"].set_value("today")
    window.page.save()
    point = now_is(book, mara).points[0]
    assert (point.verified, point.verified_by) == (NOW.date(), "Dana Kruger")


def test_faults_are_told_while_one_types_and_the_country_mends_them(window, qtbot, book, mara):
    fields = edited(window)
    points = fields["points"]
    assert points.faults.text().startswith("“08 465 004 12” has no country code")
    qtbot.keyClicks(fields["country"], "se")
    assert points.faults.isHidden()
    points.editors[1].fields["value"].clear()
    qtbot.keyClicks(points.editors[1].fields["value"], "at the gate")
    assert "is no telephone number" in points.faults.text()
    window.page.save()
    after = now_is(book, mara)
    assert (after.country, after.points[1].value) == ("SE", "at the gate")  # kept as it is written


def test_a_country_that_is_none_is_refused_at_its_field(window, book, mara):
    fields = edited(window)
    fields["country"].set_value("Sweden")
    window.page.save()
    assert fields["country"].property("wrong")
    assert now_is(book, mara) == mara


def picture(path, size=(1200, 900), colour=Qt.GlobalColor.darkCyan):
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(colour)
    image.save(str(path))
    return str(path)


def test_a_photo_is_set_replaced_and_removed(window, book, mara, tmp_path):
    photo = edited(window)["photo"]
    photo.take(picture(tmp_path / "mara.png"))
    window.page.save()
    kept = now_is(book, mara).photo
    assert (kept.name, kept.media_type) == ("mara.jpg", "image/jpeg")
    image = QImage.fromData(data_of(book, kept))
    assert (image.width(), image.height()) == (KEPT, KEPT * 3 // 4)
    assert window.page.reading.photo.isVisible()
    edited(window)["photo"].take(picture(tmp_path / "other.jpg", colour=Qt.GlobalColor.red))
    window.page.save()
    assert now_is(book, mara).photo.hash != kept.hash
    edited(window)["photo"].clear()
    window.page.save()
    assert now_is(book, mara).photo is None
    assert window.page.reading.photo.isHidden()
    window.page._desk.undo()
    assert window.page.reading.photo.isVisible()


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("big.png", b"\x89PNG\r\n\x1a\n" + bytes(SIZE_LIMIT), "larger than 20 MB"),
        ("note.png", b"hello", "no picture"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>", "no picture"),
        ("none.png", None, "cannot be read"),
    ],
)
def test_what_is_no_fit_picture_changes_nothing_and_is_told_in_a_sentence(window, tmp_path, name, data, why):
    file = tmp_path / name
    if data is not None:
        file.write_bytes(data)
    photo = edited(window)["photo"]
    photo.take(str(file))
    assert photo.value() is None
    assert why in window.messages.text.text()


def test_a_picture_that_claims_to_be_huge_or_ends_too_soon_is_refused(window, tmp_path):
    import struct
    import zlib

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", len(head)) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))
    bomb = tmp_path / "bomb.png"
    bomb.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk)
    photo = edited(window)["photo"]
    photo.take(str(bomb))
    assert photo.value() is None
    whole = tmp_path / "whole.png"
    picture(whole, (300, 300))
    whole.write_bytes(whole.read_bytes()[:60])
    photo.take(str(whole))
    assert photo.value() is None
    assert "picture" in window.messages.text.text()


def test_a_stored_photo_that_is_no_picture_does_no_harm(desk, qtbot, book, mara):
    from escplaybook.domain.edits import Edit
    from escplaybook.services import editing
    from escplaybook.store.blobs import described

    data = b"\x00" * 1000
    editing.apply(book, "Photo", Edit(mara, replace(mara, photo=described("x.jpg", data))), now=NOW, files=[data])
    window = opened(desk, qtbot, "contacts")
    window.page.detail.open(mara.id)
    assert window.page.reading.photo.text() == "The photo cannot be shown."
    window.close()
