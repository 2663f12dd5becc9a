"""What is written on the screen can be read on it."""

import pytest

from escplaybook.domain.classification import Severity
from escplaybook.shipped import resource
from escplaybook.ui.icons import pixmap
from escplaybook.ui.theme import DARK, LIGHT, Choice, Theme, Tokens, contrast, style_sheet

GROUNDS = ("surface", "raised", "soft")
WRITTEN = ("text", "muted", "accent", "good", "warn", "bad", "s1", "s2", "s3", "s4")
both = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])


@both
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("written", WRITTEN)
def test_every_text_can_be_read_on_every_ground(tokens: Tokens, written: str, ground: str):
    """WCAG 2.2, 1.4.3: 4.5 to 1 for text."""
    assert contrast(getattr(tokens, written), getattr(tokens, ground)) >= 4.5


@both
def test_found_words_and_filled_buttons_can_be_read(tokens: Tokens):
    assert contrast(tokens.text, tokens.mark) >= 4.5
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5


def test_black_on_white_is_the_greatest_contrast():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#777777") == 1


@both
def test_the_style_sheet_names_no_colour_of_its_own(tokens: Tokens):
    sheet = resource("style/desktop.qss").read_text(encoding="utf-8")
    assert "#" not in sheet
    assert "$" not in style_sheet(tokens)


def test_lengths_grow_with_the_zoom_and_lines_do_not():
    sheet = style_sheet(LIGHT, 2.0)
    assert "font-size: 26px" in sheet
    assert "border: 1px solid" in sheet


def test_a_choice_shows_at_once(qapp, desk):
    seen = []
    desk.theme.changed.connect(lambda: seen.append(desk.theme.tokens))
    desk.theme.choose(Choice.DARK)
    assert qapp.palette().window().color().name().upper() == DARK.surface
    desk.theme.choose(Choice.LIGHT)
    assert qapp.palette().window().color().name().upper() == LIGHT.surface
    assert seen == [DARK, LIGHT]


def test_icons_take_the_colour_they_are_given(qapp):
    image = pixmap("search", "#B4232A", 32).toImage()
    inked = {
        image.pixelColor(x, y).name() for x in range(32) for y in range(32) if image.pixelColor(x, y).alpha() == 255
    }
    assert inked == {"#b4232a"}


@both
def test_the_four_severities_differ_without_colour(qapp, tokens: Tokens):
    """In grey, on paper and for eyes that mix up hues, the shapes alone must tell S1 from S4."""
    from escplaybook.ui.marks import mark_pixmap

    images = [mark_pixmap(severity, "#000000", 24).toImage() for severity in Severity]
    for index, image in enumerate(images):
        for other in images[index + 1 :]:
            differing = sum(image.pixel(x, y) != other.pixel(x, y) for x in range(24) for y in range(24))
            assert differing > 24


def test_zoom_steps_through_the_usual_sizes(qapp, desk):
    theme: Theme = desk.theme
    theme.step_zoom(+1)
    assert theme.zoom == 1.1
    assert theme.px(20) == 22
    for _ in range(20):
        theme.step_zoom(-1)
    assert theme.zoom == 0.8
