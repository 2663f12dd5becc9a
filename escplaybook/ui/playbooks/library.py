"""Which playbooks stand on the shelf: those that come with the program, and folders of one's own."""

from pathlib import Path

from escplaybook.domain.errors import PlaybookError
from escplaybook.domain.playbooks import Playbook
from escplaybook.services import playbooks, reading_playbooks
from escplaybook.ui.desk import Desk

OWN = "playbook folders"
"""Under what name the folders of one's own are remembered."""


class Library:
    """Asked anew whenever the shelf is seen, for playbooks are files that people edit."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def playbooks(self) -> tuple[list[Playbook], list[PlaybookError]]:
        """The playbooks by title, one's own last, and why any of them cannot be read."""
        found, troubles = list[Playbook](), list[PlaybookError]()
        try:
            found += playbooks.playbooks()
        except PlaybookError as error:
            troubles.append(error)
        for folder in self._folders():
            try:
                found.append(playbooks.playbook_named(folder))
            except PlaybookError as error:
                troubles.append(error)
        return found, troubles

    def add(self, folder: Path) -> str:
        """Put the playbook in that folder on the shelf; returns its name. Raises PlaybookError if there is none."""
        name = reading_playbooks.outline(playbooks.playbook_named(str(folder.resolve()))).name
        shipped = {reading_playbooks.outline(one).name for one in self.playbooks()[0]}
        if name not in shipped:
            self._desk.memory.remember(OWN, [*self._folders(), name])
        return name

    def is_own(self, name: str) -> bool:
        """Whether a playbook is a folder of one's own, which can be taken off the shelf."""
        return name in self._folders()

    def remove(self, name: str) -> None:
        """Take a folder of one's own off the shelf; the folder itself stays."""
        self._desk.memory.remember(OWN, [one for one in self._folders() if one != name])

    def _folders(self) -> list[str]:
        return list(self._desk.memory.recall(OWN, []))
