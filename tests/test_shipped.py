"""Stories of the files that come with the program: found everywhere, fit for screen and paper, and credited."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from PySide6.QtSvg import QSvgRenderer
from reportlab.pdfbase.ttfonts import TTFont

from escplaybook import shipped

ROOT = Path(__file__).parent.parent
FONTS = sorted((ROOT / "resources/fonts").glob("*.ttf"))
ICONS = sorted((ROOT / "resources/icons").glob("*.svg"))
NAMES = {
    "Greek": "Ελένη Παπαδάκη",
    "Cyrillic": "Олександра Ґонта",
    "Vietnamese": "Nguyễn Thị Hạnh",
    "Arabic": "ليلى حداد",
    "Hebrew": "נועה לוי",
    "Devanagari": "प्रिया शर्मा",
    "Thai": "สมชาย ใจดี",
    "Armenian": "Աննա Պետրոսյան",
    "Georgian": "ნინო ბერიძე",
}


def test_a_checkout_has_its_own_files():
    assert shipped.resource("fonts/Inter-Regular.ttf").is_file()
    assert shipped.resources_folder() == ROOT / "resources"
    assert shipped.playbooks_folder() == ROOT / "playbooks"


def test_a_file_that_is_missing_is_told_in_one_sentence():
    with pytest.raises(shipped.BrokenInstallation, match=r"nowhere\.ttf is missing\. Your books are safe"):
        shipped.resource("fonts/nowhere.ttf")


def test_the_wheel_runs_from_a_folder_that_is_not_the_source(tmp_path):
    """Resources, playbooks and licences travel in the wheel, and the installed program finds them there."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    site = tmp_path / "site packages"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
        names = set(archive.namelist())

    licences = {name.rpartition("/licenses/")[2] for name in names}
    assert {"LICENSE", "NOTICES.md"} <= licences
    for folder in ("resources", "playbooks"):
        here = {f"escplaybook/_shipped/{path.relative_to(ROOT)}" for path in files_in(ROOT / folder)}
        assert here <= names

    asked = "from escplaybook import shipped as s; print(s.resource('fonts/Inter-Regular.ttf'), s.playbooks_folder())"
    answer = subprocess.run(
        [sys.executable, "-S", "-c", asked],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(site)},
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    home = site / "escplaybook/_shipped"
    assert answer == f"{home / 'resources/fonts/Inter-Regular.ttf'} {home / 'playbooks'}"


@pytest.mark.parametrize("path", FONTS, ids=lambda path: path.stem)
def test_every_font_can_be_put_on_paper(path):
    """ReportLab takes TrueType outlines only, and refuses a font at the moment it is read."""
    assert len(characters(path)) > 400


def test_what_the_text_fonts_write_includes_the_marks_of_severity():
    for name in ("Inter-Regular", "Inter-SemiBold", "Inter-Italic", "SourceCodePro-Regular", "DejaVuSans"):
        path = ROOT / f"resources/fonts/{name}.ttf"
        assert set("◆▲●○ 0123456789 “”‘’ – — … → ✓ é ß Ж Ω") <= characters(path), name


@pytest.mark.parametrize("script", NAMES)
def test_a_name_in_that_script_is_written_with_one_font(script):
    assert any(set(NAMES[script]) - {" "} <= characters(path) for path in FONTS)


def test_the_fonts_stay_small_enough_to_travel_with_every_copy():
    assert sum(path.stat().st_size for path in FONTS) < 6_000_000


def test_every_icon_is_drawn_in_the_colour_of_the_theme(qapp):
    for path in ICONS:
        assert QSvgRenderer(str(path)).isValid(), path.name
        if path.stem != "escplaybook":  # the program's own mark keeps its colours
            assert 'stroke="currentColor"' in path.read_text(encoding="utf-8"), path.name


def test_every_font_and_icon_has_its_licence_beside_it():
    for path in FONTS:
        family = path.stem.partition("-")[0]
        assert [*path.parent.glob(f"{family}-OFL.txt"), *path.parent.glob(f"{family}-LICENSE.txt")], path.name
    assert (ROOT / "resources/icons/Lucide-LICENSE.txt").is_file()


def test_the_notices_name_every_font_and_the_icons():
    notices = (ROOT / "NOTICES.md").read_text(encoding="utf-8")
    assert not [path.name for path in FONTS if path.stem.partition("-")[0] not in notices]
    assert "Lucide" in notices


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def characters(path: Path) -> set[str]:
    return {chr(code) for code in TTFont(path.stem, str(path)).face.charToGlyph}
