"""The calls that the sandbox answers: method, node, edge, and who answers."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from core.domain.channel import PlatformName
from core.sandbox import facebook_operations, instagram, whatsapp
from core.sandbox import instagram_comments as comments
from core.sandbox import instagram_publishing as publishing
from core.sandbox import instagram_threads as threads
from core.sandbox import whatsapp_business as business
from core.sandbox.accounts import (
    Account,
    FacebookAccount,
    InstagramAccount,
    WhatsAppAccount,
)
from core.sandbox.call import Answer, Call
from core.sandbox.facebook_operations import PageNode
from core.sandbox.faults import Endpoint
from core.sandbox.graph_errors import no_such_object
from core.sandbox.state import SandboxState

APPS = "subscribed_apps"
TEMPLATES = "message_templates"
QUOTA = "content_publishing_limit"


class Node(Enum):
    """What an id in a path stands for."""

    NUMBER = auto()
    WABA = auto()
    FILE = auto()
    ACCOUNT = auto()
    PERSON = auto()
    THREAD = auto()
    POST = auto()
    COMMENT = auto()
    CONTAINER = auto()
    MESSAGE = auto()


@dataclass(frozen=True, slots=True)
class Operation:
    """One row of the table: `edge` is the path behind the node, empty for the node itself."""

    method: str
    node: Node | PageNode
    edge: str
    endpoint: Endpoint
    run: Callable[[Call], Awaitable[Answer]]


OPERATIONS = (
    Operation(
        "POST", Node.NUMBER, "messages", Endpoint.WHATSAPP_MESSAGES, whatsapp.send_message
    ),
    Operation("POST", Node.NUMBER, "media", Endpoint.WHATSAPP_MEDIA, whatsapp.upload_media),
    Operation("GET", Node.NUMBER, "", Endpoint.WHATSAPP_ACCOUNT, business.describe_number),
    Operation("GET", Node.FILE, "", Endpoint.WHATSAPP_MEDIA, whatsapp.find_media),
    Operation("DELETE", Node.FILE, "", Endpoint.WHATSAPP_MEDIA, whatsapp.delete_media),
    Operation(
        "POST", Node.NUMBER, "register", Endpoint.WHATSAPP_ACCOUNT, business.register
    ),
    Operation(
        "POST", Node.NUMBER, "deregister", Endpoint.WHATSAPP_ACCOUNT, business.deregister
    ),
    Operation(
        "GET", Node.WABA, "phone_numbers", Endpoint.WHATSAPP_ACCOUNT, business.list_numbers
    ),
    Operation(
        "GET", Node.WABA, TEMPLATES, Endpoint.WHATSAPP_TEMPLATES, business.list_templates
    ),
    Operation(
        "POST", Node.WABA, TEMPLATES, Endpoint.WHATSAPP_TEMPLATES, business.create_template
    ),
    Operation("POST", Node.WABA, APPS, Endpoint.WHATSAPP_ACCOUNT, business.subscribe),
    Operation("DELETE", Node.WABA, APPS, Endpoint.WHATSAPP_ACCOUNT, business.unsubscribe),
    Operation(
        "GET", Node.WABA, APPS, Endpoint.WHATSAPP_ACCOUNT, business.list_subscriptions
    ),
    Operation(
        "GET", Node.ACCOUNT, "", Endpoint.INSTAGRAM_ACCOUNT, instagram.describe_account
    ),
    Operation("POST", Node.ACCOUNT, APPS, Endpoint.INSTAGRAM_ACCOUNT, instagram.subscribe),
    Operation(
        "DELETE", Node.ACCOUNT, APPS, Endpoint.INSTAGRAM_ACCOUNT, instagram.unsubscribe
    ),
    Operation(
        "GET", Node.ACCOUNT, APPS, Endpoint.INSTAGRAM_ACCOUNT, instagram.list_subscriptions
    ),
    Operation(
        "POST",
        Node.ACCOUNT,
        "messages",
        Endpoint.INSTAGRAM_MESSAGES,
        instagram.send_message,
    ),
    Operation(
        "GET", Node.ACCOUNT, "conversations", Endpoint.INSTAGRAM_THREADS, threads.list_all
    ),
    Operation("GET", Node.THREAD, "", Endpoint.INSTAGRAM_THREADS, threads.show),
    Operation(
        "GET", Node.THREAD, "messages", Endpoint.INSTAGRAM_THREADS, threads.list_messages
    ),
    Operation("GET", Node.PERSON, "", Endpoint.INSTAGRAM_PROFILE, instagram.show_profile),
    Operation("GET", Node.POST, "comments", Endpoint.INSTAGRAM_COMMENTS, comments.page),
    Operation("GET", Node.COMMENT, "", Endpoint.INSTAGRAM_COMMENTS, comments.show),
    Operation("POST", Node.COMMENT, "", Endpoint.INSTAGRAM_COMMENTS, comments.hide),
    Operation("DELETE", Node.COMMENT, "", Endpoint.INSTAGRAM_COMMENTS, comments.delete),
    Operation("POST", Node.COMMENT, "replies", Endpoint.INSTAGRAM_REPLIES, comments.reply),
    Operation(
        "GET", Node.COMMENT, "replies", Endpoint.INSTAGRAM_COMMENTS, comments.replies
    ),
    Operation(
        "POST",
        Node.ACCOUNT,
        "mentions",
        Endpoint.INSTAGRAM_REPLIES,
        comments.answer_mention,
    ),
    Operation("GET", Node.MESSAGE, "", Endpoint.INSTAGRAM_THREADS, threads.show_message),
    Operation(
        "GET", Node.ACCOUNT, "media", Endpoint.INSTAGRAM_POSTS, publishing.list_posts
    ),
    Operation(
        "POST", Node.ACCOUNT, "media", Endpoint.INSTAGRAM_CONTAINERS, publishing.create
    ),
    Operation("GET", Node.CONTAINER, "", Endpoint.INSTAGRAM_CONTAINERS, publishing.show),
    Operation(
        "POST",
        Node.ACCOUNT,
        "media_publish",
        Endpoint.INSTAGRAM_PUBLISH,
        publishing.publish,
    ),
    Operation(
        "GET", Node.ACCOUNT, QUOTA, Endpoint.INSTAGRAM_PUBLISH, publishing.show_quota
    ),
    *(Operation(*row) for row in facebook_operations.ROWS),
)


def find_operation(method: str, node: Node | PageNode, edge: str) -> Operation | None:
    """Return the row for a call, None when Graph has no such edge here."""
    for operation in OPERATIONS:
        if (operation.method, operation.node, operation.edge) == (method, node, edge):
            return operation
    return None


def resolve_node(
    state: SandboxState, accounts: Sequence[Account], node_id: str
) -> tuple[Account, Node | PageNode]:
    """Return what `node_id` is, and the account that a token's holder reaches it through.

    A token sees its own accounts only: another's number is as unknown as a typo.
    """
    for account in accounts:
        node = _node(state, account, node_id)
        if node is not None:
            return account, node
    raise no_such_object(node_id, "GET")


def _node(state: SandboxState, account: Account, node_id: str) -> Node | PageNode | None:
    """Return what an id is to one account; those that speak no Graph know none."""
    if isinstance(account, WhatsAppAccount):
        return _whatsapp_node(state, account, node_id)
    if isinstance(account, InstagramAccount):
        return _instagram_node(state, account, node_id)
    if isinstance(account, FacebookAccount):
        return facebook_operations.node_of(state, account, node_id)
    return None


def _whatsapp_node(
    state: SandboxState, account: WhatsAppAccount, node_id: str
) -> Node | None:
    own = {
        account.account_id: Node.NUMBER,
        account.waba_id: Node.WABA,
    }
    return own.get(node_id, Node.FILE if node_id in state.media else None)


def _instagram_node(
    state: SandboxState, account: InstagramAccount, node_id: str
) -> Node | None:
    if node_id in ("me", account.account_id):
        return Node.ACCOUNT
    person = state.people.get(node_id)
    if person is not None and person.platform is PlatformName.INSTAGRAM:
        return Node.PERSON
    for node, memory in (
        (Node.THREAD, state.threads),
        (Node.POST, state.posts),
        (Node.COMMENT, state.comments),
        (Node.CONTAINER, state.containers),
    ):
        if node_id in memory:
            return node
    said = (message.id for thread in state.threads.values() for message in thread.messages)
    return Node.MESSAGE if node_id in said else None


def refine(operation: Operation, call: Call) -> Endpoint:
    """Return the kind of call a fault rule sees: receipts and typing are not messages.

    They share the messages' address, and a rule that cuts "the third message" must not
    be used up by a read mark.
    """
    if operation.endpoint is Endpoint.WHATSAPP_MESSAGES and "status" in call.params:
        return Endpoint.WHATSAPP_RECEIPTS
    if operation.endpoint is Endpoint.INSTAGRAM_MESSAGES and "sender_action" in call.params:
        return Endpoint.INSTAGRAM_ACTIONS
    if operation.endpoint is Endpoint.FACEBOOK_MESSAGES and "sender_action" in call.params:
        return Endpoint.FACEBOOK_ACTIONS
    return operation.endpoint


def recipient_of(call: Call) -> str | None:
    """Return who a call is for, in the terms a fault rule uses."""
    recipient = call.params.get("recipient")
    if isinstance(recipient, dict):
        return str(recipient.get("id") or recipient.get("comment_id"))
    to = call.params.get("to") or recipient
    return None if to is None else str(to).lstrip("+")
