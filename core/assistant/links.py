"""The links and addresses in a text, as whoever reads it could follow them.

Messengers turn more into a link than what begins with http: a bare domain is enough. So a
domain is looked for in any script: one whose letters only look like ours is another one.
"""

import re
from collections.abc import Iterable

_TLDS = (
    "com net org info biz io app dev ai co me tv shop store site online xyz club live link "
    "click top page art cafe coffee restaurant paris bio eco pro name mobi cloud blog news "
    "media agency digital company work works zone world life today space website tech "
    "example test local onion edu gov int mil asia cat jobs museum tel travel post "
    "ac ad ae af ag al am ao ar at au az ba bd be bf bg bh bi bj bo br bs bw by bz ca cc cd "
    "cf cg ch ci ck cl cm cn cr cu cv cy cz de dj dk dm do dz ec ee eg es eu fi fj fm fo fr "
    "ga gd ge gf gg gh gi gl gm gn gp gr gt gy hk hn hr ht hu id ie il im in iq ir is it je "
    "jm jo jp ke kg kh kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md mg mk ml mm mn "
    "mo mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph "
    "pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sk sl sm sn so sr "
    "st su sv sy sz tc td tg th tj tk tl tm tn to tr tt tw tz ua ug uk us uy uz va vc ve vg "
    "vi vn vu wf ws ye yt za zm zw"
)
_SCHEME = r"[a-zA-Z][a-zA-Z0-9+.\-]{1,20}://[^\s<>\"]+"
_BARE_SCHEME = (
    r"(?:mailto|tel|sms|javascript|data|file|vbscript|whatsapp|blob|about):[^\s<>\"]+"
)
_DOMAIN = (
    r"(?<![\w@.\-])(?:www\.[^\s<>\"]+"
    rf"|(?:[\w\-]+\.)+(?:xn--[\w\-]+|(?:{'|'.join(_TLDS.split())})(?![\w\-])"
    r"|[^\W\d_a-zA-Z][\w\-]*)(?:[:/?#][^\s<>\"]*)?)"
)
_NUMERIC = r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?:[:/][^\s<>\"]*)"
_LINK = re.compile(rf"{_SCHEME}|{_BARE_SCHEME}|{_DOMAIN}|{_NUMERIC}", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s<>@\"(),;:]+@[^\s<>@\"(),;]+")
_AROUND = ".,;:!?)]}'\"»”’…"
_FULL_STOPS = re.compile("[\u3002\uff0e\uff61\u2024]")
"""Characters that browsers read as the dots of a domain."""


def links_in(text: str) -> list[str]:
    """Return the links and addresses of a text, in the form they are compared in."""
    plain = _FULL_STOPS.sub(".", text)
    addresses = [match.group().rstrip(_AROUND) for match in _ADDRESS.finditer(plain)]
    rest = _ADDRESS.sub(" ", plain)
    links = [match.group().rstrip(_AROUND) for match in _LINK.finditer(rest)]
    return [_compared(link) for link in (*addresses, *links) if link]


def unknown_links(text: str, sources: Iterable[str], allowed: Iterable[str]) -> list[str]:
    """Return the links of a text that neither a source nor the owner's list holds."""
    known = {link for source in sources for link in links_in(source)}
    known |= {_compared(link.strip()) for link in allowed}
    return [link for link in links_in(text) if link not in known]


def _compared(link: str) -> str:
    """Return a link without what makes no other page of it; the path keeps its letters."""
    bare = re.sub(r"^https?://", "", link, flags=re.IGNORECASE)
    host, slash, path = bare.partition("/")
    return f"{host.lower()}{slash}{path}".rstrip("/")
