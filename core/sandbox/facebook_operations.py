"""The calls about Pages that the sandbox answers, and what ids are to a Page."""

from collections.abc import Awaitable, Callable
from enum import Enum, auto

from core.domain.channel import PlatformName
from core.sandbox import facebook
from core.sandbox import facebook_comments as comments
from core.sandbox import facebook_publishing as publishing
from core.sandbox import facebook_threads as threads
from core.sandbox.accounts import FacebookAccount
from core.sandbox.call import Answer, Call
from core.sandbox.faults import Endpoint
from core.sandbox.state import SandboxState

APPS = "subscribed_apps"


class PageNode(Enum):
    """What an id in a path stands for."""

    PAGE = auto()
    PERSON = auto()
    THREAD = auto()
    POST = auto()
    COMMENT = auto()
    FILM = auto()


Row = tuple[str, PageNode, str, Endpoint, Callable[[Call], Awaitable[Answer]]]

ROWS: tuple[Row, ...] = (
    ("GET", PageNode.PAGE, "", Endpoint.FACEBOOK_ACCOUNT, facebook.describe_page),
    ("POST", PageNode.PAGE, APPS, Endpoint.FACEBOOK_ACCOUNT, facebook.subscribe),
    ("DELETE", PageNode.PAGE, APPS, Endpoint.FACEBOOK_ACCOUNT, facebook.unsubscribe),
    ("GET", PageNode.PAGE, APPS, Endpoint.FACEBOOK_ACCOUNT, facebook.list_subscriptions),
    ("POST", PageNode.PAGE, "messages", Endpoint.FACEBOOK_MESSAGES, facebook.send_message),
    ("GET", PageNode.PERSON, "", Endpoint.FACEBOOK_PROFILE, facebook.show_profile),
    ("GET", PageNode.PAGE, "conversations", Endpoint.FACEBOOK_THREADS, threads.list_all),
    ("GET", PageNode.THREAD, "", Endpoint.FACEBOOK_THREADS, threads.show),
    (
        "GET",
        PageNode.THREAD,
        "messages",
        Endpoint.FACEBOOK_THREADS,
        threads.list_messages,
    ),
    ("GET", PageNode.POST, "comments", Endpoint.FACEBOOK_COMMENTS, comments.page),
    ("GET", PageNode.COMMENT, "comments", Endpoint.FACEBOOK_COMMENTS, comments.page),
    ("GET", PageNode.COMMENT, "", Endpoint.FACEBOOK_COMMENTS, comments.show),
    ("POST", PageNode.COMMENT, "", Endpoint.FACEBOOK_COMMENTS, comments.change),
    ("DELETE", PageNode.COMMENT, "", Endpoint.FACEBOOK_COMMENTS, comments.delete),
    ("POST", PageNode.POST, "comments", Endpoint.FACEBOOK_REPLIES, comments.reply),
    ("POST", PageNode.COMMENT, "comments", Endpoint.FACEBOOK_REPLIES, comments.reply),
    ("GET", PageNode.PAGE, "posts", Endpoint.FACEBOOK_LISTS, publishing.list_posts),
    ("GET", PageNode.PAGE, "videos", Endpoint.FACEBOOK_LISTS, publishing.list_videos),
    ("GET", PageNode.PAGE, "stories", Endpoint.FACEBOOK_LISTS, publishing.list_stories),
    ("GET", PageNode.FILM, "", Endpoint.FACEBOOK_LISTS, publishing.show_film),
    ("POST", PageNode.PAGE, "feed", Endpoint.FACEBOOK_PUBLISH, publishing.publish_post),
    ("POST", PageNode.PAGE, "photos", Endpoint.FACEBOOK_UPLOADS, publishing.upload_photo),
    ("POST", PageNode.PAGE, "videos", Endpoint.FACEBOOK_PUBLISH, publishing.publish_video),
    (
        "POST",
        PageNode.PAGE,
        "video_reels",
        Endpoint.FACEBOOK_PUBLISH,
        publishing.make_reel,
    ),
    (
        "POST",
        PageNode.PAGE,
        "video_stories",
        Endpoint.FACEBOOK_PUBLISH,
        publishing.make_film_story,
    ),
    (
        "POST",
        PageNode.PAGE,
        "photo_stories",
        Endpoint.FACEBOOK_PUBLISH,
        publishing.publish_photo_story,
    ),
)


def node_of(state: SandboxState, account: FacebookAccount, node_id: str) -> PageNode | None:
    """Return what an id is to a Page, None when it knows no such thing."""
    if node_id in ("me", account.account_id):
        return PageNode.PAGE
    person = state.people.get(node_id)
    if person is not None and person.platform is PlatformName.FACEBOOK:
        return PageNode.PERSON
    for node, memory in (
        (PageNode.THREAD, state.facebook.threads),
        (PageNode.POST, state.facebook.posts),
        (PageNode.COMMENT, state.facebook.comments),
        (PageNode.FILM, state.facebook.films),
    ):
        if node_id in memory:
            return node
    return None
