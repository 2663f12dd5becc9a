"""For which deployment a playbook is read: its live blocks speak of that one."""

from PySide6.QtWidgets import QWidget

from escplaybook.domain.deployments import Deployment
from escplaybook.domain.programme import deployments_of
from escplaybook.store.programme import programme
from escplaybook.ui.desk import Desk
from escplaybook.ui.parts.fields import ChoiceField

REMEMBERED = "playbook deployment"


class DeploymentField(ChoiceField):
    """One of the deployments, or none: then what holds for every one of them stands there. It is remembered."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__((), parent)
        self._desk = desk
        self._known: list[Deployment] = []
        self.setMinimumContentsLength(12)
        self.setMaximumWidth(desk.theme.px(190))
        self.setAccessibleName(self.tr("For which deployment"))
        self.changed.connect(self._remember)

    def offer(self) -> bool:
        """Offer the deployments that are in the book now, and tell whether there are any; what is chosen stays."""
        self._known = deployments_of(programme(self._desk.book))
        usual = self._known[0].id if len(self._known) == 1 else None
        wanted = self._desk.memory.recall(REMEMBERED, usual)
        self.clear()
        self.addItem(self.tr("every deployment"), None)
        for one in self._known:
            self.addItem(one.name, one.id)
        self.set_value(wanted if any(one.id == wanted for one in self._known) else None)
        self.setVisible(bool(self._known))
        return bool(self._known)

    def deployment(self) -> Deployment | None:
        """The deployment that is chosen."""
        return next((one for one in self._known if one.id == self.value()), None)

    def _remember(self) -> None:
        self._desk.memory.remember(REMEMBERED, self.value())
