"""QR codes: printed as lines, read back by a reader that has no part in making them."""

import io
import math

import pypdfium2
import pytest
import zxingcpp

from escplaybook.domain.contacts import PointKind
from escplaybook.paper.lines import PLAIN
from escplaybook.paper.page import BODY, SIZES, Sheet, Stamp
from escplaybook.paper.qr import MODULE, QUIET_ZONE, Code, call_code, person_code
from escplaybook.paper.text import Text
from tests.pockets import NOW, number, person

ROOM = 70.0
MILLIMETRE = 72 / 25.4


def read(pdf, dpi=300):
    """What a reader finds on the first page at the fineness of an office scanner."""
    image = pypdfium2.PdfDocument(io.BytesIO(pdf))[0].render(scale=dpi / 72).to_pil().convert("L")
    return zxingcpp.read_barcodes(image)


def printed(*codes):
    blocks = (Text([("A code", PLAIN)], BODY), *codes)
    return Sheet("Codes", ("Codes", ""), blocks, Stamp("cards", NOW, "Dana", ()), SIZES["a4"]).pdf()


def test_a_number_is_dialled_by_its_code():
    code = call_code(number("+46 70 174 06 31"), "")
    assert code is not None
    (found,) = read(printed(code))
    assert found.text == "tel:+46701740631"
    assert found.ec_level == "M"


def test_a_number_without_country_is_dialled_where_its_owner_is():
    code = call_code(number("020 7946 0142 ext. 31", kind=PointKind.PHONE), "GB")
    assert code is not None
    assert read(printed(code))[0].text == "tel:+442079460142;ext=31"


@pytest.mark.parametrize("value", ["12", "@mara", "https://bridge.example/1"])
def test_what_is_no_telephone_number_has_no_code(value):
    assert call_code(number(value), "SE") is None
    assert call_code(number("+46 70 174 06 31", kind=PointKind.BRIDGE), "SE") is None


@pytest.mark.parametrize(
    "name", ["Ana Ferreira", "Þórunn Ægisdóttir", "محمد الحداد", "北村 健", "O’Neill; the \\ younger, Ltd", "Ana"]
)
def test_a_person_is_saved_by_their_code(name):
    points = [number("+44 7700 900 455"), number("ana@harbourlight.example", kind=PointKind.EMAIL)]
    code = person_code(person("ana", name), points, 90.0)
    assert code is not None
    import vobject

    card = vobject.readOne(read(printed(code))[0].text)
    assert card.fn.value == name
    assert card.tel.value == "+44 7700 900 455"
    assert card.email.value == "ana@harbourlight.example"


def test_where_there_is_room_for_less_the_number_stays_and_the_address_goes():
    points = [number("+44 7700 900 455"), number("ana.ferreira@harbourlight.example", kind=PointKind.EMAIL)]
    ana = person("ana", "Ana Ferreira")
    narrow = person_code(ana, points, 56.0)
    assert narrow is not None
    text = read(printed(narrow))[0].text
    assert "+44 7700 900 455" in text
    assert "EMAIL" not in text
    assert person_code(ana, points, 20.0) is None


def test_a_name_that_no_code_can_hold_has_none():
    assert person_code(person("ana", "Ana " * 249), [number("+44 7700 900 455")], 10_000.0) is not None
    assert person_code(person("ana", "Ana " * 249), [number("+44 7700 900 455")], ROOM) is None


def test_modules_are_large_enough_and_the_quiet_zone_is_kept():
    assert MODULE >= 0.4 * MILLIMETRE - 1e-9
    code = Code("tel:+46701740631")
    modules = len(code.matrix)
    assert code.side == pytest.approx((modules + 2 * QUIET_ZONE) * MODULE)
    image = pypdfium2.PdfDocument(printed(code))[0].render(scale=300 / 72).to_pil().convert("L")
    (found,) = zxingcpp.read_barcodes(image)
    corners = found.position
    width = math.dist((corners.top_left.x, corners.top_left.y), (corners.top_right.x, corners.top_right.y))
    assert width / 300 * 25.4 / modules == pytest.approx(0.4, abs=0.02)
    quiet = round(QUIET_ZONE * 0.4 / 25.4 * 300) - 1
    x, y = corners.top_left.x, corners.top_left.y
    side = round(width) + 2 * quiet
    around = image.crop((x - quiet, y - quiet, x - quiet + side, y - 1))
    assert around.getextrema()[0] > 250


def test_codes_are_drawn_as_lines_and_not_as_pictures():
    pdf = printed(Code("tel:+46701740631"))
    assert b"/Subtype /Image" not in pdf
    assert b"/XObject" not in pdf
