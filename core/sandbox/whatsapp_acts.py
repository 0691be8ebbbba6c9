"""What customers do on WhatsApp besides writing, and what WhatsApp says about an account.

Each act is one signed webhook in the shape of the real one. A number that a customer gives
up is forgotten here, so that whoever writes to it finds nobody.
"""

from collections.abc import Mapping, Sequence

from core.domain.channel import PlatformName
from core.sandbox.accounts import WhatsAppAccount
from core.sandbox.call import World
from core.sandbox.state import Person, new_wamid
from core.sandbox.webhooks import Payload, whatsapp_change, whatsapp_message
from core.sandbox.writing import Written


async def send_part(
    world: World, person: Person, part: Mapping[str, object], message_id: str | None = None
) -> Written:
    """Send any kind of message as `person`: `part` holds its `type` and body."""
    world.state.people[person.id] = person
    account = world.state.account(WhatsAppAccount)
    own_id = message_id or new_wamid()
    payload = whatsapp_message(account, person, own_id, world.now(), dict(part))
    return await _deliver(world, own_id, payload)


async def press(
    world: World, person: Person, choice_id: str, title: str, answering: str
) -> Written:
    """Press a button under one of our messages."""
    reply = {"id": choice_id, "title": title}
    interactive = {"type": "button_reply", "button_reply": reply}
    context = {"from": world.state.account(WhatsAppAccount).account_id, "id": answering}
    part = {"type": "interactive", "interactive": interactive, "context": context}
    return await send_part(world, person, part)


async def react(world: World, person: Person, target: str, emoji: str) -> Written:
    """Put a reaction on a message; an empty `emoji` takes it back."""
    reaction: Payload = {"message_id": target}
    if emoji:
        reaction["emoji"] = emoji
    return await send_part(world, person, {"type": "reaction", "reaction": reaction})


async def edit(world: World, person: Person, target: str, text: str) -> Written:
    """Change the words of a message sent earlier."""
    changed = {"type": "text", "text": {"body": text}}
    body = {"original_message_id": target, "message": changed}
    return await send_part(world, person, {"type": "edit", "edit": body})


async def revoke(world: World, person: Person, target: str) -> Written:
    """Take a message back."""
    body = {"original_message_id": target}
    return await send_part(world, person, {"type": "revoke", "revoke": body})


async def share_location(
    world: World, person: Person, latitude: float, longitude: float, name: str
) -> Written:
    """Send a place."""
    place = {"latitude": latitude, "longitude": longitude, "name": name}
    return await send_part(world, person, {"type": "location", "location": place})


async def order(
    world: World, person: Person, lines: Sequence[Mapping[str, object]]
) -> Written:
    """Order from the catalogue."""
    body = {"catalog_id": "1948", "text": "", "product_items": [dict(one) for one in lines]}
    return await send_part(world, person, {"type": "order", "order": body})


async def change_number(world: World, person: Person, new_number: str) -> Written:
    """Move to another number: WhatsApp tells it by a message of its own."""
    account = world.state.account(WhatsAppAccount)
    old = world.state.people.pop(person.id, person)
    body = f"User {old.name} changed from {old.id} to {new_number}"
    message: Payload = {
        "from": old.id,
        "id": new_wamid(),
        "timestamp": str(int(world.now().timestamp())),
        "type": "system",
        "system": {"body": body, "wa_id": new_number, "type": "user_changed_number"},
    }
    payload = whatsapp_change(account, "messages", {"messages": [message]})
    return await _deliver(world, str(message["id"]), payload)


async def call(world: World, person: Person, *, seconds: int) -> tuple[Written, Written]:
    """Call the business and hang up after `seconds`: two webhooks about one call."""
    account = world.state.account(WhatsAppAccount)
    call_id = new_wamid().replace("wamid", "wacid")
    entry: Payload = {
        "id": call_id,
        "from": person.id,
        "to": account.display_phone_number,
        "timestamp": str(int(world.now().timestamp())),
        "direction": "USER_INITIATED",
    }
    ended = {"event": "terminate", "status": "COMPLETED", "duration": seconds}
    card = {"profile": {"name": person.name}, "wa_id": person.id}
    rung, over = (
        whatsapp_change(account, "calls", {"contacts": [card], "calls": [entry | more]})
        for more in ({"event": "connect"}, ended)
    )
    return await _deliver(world, call_id, rung), await _deliver(world, call_id, over)


async def write_in_app(world: World, person: Person, text: str) -> Written:
    """Answer a customer in the phone's own app, behind the companion's back."""
    account = world.state.account(WhatsAppAccount)
    message: Payload = {
        "from": account.display_phone_number,
        "to": person.id,
        "id": new_wamid(),
        "timestamp": str(int(world.now().timestamp())),
        "type": "text",
        "text": {"body": text},
    }
    echoes: Payload = {"message_echoes": [message]}
    payload = whatsapp_change(account, "smb_message_echoes", echoes)
    return await _deliver(world, str(message["id"]), payload)


async def tell(world: World, field: str, value: Mapping[str, object]) -> Written:
    """Say something about the account itself: `account_update` and its like."""
    account = world.state.account(WhatsAppAccount)
    entry = {
        "id": account.waba_id,
        "time": int(world.now().timestamp()),
        "changes": [{"field": field, "value": dict(value)}],
    }
    payload: Payload = {"object": "whatsapp_business_account", "entry": [entry]}
    return await _deliver(world, account.waba_id, payload)


async def review_template(world: World, template_id: str, verdict: str) -> Written:
    """Approve, reject or pause a template, and tell it by webhook."""
    template = world.state.whatsapp.templates[template_id]
    template.status = verdict
    value = {
        "event": verdict,
        "message_template_id": int(template.id),
        "message_template_name": template.name,
        "message_template_language": template.language,
        "reason": "NONE" if verdict == "APPROVED" else "QUALITY",
    }
    return await tell(world, "message_template_status_update", value)


async def _deliver(world: World, act_id: str, payload: Payload) -> Written:
    delivery = await world.courier.deliver(PlatformName.WHATSAPP, payload)
    return Written(id=act_id, delivery=delivery)
