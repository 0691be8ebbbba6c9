"""Why Instagram would never take a post, as far as that shows before asking it.

Limits are those of CONTRACTS 3.4. What only Instagram can measure (a film's length, the
shape of a picture whose bytes are not here) it says itself, in its error codes.
"""

import re
from typing import Final

from core.platforms.instagram.pictures import jpeg_size
from core.platforms.publishing import PostContent, PostFormat, PostMedia

CAPTION_LIMIT: Final = 2200
HASHTAG_LIMIT: Final = 30
MENTION_LIMIT: Final = 20
CHILDREN: Final = range(2, 11)
IMAGE_LIMIT_BYTES: Final = 8 * 1024 * 1024
NARROWEST: Final = 4 / 5
WIDEST: Final = 1.91
_ROUNDING: Final = 0.01
IMAGE_TYPES: Final = frozenset({"image/jpeg"})
VIDEO_TYPES: Final = frozenset({"video/mp4", "video/quicktime"})
FORMATS: Final = frozenset(
    {
        PostFormat.IMAGE,
        PostFormat.VIDEO,
        PostFormat.REEL,
        PostFormat.STORY,
        PostFormat.CAROUSEL,
    }
)
_ACCEPTED: Final = {
    PostFormat.IMAGE: IMAGE_TYPES,
    PostFormat.VIDEO: VIDEO_TYPES,
    PostFormat.REEL: VIDEO_TYPES,
    PostFormat.STORY: IMAGE_TYPES | VIDEO_TYPES,
    PostFormat.CAROUSEL: IMAGE_TYPES | VIDEO_TYPES,
}
_HASHTAG: Final = re.compile(r"(?<![\w&])#\w+")
_MENTION: Final = re.compile(r"(?<![\w.])@\w+")


def problem(content: PostContent) -> str:
    """Return why Instagram would never take the post, empty when it may."""
    if content.format not in FORMATS:
        return "Instagram takes no posts without a picture or a video."
    return _text_problem(content) or _media_problem(content)


def _text_problem(content: PostContent) -> str:
    if content.format is PostFormat.STORY and content.text.strip():
        return "A story on Instagram carries no text."
    if len(content.text) > CAPTION_LIMIT:
        return f"A caption on Instagram has at most {CAPTION_LIMIT} characters."
    if len(_HASHTAG.findall(content.text)) > HASHTAG_LIMIT:
        return f"A caption on Instagram has at most {HASHTAG_LIMIT} hashtags."
    if len(_MENTION.findall(content.text)) > MENTION_LIMIT:
        return f"A caption on Instagram names at most {MENTION_LIMIT} accounts."
    return ""


def _media_problem(content: PostContent) -> str:
    count = len(content.media)
    if content.format is PostFormat.CAROUSEL:
        if count not in CHILDREN:
            return "A carousel on Instagram holds 2 to 10 pictures and videos."
    elif count != 1:
        return "This kind of post on Instagram holds one picture or video."
    accepted = _ACCEPTED[content.format]
    for media in content.media:
        if media.mime_type not in accepted:
            names = ", ".join(sorted(name.partition("/")[2] for name in accepted))
            return f"Instagram takes files of these kinds here: {names}."
        if media.mime_type in IMAGE_TYPES and (found := _picture_problem(content, media)):
            return found
    return ""


def _picture_problem(content: PostContent, media: PostMedia) -> str:
    """Return what is wrong with a picture, where its bytes are here to be looked at."""
    if media.content is None:
        return ""
    if len(media.content) > IMAGE_LIMIT_BYTES:
        return "A picture on Instagram has at most 8 MB."
    size = jpeg_size(media.content)
    if size is None:
        return f"{media.file_name} is not a JPEG picture."
    ratio = size[0] / size[1]
    fits = NARROWEST - _ROUNDING <= ratio <= WIDEST + _ROUNDING
    if content.format is PostFormat.STORY or fits:
        return ""
    return "A picture on Instagram is between 4:5 upright and 1.91:1 across."
