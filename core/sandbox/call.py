"""One call to the Graph API, read; and the world it acts upon."""

import json
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.parser import BytesParser
from email.policy import HTTP
from urllib.parse import parse_qsl

from core.sandbox.accounts import Account, InstagramAccount, SandboxConfig, WhatsAppAccount
from core.sandbox.courier import Courier
from core.sandbox.faults import Endpoint
from core.sandbox.graph_errors import bad_parameter, no_such_object
from core.sandbox.state import SandboxState, Send

Json = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What every call may see: the accounts' state, the settings, the way to the companion."""

    config: SandboxConfig
    state: SandboxState
    courier: Courier
    url: str

    def now(self) -> datetime:
        """Return the time on the platform's clock."""
        return self.config.now()


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call whose token has been checked: `account` is the token's, `node` the first id."""

    world: World
    account: Account
    node: str
    params: Mapping[str, object]
    files: Mapping[str, tuple[str, bytes]]

    @property
    def whatsapp(self) -> WhatsAppAccount:
        """Return the token's account, which must be a WhatsApp number."""
        if not isinstance(self.account, WhatsAppAccount):
            raise no_such_object(self.node, "this")
        return self.account

    @property
    def instagram(self) -> InstagramAccount:
        """Return the token's account, which must be an Instagram one."""
        if not isinstance(self.account, InstagramAccount):
            raise no_such_object(self.node, "this")
        return self.account

    def text(self, name: str) -> str:
        """Return a parameter that must be there and be text."""
        value = self.params.get(name)
        if not isinstance(value, str) or not value:
            raise bad_parameter(f"The parameter {name} is required.")
        return value

    def record(
        self,
        endpoint: Endpoint,
        *,
        recipient: str,
        message_id: str,
        type: str,
        opaque_id: str | None = None,
    ) -> Send:
        """Write down that this call has taken effect, and return the entry."""
        send = Send(
            order=len(self.world.state.sends) + 1,
            endpoint=endpoint,
            account_id=self.account.account_id,
            recipient=recipient,
            message_id=message_id,
            opaque_id=opaque_id,
            type=type,
            body=dict(self.params),
            accepted_at=self.world.now(),
        )
        self.world.state.record(send)
        return send


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an accepted call gets, and the receipts that follow it."""

    body: Json
    receipts: Callable[[], Coroutine[object, object, None]] | None = None


SUCCESS = Answer(body={"success": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The parameters of a request body, whatever form they came in."""

    params: Mapping[str, object]
    files: Mapping[str, tuple[str, bytes]]


def read_form(content_type: str, body: bytes) -> Form:
    """Return the parameters of a body: JSON, url-encoded or multipart, as Graph takes all."""
    if not body:
        return Form(params={}, files={})
    if content_type.startswith("multipart/form-data"):
        return _multipart(content_type, body)
    if content_type.startswith("application/x-www-form-urlencoded"):
        return Form(params=dict(parse_qsl(body.decode("utf-8", "replace"))), files={})
    try:
        params = json.loads(body)
    except ValueError as error:
        raise bad_parameter("Invalid JSON in request body") from error
    if not isinstance(params, dict):
        raise bad_parameter("The request body must be a JSON object.")
    return Form(params=params, files={})


def _multipart(content_type: str, body: bytes) -> Form:
    """Split a multipart body with the standard library's MIME parser."""
    message = BytesParser(policy=HTTP).parsebytes(
        b"Content-Type: " + content_type.encode("latin-1") + b"\r\n\r\n" + body
    )
    params: dict[str, object] = {}
    files: dict[str, tuple[str, bytes]] = {}
    for part in message.iter_parts():
        name = str(part.get_param("name", "", header="content-disposition"))
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes):
            raise bad_parameter("A part of the form cannot be read.")
        if part.get_filename() is None:
            params[name] = content.decode("utf-8", "replace")
        else:
            files[name] = (part.get_content_type(), content)
    return Form(params=params, files=files)
