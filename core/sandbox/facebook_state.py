"""What the sandbox remembers of Pages: messages, comments, posts, films, stories."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime

ALL_TASKS = ("MANAGE", "CREATE_CONTENT", "MODERATE", "MESSAGING", "ADVERTISE", "ANALYZE")
PAGE_SCOPES = (
    "pages_show_list",
    "pages_manage_metadata",
    "pages_messaging",
    "pages_read_engagement",
    "pages_read_user_content",
    "pages_manage_engagement",
    "pages_manage_posts",
)
"""What there is to allow on a Page."""


@dataclass(slots=True, kw_only=True)
class PageMessage:
    """A message of a Messenger conversation; `sender_id` is a customer or the Page."""

    id: str
    created_at: datetime
    sender_id: str
    recipient_id: str
    text: str
    picture_url: str | None = None
    reaction: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageThread:
    """A conversation between a Page and one person."""

    id: str
    page_id: str
    person_id: str
    messages: list[PageMessage] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class PageComment:
    """A comment under a post, or under another comment."""

    id: str
    post_id: str
    page_id: str
    author_id: str
    author_name: str
    text: str
    created_at: datetime
    parent_id: str | None = None
    hidden: bool = False
    privately_answered: bool = False


@dataclass(slots=True, kw_only=True)
class PagePost:
    """A post on a Page's wall; `author_id` is the Page's or a visitor's."""

    id: str
    page_id: str
    author_id: str
    text: str
    created_at: datetime
    link: str = ""
    photos: tuple[str, ...] = ()
    privately_answered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePhoto:
    """A photo that was uploaded without being shown."""

    id: str
    page_id: str


@dataclass(slots=True, kw_only=True)
class PageFilm:
    """A video, reel or story in the making; each look at it brings it a step further."""

    id: str
    page_id: str
    kind: str
    created_at: datetime
    description: str = ""
    looks_left: int = 1
    uploaded: bool = False
    finished: bool = False
    error: str = ""
    post_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageStory:
    """A story that is shown."""

    post_id: str
    page_id: str
    media_id: str
    created_at: datetime


@dataclass(slots=True, kw_only=True)
class FacebookState:
    """All of it, for all Pages.

    `empty_pages` is how many pages of comments come out empty though more follow; `tasks`
    are what the person who logs in may do on a Page, all where it is not listed; `scopes`
    are what a Page's token was given for.
    """

    threads: dict[str, PageThread] = field(default_factory=dict)
    comments: dict[str, PageComment] = field(default_factory=dict)
    posts: dict[str, PagePost] = field(default_factory=dict)
    photos: dict[str, PagePhoto] = field(default_factory=dict)
    films: dict[str, PageFilm] = field(default_factory=dict)
    stories: dict[str, PageStory] = field(default_factory=dict)
    tasks: dict[str, tuple[str, ...]] = field(default_factory=dict)
    scopes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    empty_pages: int = 0

    def clear(self) -> None:
        """Forget everything."""
        for memory in (
            self.threads,
            self.comments,
            self.posts,
            self.photos,
            self.films,
            self.stories,
            self.tasks,
            self.scopes,
        ):
            memory.clear()
        self.empty_pages = 0

    def thread(self, page_id: str, person_id: str) -> PageThread:
        """Return the conversation of these two, opened if it is their first word."""
        for thread in self.threads.values():
            if (thread.page_id, thread.person_id) == (page_id, person_id):
                return thread
        opened = PageThread(id=f"t_{new_digits()}", page_id=page_id, person_id=person_id)
        self.threads[opened.id] = opened
        return opened

    def message(self, message_id: str) -> PageMessage | None:
        """Return a message by its id."""
        for thread in self.threads.values():
            for message in thread.messages:
                if message.id == message_id:
                    return message
        return None


def new_digits() -> str:
    """Return a fresh number as the Graph gives to photos, films and parts of other ids."""
    return "122" + "".join(secrets.choice("0123456789") for _ in range(13))


def new_message_id() -> str:
    """Return a fresh Messenger message id."""
    return "m_" + secrets.token_urlsafe(48)
