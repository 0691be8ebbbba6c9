"""Publishing on a Page: the wall, photos that wait to be shown, films, stories."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from core.sandbox.call import Answer, Call, Json, World
from core.sandbox.facebook import page_of
from core.sandbox.facebook_state import (
    PageFilm,
    PagePhoto,
    PagePost,
    PageStory,
    new_digits,
)
from core.sandbox.faults import Endpoint
from core.sandbox.fields import graph_time, parse_fields, select
from core.sandbox.graph_errors import bad_parameter, no_such_object, token_refused

LISTED = 25


async def publish_post(call: Call) -> Answer:
    """Publish words, a link, or photos that were uploaded before."""
    text, link = (str(call.params.get(name) or "") for name in ("message", "link"))
    photos = tuple(_attached(call))
    if not (text or link or photos):
        raise bad_parameter("The post is empty.")
    page = page_of(call)
    post = PagePost(
        id=f"{page.account_id}_{new_digits()}",
        page_id=page.account_id,
        author_id=page.account_id,
        text=text,
        link=link,
        photos=photos,
        created_at=call.world.now(),
    )
    call.world.state.facebook.posts[post.id] = post
    _record(call, post.id, "post")
    return Answer(body={"id": post.id})


def _attached(call: Call) -> list[str]:
    media = call.params.get("attached_media", [])
    if not isinstance(media, list):
        raise bad_parameter("attached_media must be a list.")
    found = []
    for one in media:
        photo = str(one.get("media_fbid")) if isinstance(one, Mapping) else ""
        if photo not in call.world.state.facebook.photos:
            raise bad_parameter("attached_media names no photo of this Page.")
        found.append(photo)
    return found


async def upload_photo(call: Call) -> Answer:
    """Fetch a photo; unless `published` is false it would be a post at once."""
    if str(call.params.get("published", "true")).lower() != "false":
        raise bad_parameter("The sandbox takes photos with published=false only.")
    await _fetch(call, call.text("url"))
    photo = PagePhoto(id=new_digits(), page_id=page_of(call).account_id)
    call.world.state.facebook.photos[photo.id] = photo
    return Answer(body={"id": photo.id})


async def _fetch(call: Call, url: str) -> None:
    try:
        fetched = await call.world.config.fetch(url)
    except OSError as error:
        raise bad_parameter("The file could not be fetched.") from error
    if fetched.status != 200 or not fetched.content:
        raise bad_parameter("The file could not be fetched.")


async def publish_video(call: Call) -> Answer:
    """Take a video by its address; it is published once it has been converted."""
    await _fetch(call, call.text("file_url"))
    film = _new_film(call, "video", str(call.params.get("description") or ""))
    film.uploaded = film.finished = True
    film.post_id = f"{film.page_id}_{film.id}"
    _record(call, film.id, "video")
    return Answer(body={"id": film.id})


def _new_film(call: Call, kind: str, description: str = "") -> PageFilm:
    film = PageFilm(
        id=new_digits(),
        page_id=page_of(call).account_id,
        kind=kind,
        created_at=call.world.now(),
        description=description,
        looks_left=call.world.config.container_polls,
    )
    call.world.state.facebook.films[film.id] = film
    return film


async def make_reel(call: Call) -> Answer:
    """Begin or finish a reel."""
    return _make(call, "reel")


async def make_film_story(call: Call) -> Answer:
    """Begin or finish a story that is a film."""
    return _make(call, "story")


def _make(call: Call, kind: str) -> Answer:
    phase = call.params.get("upload_phase")
    if phase == "start":
        film = _new_film(call, kind)
        address = f"{call.world.url}/video-upload/{film.id}"
        return Answer(body={"video_id": film.id, "upload_url": address})
    if phase != "finish":
        raise bad_parameter("The parameter upload_phase is invalid.")
    film = _film(call, call.text("video_id"))
    if film.kind != kind or not film.uploaded:
        raise bad_parameter("The film has not been uploaded.")
    film.description = str(call.params.get("description") or "")
    if not film.finished:
        film.finished = True
        film.post_id = f"{film.page_id}_{new_digits()}"
        film.looks_left = call.world.config.container_polls
    _record(call, film.id, kind)
    return Answer(body={"success": True, "post_id": film.post_id})


async def publish_photo_story(call: Call) -> Answer:
    """Show a photo as a story, once."""
    memory, photo = call.world.state.facebook, call.text("photo_id")
    if photo not in memory.photos:
        raise no_such_object(photo, "POST")
    if any(story.media_id == photo for story in memory.stories.values()):
        raise bad_parameter("This photo is a story already.")
    story = PageStory(
        post_id=f"{page_of(call).account_id}_{new_digits()}",
        page_id=page_of(call).account_id,
        media_id=photo,
        created_at=call.world.now(),
    )
    memory.stories[story.post_id] = story
    _record(call, story.post_id, "story")
    return Answer(body={"success": True, "post_id": story.post_id})


def _record(call: Call, made: str, kind: str) -> None:
    call.record(Endpoint.FACEBOOK_PUBLISH, recipient=call.node, message_id=made, type=kind)


async def show_film(call: Call) -> Answer:
    """Return how far a film is; looking at it is what moves it on."""
    film = _film(call, call.node)
    node: Json = {"id": film.id, "status": _status(film), "description": film.description}
    if film.finished:
        node["post_id"] = film.post_id
    film.looks_left = max(0, film.looks_left - 1)
    return Answer(body=select(node, parse_fields(str(call.params.get("fields", "id")))))


def _status(film: PageFilm) -> Json:
    if film.error:
        failed = {"status": "error", "error": {"message": film.error}}
        return {"video_status": "error", "processing_phase": failed}
    done = film.looks_left == 0
    published = film.finished and done
    return {
        "video_status": "ready" if published else "processing",
        "uploading_phase": {
            "status": "complete" if film.uploaded and done else "in_progress"
        },
        "processing_phase": {"status": "complete" if published else "in_progress"},
        "publishing_phase": {
            "status": "complete"
            if published
            else "in_progress"
            if film.finished
            else "not_started"
        },
    }


def _film(call: Call, film_id: str) -> PageFilm:
    film = call.world.state.facebook.films.get(film_id)
    if film is None or film.page_id != page_of(call).account_id:
        raise no_such_object(film_id, "GET")
    return film


async def list_posts(call: Call) -> Answer:
    """List the Page's own posts, newest first."""
    page_id = page_of(call).account_id
    posts = reversed(call.world.state.facebook.posts.values())
    return _listed(
        call,
        [_post(post) for post in posts if post.page_id == post.author_id == page_id],
    )


