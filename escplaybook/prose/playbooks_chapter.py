"""One chapter while it is read: what its blocks ask for, and its elements in the form that all our trees have."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.playbooks import LiveRequest, live_request
from escplaybook.prose.html import BESIDE, CALLOUTS, HEADINGS, is_linkable, is_place, picture_name

FACTS = {"deployment": "\uf8d0", "customer": "\uf8d1", "go-live": "\uf8d2", "point-of-contact": "\uf8d3"}
"""What `{{…}}` may name, and the private character that holds its place while the text is read."""

_TASK = re.compile(r"\[(?P<done>[ xX])\][ \t]+")
_BACK = re.compile(r"[\xa0 ]*(?:\x02qq\d+zz\x03)?$")
"""Python-Markdown's name for a space that no line ends at."""

_ALIGNED = re.compile(r"text-align:\s*(left|center|right)")
_KINDS = {kind: kind for kind in CALLOUTS}
_KINDS |= dict.fromkeys(("warning", "danger", "attention", "important"), "caution")
_KINDS |= dict.fromkeys(("tip", "hint"), "shortcut") | dict.fromkeys(("info", "abstract"), "note")


@dataclass(slots=True)
class Reading:
    """One chapter while it is read: where its links lead, what its live blocks ask for, what is doubtful in it.

    `prefix` tells its places from those of other chapters, `files` names each chapter's by its file.
    """

    prefix: str
    files: Mapping[str, str]
    requests: list[LiveRequest | str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    places: set[str] = field(default_factory=set)

    def place(self, name: str) -> str:
        """The name of a place here, told from all others."""
        unique, number = f"{self.prefix}-{name}", 2
        while unique in self.places:
            unique, number = f"{self.prefix}-{name}_{number}", number + 1
        self.places.add(unique)
        return unique

    def asked(self, line: str) -> int:
        """Note what a live block asks for, or what is wrong with it; returns its number."""
        try:
            self.requests.append(live_request(line))
        except InvalidRecord as error:
            self.requests.append(f"{line.strip()} – {error}")
        return len(self.requests) - 1


def settle(root: Element, reading: Reading) -> None:
    """Bring what Python-Markdown made into the form that every other tree of this program has."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == "div":
                _settle_box(parent, child)
            elif child.tag == "p" and _is_picture(child):
                _settle_figure(parent, child, reading)
            elif child.tag == "li":
                _settle_task(child)
    for element in root.iter():
        _settle_attributes(element, reading)


def _settle_box(parent: Element, box: Element) -> None:
    """A callout becomes a quote that says what it is for; the footnotes a list, without the ways back."""
    classes = (box.get("class") or "").split()
    if "footnote" in classes:
        notes = box.find("ol")
        if notes is None:
            return
        for paragraph in notes.iter("p"):
            for back in [link for link in paragraph if link.get("class") == "footnote-backref"]:
                paragraph.remove(back)
            _strip_end(paragraph)
        notes.set("class", "notes")
        parent[list(parent).index(box)] = notes
        return
    kind = next((_KINDS[name] for name in classes if name in _KINDS), "note")
    box.tag, box.attrib = "blockquote", {"class": kind}
    title = box.find("p[@class='admonition-title']")
    if title is None:
        title = Element("p")
        box.insert(0, title)
    said = Element("strong")
    said.text, said[:] = title.text, list(title)
    plain = "".join(said.itertext()).strip()
    word = kind.capitalize()
    if not plain or plain.casefold() in (kind, *classes):
        said.text, said[:] = word, []
    else:
        said.text = f"{word}: {said.text or ''}"
    title.attrib, title.text, title[:] = {}, None, [said]


def _strip_end(paragraph: Element) -> None:
    """Take away the space that stood before the way back from a footnote."""
    if len(paragraph):
        paragraph[-1].tail = _BACK.sub("", paragraph[-1].tail or "")
    else:
        paragraph.text = _BACK.sub("", paragraph.text or "")


def _is_picture(paragraph: Element) -> bool:
    """Whether it holds one picture and nothing else."""
    texts = (paragraph.text, *(child.tail for child in paragraph))
    return len(paragraph) == 1 and paragraph[0].tag == "img" and not any((text or "").strip() for text in texts)


def _settle_figure(parent: Element, paragraph: Element, reading: Reading) -> None:
    source = paragraph[0].get("src") or ""
    if not picture_name(f"{BESIDE}:{source}") or ":" in source:
        reading.doubts.append(f"The picture {source} was left out: only files of the playbook's own folder are shown.")
        return
    paragraph.attrib = {"class": "figure"}
    paragraph[0].set("src", f"{BESIDE}:{source}")
    caption = Element("p", {"class": "caption"})
    caption.text = paragraph[0].get("alt") or source
    parent.insert(list(parent).index(paragraph) + 1, caption)


def _settle_task(item: Element) -> None:
    """`[ ] …` and `[x] …` become boxes to tick."""
    holder = item[0] if not (item.text or "").strip() and len(item) and item[0].tag == "p" else item
    found = _TASK.match((holder.text or "").lstrip())
    if not found:
        return
    is_done = found["done"] != " "
    item.set("class", "checked" if is_done else "unchecked")
    box = Element("input", {"type": "checkbox"} | ({"checked": ""} if is_done else {}))
    box.tail = (holder.text or "").lstrip()[found.end() :]
    holder.text = None
    holder.insert(0, box)


def _settle_attributes(element: Element, reading: Reading) -> None:
    if element.tag in ("td", "th") and (aligned := _ALIGNED.search(element.get("style") or "")):
        element.set("align", aligned[1])
    if name := element.get("id"):
        element.set("id", reading.place(name))
    if element.tag == "a" and (target := element.get("href")):
        element.set("href", _target(target, reading))
    if element.tag in HEADINGS and "class" in element.attrib:
        del element.attrib["class"]


def _target(target: str, reading: Reading) -> str:
    """Where a link leads: to a place here, to one in another chapter, or out."""
    file, _, place = target.partition("#")
    if is_linkable(target):
        return target
    prefix = reading.files.get(file) if file else reading.prefix
    inside = f"#{prefix}-{place}" if place else f"#{prefix}"
    if prefix is None or not is_place(inside):
        reading.doubts.append(f"The link to {target} leads nowhere.")
        return ""
    return inside
