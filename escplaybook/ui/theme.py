"""Colours, type and sizes as tokens, and the one style sheet that is made from them."""

import re
from dataclasses import asdict, dataclass
from enum import StrEnum
from string import Template

from PySide6.QtCore import QLoggingCategory, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from escplaybook.domain.classification import Severity
from escplaybook.shipped import resource

FAMILY, MONO_FAMILY = "Inter", "Source Code Pro"
SMALL, BODY, LEAD, TITLE, DISPLAY = 12, 13, 15, 20, 28
"""The sizes of type in pixels at 100 %."""

ZOOMS = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)


@dataclass(frozen=True, slots=True)
class Tokens:
    """What every colour in the program is called. `on_accent` is text on accent, `raised` is a pane or a field."""

    surface: str
    raised: str
    line: str
    text: str
    muted: str
    accent: str
    on_accent: str
    soft: str
    mark: str
    good: str
    warn: str
    bad: str
    s1: str
    s2: str
    s3: str
    s4: str
    is_dark: bool = False


LIGHT = Tokens(
    surface="#F7F7F5",
    raised="#FFFFFF",
    line="#E2E2DE",
    text="#1B1F24",
    muted="#5B6470",
    accent="#2457C5",
    on_accent="#FFFFFF",
    soft="#EAF0FD",
    mark="#FFF0B3",
    good="#1D7A46",
    warn="#A65300",
    bad="#B4232A",
    s1="#B4232A",
    s2="#A65300",
    s3="#0B667B",
    s4="#5B6470",
)
DARK = Tokens(
    surface="#14171B",
    raised="#1B1F24",
    line="#2D333A",
    text="#E7EAED",
    muted="#9BA5B0",
    accent="#86A9FF",
    on_accent="#14171B",
    soft="#22304F",
    mark="#5C4B12",
    good="#6BCB91",
    warn="#FFB05C",
    bad="#FF7B7B",
    s1="#FF7B7B",
    s2="#FFB05C",
    s3="#5CCBE2",
    s4="#9BA5B0",
    is_dark=True,
)


class Choice(StrEnum):
    """Which of the two looks a person wants."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """The look of the whole program: choice and zoom in, colours, fonts and the style sheet out.

    `changed` follows when either has been applied; whoever paints by hand repaints then.
    """

    changed = Signal()

    def __init__(self, app: QApplication, choice: Choice = Choice.SYSTEM, zoom: float = 1.0) -> None:
        super().__init__(app)
        self._app, self.choice, self.zoom = app, choice, zoom
        self._fonts: dict[tuple[int, bool, bool, bool], QFont] = {}
        self._applied: tuple[Tokens, float] | None = None
        _load_fonts()
        app.setStyle("Fusion")
        self.tokens = self._wanted()
        self._apply()
        app.styleHints().colorSchemeChanged.connect(self._follow_system)

    def choose(self, choice: Choice) -> None:
        """Use that look from now on."""
        self.choice = choice
        self._apply()

    def set_zoom(self, zoom: float) -> None:
        """Make everything `zoom` times as large as drawn."""
        self.zoom = min(max(zoom, ZOOMS[0]), ZOOMS[-1])
        self._apply()

    def step_zoom(self, steps: int) -> None:
        """The next larger or smaller of the usual sizes."""
        nearest = min(range(len(ZOOMS)), key=lambda index: abs(ZOOMS[index] - self.zoom))
        self.set_zoom(ZOOMS[min(max(nearest + steps, 0), len(ZOOMS) - 1)])

    def color(self, token: str) -> QColor:
        """The colour of a token, by its name."""
        return QColor(getattr(self.tokens, token))

    def severity_color(self, severity: Severity) -> QColor:
        """The hue of a severity; it never stands without the shape and the code."""
        return self.color(severity.lower())

    def px(self, pixels: int) -> int:
        """A drawn length at the present zoom."""
        return round(pixels * self.zoom)

    def font(self, size: int = BODY, *, semibold: bool = False, mono: bool = False, tabular: bool = False) -> QFont:
        """The program's type. `tabular` gives digits of one width, for numbers and times below each other."""
        key = (size, semibold, mono, tabular)
        if key not in self._fonts:
            font = QFont(MONO_FAMILY if mono else FAMILY)
            font.setPixelSize(self.px(size))
            font.setWeight(QFont.Weight.DemiBold if semibold else QFont.Weight.Normal)
            if tabular:
                font.setFeature(QFont.Tag("tnum"), 1)
            self._fonts[key] = font
        return self._fonts[key]

    def _follow_system(self) -> None:
        if self.choice is Choice.SYSTEM:
            self._apply()

    def _apply(self) -> None:
        """Dress every widget anew, which takes a second or two once many pages stand: not if nothing is to change."""
        self.tokens = self._wanted()
        if self._applied == (self.tokens, self.zoom):
            return
        self._applied = (self.tokens, self.zoom)
        self._fonts.clear()
        self._app.setPalette(_palette(self.tokens))
        self._app.setFont(self.font())
        self._app.setStyleSheet(style_sheet(self.tokens, self.zoom))
        self.changed.emit()

    def _wanted(self) -> Tokens:
        if self.choice is Choice.SYSTEM:
            return DARK if _system_is_dark() else LIGHT
        return DARK if self.choice is Choice.DARK else LIGHT


def style_sheet(tokens: Tokens, zoom: float = 1.0) -> str:
    """The style sheet of all widgets. Lengths over two pixels grow with the zoom; lines stay thin."""
    sheet = Template(resource("style/desktop.qss").read_text(encoding="utf-8"))
    filled = sheet.substitute(
        asdict(tokens),
        family=FAMILY,
        mono=MONO_FAMILY,
        style=resource("style").as_posix(),
        shade="dark" if tokens.is_dark else "light",
    )
    return re.sub(r"\b(\d+)px", lambda found: f"{_scaled(int(found[1]), zoom)}px", filled)


def contrast(first: str, second: str) -> float:
    """How well one colour is read on the other, 1 to 21 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _scaled(length: int, zoom: float) -> int:
    return length if length <= 2 else round(length * zoom)


def _system_is_dark() -> bool:
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def _load_fonts() -> None:
    if FAMILY in QFontDatabase.families() and MONO_FAMILY in QFontDatabase.families():
        return
    QLoggingCategory.setFilterRules("qt.text.font.db=false")  # each script has its own font; Qt says so aloud
    for font in sorted(resource("fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(font))


def _palette(tokens: Tokens) -> QPalette:
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, token in (
        (roles.Window, tokens.surface),
        (roles.WindowText, tokens.text),
        (roles.Base, tokens.raised),
        (roles.AlternateBase, tokens.surface),
        (roles.Text, tokens.text),
        (roles.Button, tokens.raised),
        (roles.ButtonText, tokens.text),
        (roles.ToolTipBase, tokens.raised),
        (roles.ToolTipText, tokens.text),
        (roles.PlaceholderText, tokens.muted),
        (roles.Highlight, tokens.accent),
        (roles.HighlightedText, tokens.on_accent),
        (roles.Link, tokens.accent),
        (roles.LinkVisited, tokens.accent),
        (roles.Accent, tokens.accent),
        (roles.Light, tokens.raised),
        (roles.Midlight, tokens.line),
        (roles.Mid, tokens.line),
        (roles.Dark, tokens.muted),
        (roles.Shadow, tokens.line),
    ):
        palette.setColor(role, QColor(token))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.muted))
    return palette
