"""The WhatsApp Business Management API: tokens, numbers, templates, subscriptions."""

import re
from collections.abc import Mapping, Sequence

from core.sandbox.accounts import Account, WhatsAppAccount
from core.sandbox.call import SUCCESS, Answer, Call, Json
from core.sandbox.graph_errors import GraphError, bad_parameter
from core.sandbox.state import new_node_id
from core.sandbox.whatsapp_state import Template

APP_ID = "730000000000001"
PIN = "123456"
PIN_TRIES = 3
PAGE = 25
SCOPES = ("whatsapp_business_management", "whatsapp_business_messaging")

_PLACE = re.compile(r"\{\{\s*(\w+)\s*\}\}")


def token_data(owned: Sequence[Account], scopes: Sequence[str]) -> Json:
    """Return what Graph tells of a token: what it may do, for which business accounts."""
    businesses = [one.waba_id for one in owned if isinstance(one, WhatsAppAccount)]
    return {
        "app_id": APP_ID,
        "type": "SYSTEM_USER" if businesses else "PAGE",
        "is_valid": True,
        "expires_at": 0,
        "scopes": list(scopes),
        "granular_scopes": [
            {"scope": scope, "target_ids": businesses}
            for scope in scopes
            if businesses and scope in SCOPES
        ],
    }


async def list_numbers(call: Call) -> Answer:
    """List the numbers of a business account."""
    own = [
        account
        for account in call.world.state.accounts
        if isinstance(account, WhatsAppAccount) and account.waba_id == call.node
    ]
    return Answer(body={"data": [number_json(call, account) for account in own]})


async def describe_number(call: Call) -> Answer:
    """Return the phone number's own facts; a cheap way to try a token."""
    return Answer(body=number_json(call, call.whatsapp))


def number_json(call: Call, account: WhatsAppAccount) -> Json:
    """Return a number as the API shows it."""
    registered = account.account_id not in call.world.state.whatsapp.unregistered
    return {
        "id": account.account_id,
        "display_phone_number": account.display_phone_number,
        "verified_name": account.name,
        "quality_rating": "GREEN",
        "platform_type": "CLOUD_API" if registered else "NOT_APPLICABLE",
        "status": "CONNECTED" if registered else "DISCONNECTED",
    }


async def register(call: Call) -> Answer:
    """Register a number with its PIN; after three wrong ones the number is locked."""
    state, number = call.world.state.whatsapp, call.whatsapp.account_id
    if call.params.get("messaging_product") != "whatsapp":
        raise bad_parameter("The parameter messaging_product is required.")
    if state.wrong_pins.get(number, 0) >= PIN_TRIES:
        raise GraphError(400, 133008, "Too many two step verification PIN guesses")
    if call.text("pin") != PIN:
        state.wrong_pins[number] = state.wrong_pins.get(number, 0) + 1
        raise GraphError(400, 133005, "Two step verification PIN mismatch")
    state.unregistered.discard(number)
    return SUCCESS


async def deregister(call: Call) -> Answer:
    """Take a number off the Cloud API: it can send nothing until it is registered again."""
    call.world.state.whatsapp.unregistered.add(call.whatsapp.account_id)
    return SUCCESS


async def subscribe(call: Call) -> Answer:
    """Deliver the business account's webhooks to the app whose token this is."""
    call.world.state.subscriptions[call.node] = ("messages",)
    return SUCCESS


async def unsubscribe(call: Call) -> Answer:
    """Stop delivering."""
    call.world.state.subscriptions.pop(call.node, None)
    return SUCCESS


async def list_subscriptions(call: Call) -> Answer:
    """List the apps that the business account delivers to."""
    app = {"whatsapp_business_api_data": {"id": APP_ID, "name": "sandbox", "link": ""}}
    subscribed = call.node in call.world.state.subscriptions
    return Answer(body={"data": [app] if subscribed else []})


async def list_templates(call: Call) -> Answer:
    """List a page of the business account's templates."""
    own = call.world.state.whatsapp.of_account(call.node)
    limit = min(int(str(call.params.get("limit", PAGE))), PAGE)
    start = int(str(call.params.get("after", 0)) or 0)
    page = own[start : start + limit]
    body: Json = {"data": [_template_json(one) for one in page]}
    end = start + len(page)
    paging: Json = {"cursors": {"before": str(start), "after": str(end)}}
    if end < len(own):
        paging["next"] = f"{call.world.url}/{call.node}/message_templates?after={end}"
    if page:
        body["paging"] = paging
    return Answer(body=body)


def _template_json(template: Template) -> Json:
    return {
        "id": template.id,
        "name": template.name,
        "language": template.language,
        "category": template.category,
        "status": template.status,
        "components": template.components,
        "parameter_format": "NAMED" if template.named else "POSITIONAL",
    }


async def create_template(call: Call) -> Answer:
    """Take a template in; it waits for its review."""
    components = call.params.get("components")
    if not isinstance(components, list) or not components:
        raise bad_parameter("The parameter components is required.")
    name, language = call.text("name"), call.text("language")
    state = call.world.state.whatsapp
    for other in state.of_account(call.node):
        if (other.name, other.language) == (name, language):
            text = "Content in this language already exists"
            raise GraphError(400, 100, text, subcode=2388024)
    template = Template(
        id=new_node_id(),
        waba_id=call.node,
        name=name,
        language=language,
        category=call.text("category"),
        status="PENDING",
        components=components,
        named=call.params.get("parameter_format") == "NAMED",
    )
    state.templates[template.id] = template
    return Answer(
        body={"id": template.id, "status": "PENDING", "category": template.category}
    )


def check_template(call: Call, wanted: Mapping[str, object]) -> None:
    """Refuse a template that is unknown, not approved, or wrongly filled in.

    An account without any template takes every one, so that a test about something else
    need not make one first.
    """
    own = call.world.state.whatsapp.of_account(call.whatsapp.waba_id)
    language = wanted.get("language")
    code = language.get("code") if isinstance(language, Mapping) else None
    named = [one for one in own if (one.name, one.language) == (wanted.get("name"), code)]
    if not own:
        return
    if not named:
        raise GraphError(404, 132001, "Template name does not exist in the translation")
    template = named[0]
    if template.status != "APPROVED":
        paused = {"PAUSED": 132015, "DISABLED": 132016}.get(template.status, 132001)
        raise GraphError(400, paused, f"Template is {template.status.lower()}")
    _check_parameters(template, wanted)


def _check_parameters(template: Template, wanted: Mapping[str, object]) -> None:
    given = {"header": 0, "body": 0}
    components = wanted.get("components")
    for component in components if isinstance(components, list) else []:
        kind = str(component.get("type"))
        texts = [
            one for one in component.get("parameters", []) if one.get("type") == "text"
        ]
        if template.named and any("parameter_name" not in one for one in texts):
            raise GraphError(400, 132000, "Parameter name is missing")
        given[kind] = given.get(kind, 0) + len(texts)
    for part in template.components:
        if not isinstance(part, Mapping):
            continue
        kind = str(part.get("type")).lower()
        places = len(set(_PLACE.findall(str(part.get("text", "")))))
        if kind in given and kind != "button" and given[kind] != places:
            details = f"{kind}: expected {places} parameters, got {given[kind]}"
            text = "Number of parameters does not match"
            raise GraphError(400, 132000, text, details=details)
