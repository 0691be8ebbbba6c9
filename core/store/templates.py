"""`message_templates`: the templates of each channel, as its platform last told them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb

from core.domain.ids import ChannelId
from core.domain.rich import Template, TemplateText
from core.store.pool import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    name: str
    language: str
    category: str
    status: str
    components: dict[str, Any]

    def template(self) -> Template:
        header = self.components.get("header")
        return Template(
            name=self.name,
            language=self.language,
            category=self.category,
            status=self.status,
            header=None if header is None else _text(header),
            header_media=self.components.get("header_media"),
            body=_text(self.components.get("body") or {"text": "", "placeholders": 0}),
            footer=self.components.get("footer", ""),
            buttons=tuple(map(_text, self.components.get("buttons", ()))),
            sendable=self.components.get("sendable", False),
        )


def _text(part: Mapping[str, Any]) -> TemplateText:
    return TemplateText(
        text=part["text"],
        placeholders=part["placeholders"],
        names=tuple(part.get("names", ())),
    )


_OF_CHANNEL = """
select name, language, category, status, components from message_templates
where tenant_id = %(tenant)s and channel_id = %(channel)s
order by status <> 'APPROVED', name, language
"""
_ONE = """
select name, language, category, status, components from message_templates
where tenant_id = %(tenant)s and channel_id = %(channel)s and name = %(name)s
  and language = %(language)s
"""


async def of_channel(unit: Unit, channel: ChannelId) -> list[Template]:
    """Return a channel's templates, those that may be sent first."""
    params = {"tenant": unit.tenant, "channel": channel}
    return [row.template() for row in await unit.rows(_Row, _OF_CHANNEL, params)]


async def one(unit: Unit, channel: ChannelId, name: str, language: str) -> Template | None:
    """Return one template."""
    params = {
        "tenant": unit.tenant,
        "channel": channel,
        "name": name,
        "language": language,
    }
    found = await unit.row(_Row, _ONE, params)
    return None if found is None else found.template()


_SYNCED_AT = """
select min(synced_at) from message_templates
where tenant_id = %(tenant)s and channel_id = %(channel)s
"""


async def synced_at(unit: Unit, channel: ChannelId) -> datetime | None:
    """Return since when the list is known to be whole, None while nothing is known."""
    params = {"tenant": unit.tenant, "channel": channel}
    found: datetime | None = await unit.value(_SYNCED_AT, params)
    return found


_KEEP = """
insert into message_templates
    (tenant_id, channel_id, name, language, category, status, components)
values (%(tenant)s, %(channel)s, %(name)s, %(language)s, %(category)s, %(status)s,
        %(components)s)
on conflict (tenant_id, channel_id, name, language) do update
   set category = excluded.category, status = excluded.status,
       components = excluded.components, synced_at = now(),
       reason = case when message_templates.status = excluded.status
                     then message_templates.reason else '' end
"""
_FORGET_OTHERS = """
delete from message_templates
 where tenant_id = %(tenant)s and channel_id = %(channel)s
   and not ((name, language) in (
       select * from unnest(%(names)s::text[], %(languages)s::text[])))
"""


async def replace_all(
    unit: Unit, channel: ChannelId, templates: Sequence[Template]
) -> None:
    """Keep exactly these templates of a channel."""
    for template in templates:
        params = {
            "tenant": unit.tenant,
            "channel": channel,
            "name": template.name,
            "language": template.language,
            "category": template.category,
            "status": template.status,
            "components": Jsonb(_components(template)),
        }
        await unit.execute(_KEEP, params)
    await unit.execute(
        _FORGET_OTHERS,
        {
            "tenant": unit.tenant,
            "channel": channel,
            "names": [template.name for template in templates],
            "languages": [template.language for template in templates],
        },
    )


def _components(template: Template) -> dict[str, Any]:
    return {
        "header": None if template.header is None else asdict(template.header),
        "header_media": template.header_media,
        "body": asdict(template.body),
        "footer": template.footer,
        "buttons": [asdict(button) for button in template.buttons],
        "sendable": template.sendable,
    }


_SET_STATUS = """
update message_templates set status = %(status)s, reason = %(reason)s
 where tenant_id = %(tenant)s and channel_id = %(channel)s and name = %(name)s
   and language = %(language)s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a platform has just said about one template."""

    name: str
    language: str
    status: str
    reason: str


async def set_status(unit: Unit, channel: ChannelId, verdict: Verdict) -> bool:
    """Note a template's new status; return whether the template is known."""
    params = {
        "tenant": unit.tenant,
        "channel": channel,
        "name": verdict.name,
        "language": verdict.language,
        "status": verdict.status,
        "reason": verdict.reason,
    }
    return await unit.execute(_SET_STATUS, params) == 1
