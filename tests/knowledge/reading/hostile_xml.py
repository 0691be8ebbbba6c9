"""What XML can be made to do to a trusting reader; each is put over an honest part."""

from collections.abc import Callable


def _declared(subset: str, use: str) -> Callable[[bytes], bytes]:
    """Put a document type before the root, and something that uses it inside."""

    def attack(honest: bytes) -> bytes:
        text = honest.decode()
        end = text.rindex("</")
        return f"<!DOCTYPE x {subset}>{text[:end]}{use}{text[end:]}".encode()

    return attack


def _inside(more: str) -> Callable[[bytes], bytes]:
    def attack(honest: bytes) -> bytes:
        text = honest.decode()
        end = text.rindex("</")
        return f"{text[:end]}{more}{text[end:]}".encode()

    return attack


def _laughs(levels: int) -> str:
    entities = '<!ENTITY l0 "ha">' + "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, levels)
    )
    return f"[{entities}]"


_READS_A_FILE = '[<!ENTITY e SYSTEM "file:///etc/passwd">]'

XMLS: dict[str, Callable[[bytes], bytes]] = {
    "an external entity": _declared(_READS_A_FILE, "<p>&e;</p>"),
    "a far entity": _declared('[<!ENTITY e SYSTEM "http://127.0.0.1:9/">]', "<p>&e;</p>"),
    "a far DTD": _declared('SYSTEM "http://127.0.0.1:9/x.dtd"', ""),
    "a parameter entity": _declared('[<!ENTITY % p SYSTEM "file:///etc/hostname">%p;]', ""),
    "a billion laughs": _declared(_laughs(10), "<p>&l9;</p>"),
    "a quadratic blow-up": _declared(
        f'[<!ENTITY a "{"a" * 100_000}">]', f"<p>{'&a;' * 10_000}</p>"
    ),
    "an inclusion": _inside(
        '<i:include xmlns:i="http://www.w3.org/2001/XInclude" parse="text" '
        'href="file:///etc/passwd"/>'
    ),
    "a style sheet": lambda honest: (
        b'<?xml-stylesheet href="file:///etc/passwd" type="text/xsl"?>' + honest
    ),
    "deep elements": _inside("<a>" * 100_000 + "</a>" * 100_000),
    "many attributes": _inside("<a " + " ".join(f'a{n}="1"' for n in range(50_000)) + "/>"),
    "a long text": _inside("<a>" + "x" * 11_000_000 + "</a>"),
    "UTF-16 laughs": lambda honest: (
        _declared(_laughs(10), "<p>&l9;</p>")(honest).decode().encode("utf-16")
    ),
    "an encoding that lies": lambda honest: (
        b'<?xml version="1.0" encoding="UTF-7"?>' + honest
    ),
}
