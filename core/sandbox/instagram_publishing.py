"""Instagram publishing: containers become FINISHED, then a post, or fail on the way."""

from datetime import timedelta

from core.sandbox.call import Answer, Call, Json
from core.sandbox.faults import Endpoint
from core.sandbox.fields import graph_time, parse_fields, select
from core.sandbox.graph_errors import GraphError, bad_parameter, no_such_object
from core.sandbox.instagram_pages import page
from core.sandbox.state import Container, ContainerStatus, InstagramPost, new_node_id

CAPTION_LIMIT = 2200
CHILDREN_LIMIT = 10
KINDS = frozenset({"", "IMAGE", "VIDEO", "REELS", "STORIES", "CAROUSEL"})
CONTAINER_LIFE = timedelta(hours=24)
QUOTA_TOTAL = 100
QUOTA_PERIOD = timedelta(hours=24)


async def create(call: Call) -> Answer:
    """Start a post, or a part of one: the platform now fetches the pictures."""
    caption = call.params.get("caption", "")
    if not isinstance(caption, str) or len(caption) > CAPTION_LIMIT:
        raise GraphError(400, 36004, "The caption is too long.", subcode=2207010)
    kind = str(call.params.get("media_type", ""))
    if kind not in KINDS:
        raise bad_parameter("The parameter media_type is invalid.")
    children = _children(call) if kind == "CAROUSEL" else ()
    if not children and not (call.params.get("image_url") or call.params.get("video_url")):
        raise GraphError(400, 9004, "Only photo or video can be accepted.", subcode=2207052)
    container = Container(
        id=new_node_id(),
        account_id=call.instagram.account_id,
        caption=caption,
        created_at=call.world.now(),
        polls_left=call.world.config.container_polls,
        is_item=str(call.params.get("is_carousel_item", "")).lower() == "true",
        children=children,
        kind=kind,
    )
    call.world.state.containers[container.id] = container
    return Answer(body={"id": container.id})


def _children(call: Call) -> tuple[str, ...]:
    """Return the parts of a carousel, each of which must be finished."""
    told = call.params.get("children")
    names = told.split(",") if isinstance(told, str) else told
    if not isinstance(names, list) or not 1 < len(names) <= CHILDREN_LIMIT:
        raise bad_parameter(f"A carousel holds 2 to {CHILDREN_LIMIT} children.")
    for child in (_find(call, str(name)) for name in names):
        if not child.is_item or child.status_code is not ContainerStatus.FINISHED:
            raise GraphError(400, 9007, "Media ID is not available", subcode=2207027)
    return tuple(map(str, names))


async def show(call: Call) -> Answer:
    """Return how far a container is; looking at it is what moves it on."""
    container = _find(call, call.node)
    _expire(call, container)
    body: dict[str, object] = {
        "id": container.id,
        "status_code": container.status_code.value,
    }
    if container.status:
        body["status"] = container.status
    if container.status_code is ContainerStatus.IN_PROGRESS:
        container.polls_left -= 1
        if container.polls_left < 1:
            container.status_code = ContainerStatus.FINISHED
    return Answer(body=select(body, parse_fields(str(call.params.get("fields", "id")))))


async def publish(call: Call) -> Answer:
    """Publish a finished container, once: PUBLISHED never leads to a second post."""
    container = _find(call, call.text("creation_id"))
    _expire(call, container)
    if container.status_code is ContainerStatus.EXPIRED:
        raise GraphError(400, -2, "The media has expired.", subcode=2207020)
    if container.is_item or container.status_code is not ContainerStatus.FINISHED:
        raise GraphError(400, 9007, "Media ID is not available", subcode=2207027)
    if _used(call) >= QUOTA_TOTAL:
        raise GraphError(403, 9, "Application request limit reached", subcode=2207042)
    container.status_code = ContainerStatus.PUBLISHED
    post = InstagramPost(
        id=new_node_id(),
        account_id=container.account_id,
        caption=container.caption,
        published_at=call.world.now(),
        children=len(container.children),
    )
    call.world.state.posts[post.id] = post
    call.record(
        Endpoint.INSTAGRAM_PUBLISH, recipient=container.id, message_id=post.id, type="post"
    )
    return Answer(body={"id": post.id})


async def show_quota(call: Call) -> Answer:
    """Return how many posts of today's allowance are used."""
    config = {
        "quota_total": QUOTA_TOTAL,
        "quota_duration": int(QUOTA_PERIOD.total_seconds()),
    }
    return Answer(body={"data": [{"quota_usage": _used(call), "config": config}]})


async def list_posts(call: Call) -> Answer:
    """List the account's posts, newest first."""
    wanted = parse_fields(str(call.params.get("fields", "id")))
    account_id = call.instagram.account_id
    posts = [
        post
        for post in reversed(call.world.state.posts.values())
        if post.account_id == account_id
    ]
    part, told = page(call, [post.id for post in posts], f"{account_id}/media")
    nodes: list[Json] = [
        {
            "id": post.id,
            "caption": post.caption,
            "timestamp": graph_time(post.published_at),
            "permalink": f"{call.world.url}/p/{post.id}/",
        }
        for post in posts[part]
    ]
    body: Json = {"data": [select(node, wanted) for node in nodes]}
    if told:
        body["paging"] = told
    return Answer(body=body)


def _used(call: Call) -> int:
    since = call.world.now() - QUOTA_PERIOD
    return sum(
        1
        for post in call.world.state.posts.values()
        if post.account_id == call.instagram.account_id and post.published_at > since
    )


def _find(call: Call, container_id: str) -> Container:
    container = call.world.state.containers.get(container_id)
    if container is None or container.account_id != call.instagram.account_id:
        raise no_such_object(container_id, "GET")
    return container


def _expire(call: Call, container: Container) -> None:
    """Let an unpublished container die after a day."""
    old = call.world.now() - container.created_at >= CONTAINER_LIFE
    if old and container.status_code is not ContainerStatus.PUBLISHED:
        container.status_code = ContainerStatus.EXPIRED
