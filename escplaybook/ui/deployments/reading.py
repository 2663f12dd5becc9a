"""A deployment to read: where it stands, its stages, and who alone speaks to outsiders."""

import html
from collections.abc import Iterator

from escplaybook.domain.contacts import Contact, zone_named
from escplaybook.domain.deployments import Deployment, stage_on
from escplaybook.store import records
from escplaybook.ui.knowledge.text import block
from escplaybook.ui.parts.record_reading import RecordReading
from escplaybook.ui.times import said_day, short_day


class DeploymentReading(RecordReading):
    """Shows one deployment; its people are links."""

    def tell_facts(self, record: Deployment) -> None:
        self.facts.tell(None, record.key, record.customer)

    def title_of(self, record: Deployment) -> str:
        return record.name

    def standing_of(self, record: Deployment) -> tuple[str, str]:
        now = self._desk.now()
        local = now.astimezone(zone_named(record.zone))
        stage = stage_on(record, local.date())
        told = [self.tr("Now in {0}").format(stage) if stage else self.tr("Between stages")]
        if record.go_live is not None:
            told.append(self.tr("go-live {0}").format(said_day(record.go_live, now)))
        told.append(self.tr("{0} there").format(f"{local:%H:%M}"))
        return "small", " · ".join(told)

    def html_of(self, record: Deployment) -> str:
        return "".join(self._parts(record))

    def _parts(self, deployment: Deployment) -> Iterator[str]:
        yield f"<h2>{self.tr('Outsiders talk to')}</h2>"
        people = [self._person(deployment.point_of_contact), self._person(deployment.deputy)]
        if people[0]:
            deputy = f" <span class='quiet'>{self.tr('deputy')}</span> {people[1]}" if people[1] else ""
            yield f"<p>{people[0]}{deputy}</p>"
        else:
            yield f"<p class='warn'>{self.tr('Nobody: name a single point of contact.')}</p>"
        if deployment.stages:
            today = self._desk.now().date()
            rows = "".join(
                f"<tr><td>{self._stage(stage.stage, stage.start <= today <= stage.end)}&nbsp;&nbsp;&nbsp;</td>"
                f"<td class='quiet'>{short_day(stage.start)} – {short_day(stage.end)}</td></tr>"
                for stage in deployment.stages
            )
            yield f"<h2>{self.tr('Stages')}</h2><table cellspacing='0' cellpadding='3'>{rows}</table>"
        hours = html.escape(deployment.hours) or self.tr("around the clock")
        zone = html.escape(deployment.zone)
        yield f"<h2>{self.tr('Project hours')}</h2><p>{hours} <span class='quiet'>{zone}</span></p>"
        if deployment.notes:
            yield f"<h2>{self.tr('Notes')}</h2>{block(deployment.notes)}"

    def _stage(self, stage: str, is_now: bool) -> str:
        name = html.escape(stage.capitalize())
        return f"<b>{name}</b>" if is_now else name

    def _person(self, contact_id: str | None) -> str:
        person = records.find(self._desk.book, Contact, contact_id) if contact_id else None
        return f"<a href='record:{person.key}'>{html.escape(person.name)}</a>" if person else ""
