"""A playbook is read from its folder and from nowhere else; what is wrong with it is one sentence."""

import io

import pytest
from PIL import Image

from escplaybook.domain.errors import PlaybookError
from escplaybook.exchange.playbook_folder import picture_of, playbooks_in, read_playbook

ABOUT = 'title = "The  night"\nrole = "Lead"\nchapters = ["01.md"]\n'


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "night"
    made.mkdir()
    (made / "playbook.toml").write_text(ABOUT)
    (made / "01.md").write_text("# First\r\n\r\nText.")
    return made


def png(width=4, height=3):
    file = io.BytesIO()
    Image.new("L", (width, height)).save(file, "PNG")
    return file.getvalue()


def refusal(folder):
    with pytest.raises(PlaybookError) as told:
        read_playbook(folder)
    said = str(told.value)
    assert "\n" not in said
    return said


def test_a_folder_becomes_a_playbook(folder):
    read = read_playbook(folder)
    assert (read.name, read.title, read.role, read.language) == ("night", "The night", "Lead", "en")
    assert [(chapter.file, chapter.title, chapter.text) for chapter in read.chapters] == [
        ("01.md", "First", "# First\n\nText.")
    ]


def test_every_playbook_below_a_folder_is_listed_by_title(folder):
    other = folder.parent / "aaa"
    other.mkdir()
    (other / "playbook.toml").write_text(ABOUT.replace("The  night", "Zebra"))
    (other / "01.md").write_text("no heading")
    (folder.parent / "empty").mkdir()
    found = playbooks_in(folder.parent)
    assert [(one.name, one.chapters[0].title) for one in found] == [("night", "First"), ("aaa", "01")]


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ("title = ", "is not TOML"),
        ("a = " + "[" * 5000, "is not TOML"),
        ('title = ""\nchapters = ["01.md"]', "says no title"),
        ('title = 3\nchapters = ["01.md"]', "title in playbook.toml is no text"),
        ('title = "x"', "names no chapters"),
        ('title = "x"\nchapters = []', "names no chapters"),
        ('title = "x"\nchapters = "01.md"', "names no chapters"),
        ('title = "x"\nchapters = ["01.md", 2]', "names no chapters"),
        ('title = "x"\nchapters = ["01.md", "01.md"]', "names a chapter twice"),
        ('title = "x"\nchapters = ["02.md"]', "the file “02.md” is missing"),
        ('title = "x"\nchapters = ["../01.md"]', "does not lie in its folder"),
        ('title = "x"\nchapters = ["/etc/passwd"]', "does not lie in its folder"),
        ('title = "x"\nchapters = ["sub/01.md"]', "does not lie in its folder"),
        ('title = "x"\nchapters = ["."]', "does not lie in its folder"),
        ('title = "x"\nchapters = ["a\\u0000b"]', "cannot be opened"),
        (f'title = "x"\nchapters = ["{"a" * 5000}.md"]', "cannot be opened"),
        ('title = "x"\nchapters = [' + ",".join(f'"{n}.md"' for n in range(201)) + "]", "more than 200 chapters"),
    ],
)
def test_a_playbook_that_cannot_be_used_says_why(folder, about, said):
    (folder / "playbook.toml").write_text(about)
    assert said in refusal(folder)


def test_a_folder_that_is_none_and_one_without_a_playbook_are_refused(folder, tmp_path):
    assert "There is no folder" in refusal(folder / "nothing")
    (tmp_path / "bare").mkdir()
    assert "playbook.toml” is missing" in refusal(tmp_path / "bare")


def test_a_link_out_of_the_folder_is_not_followed(folder, tmp_path):
    (tmp_path / "secret.md").write_text("# Secret")
    (folder / "01.md").unlink()
    (folder / "01.md").symlink_to(tmp_path / "secret.md")
    assert "does not lie in its folder" in refusal(folder)


def test_fifty_megabytes_of_text_and_bytes_that_are_none_are_refused(folder):
    with (folder / "01.md").open("wb") as file:
        file.truncate(50_000_000)
    assert "larger than 1 MB" in refusal(folder)
    (folder / "01.md").write_bytes(b"# a\0b")
    assert "not text" in refusal(folder)


def test_many_chapters_together_can_be_too_large(folder):
    names = [f"{number}.md" for number in range(7)]
    (folder / "playbook.toml").write_text(f'title = "x"\nchapters = {names}'.replace("'", '"'))
    for name in names:
        (folder / name).write_text("word " * 180_000)
    assert "its text is larger than 5 MB" in refusal(folder)


def test_a_picture_comes_out_of_the_folder_and_from_nowhere_else(folder, tmp_path):
    (folder / "clock.png").write_bytes(png())
    (tmp_path / "other.png").write_bytes(png())
    (folder / "link.png").symlink_to(tmp_path / "other.png")
    (folder / "cut.png").write_bytes(png(600, 600)[:300])
    (folder / "none.png").write_bytes(b"nonsense")
    (folder / "large.png").write_bytes(png(8000, 6000))
    read = read_playbook(folder)
    assert picture_of(read, "clock.png") == png()
    for name, said in (
        ("../other.png", "does not lie in its folder"),
        ("link.png", "does not lie in its folder"),
        ("missing.png", "is not in the playbook’s folder"),
        ("01.md", "save it as one of them"),
        ("cut.png", "is damaged"),
        ("none.png", "is damaged"),
        ("large.png", "million pixels"),
    ):
        with pytest.raises(PlaybookError, match=said):
            picture_of(read, name)