def _post(post: PagePost) -> Json:
    node: Json = {
        "id": post.id,
        "message": post.text,
        "created_time": graph_time(post.created_at),
        "permalink_url": f"https://www.facebook.com/{post.id}",
    }
    inner = [{"target": {"id": photo}} for photo in post.photos]
    attachment: Json = {}
    if len(inner) == 1:
        attachment = {"media_type": "photo", **inner[0]}
    elif inner:
        attachment = {"media_type": "album", "subattachments": {"data": inner}}
    elif post.link:
        attachment = {"media_type": "link", "unshimmed_url": f"{post.link}/"}
    if attachment:
        node["attachments"] = {"data": [attachment]}
    return node


async def list_videos(call: Call) -> Answer:
    """List the Page's videos, newest first."""
    films = reversed(call.world.state.facebook.films.values())
    nodes: list[Json] = [
        {
            "id": film.id,
            "description": film.description,
            "created_time": graph_time(film.created_at),
            "post_id": film.post_id,
        }
        for film in films
        if film.page_id == page_of(call).account_id and film.finished
    ]
    return _listed(call, nodes)


async def list_stories(call: Call) -> Answer:
    """List the Page's stories."""
    nodes: list[Json] = [
        {
            "post_id": story.post_id,
            "media_id": story.media_id,
            "media_type": "photo",
            "status": "PUBLISHED",
            "creation_time": str(int(story.created_at.timestamp())),
        }
        for story in call.world.state.facebook.stories.values()
        if story.page_id == page_of(call).account_id
    ]
    return Answer(body={"data": nodes})


def _listed(call: Call, nodes: list[Json]) -> Answer:
    wanted = parse_fields(str(call.params.get("fields", "id")))
    limit = int(str(call.params.get("limit") or LISTED))
    return Answer(body={"data": [select(node, wanted) for node in nodes[:limit]]})


def upload_routes(world: World) -> list[Route]:
    """Return the upload server's one address, which has an authorisation of its own."""

    async def upload(request: Request) -> Response:
        """Fetch a film from where `file_url` says that it lies."""
        film = world.state.facebook.films.get(request.path_params["film"])
        token = request.headers.get("authorization", "").removeprefix("OAuth ")
        if film is None or token not in {one.access_token for one in world.config.accounts}:
            return JSONResponse(token_refused().body(), status_code=401)
        try:
            fetched = await world.config.fetch(request.headers.get("file_url", ""))
        except OSError:
            return JSONResponse(bad_parameter("No file there.").body(), status_code=400)
        film.uploaded = fetched.status == 200 and bool(fetched.content)
        return JSONResponse({"success": film.uploaded})

    return [Route("/video-upload/{film}", upload, methods=["POST"])]
