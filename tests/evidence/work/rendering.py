"""What S10 does: pages that ask for everything they can, given to the renderer of the letter; what it opened and whom it called."""

from __future__ import annotations

import http.server
import re
import sys
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from tests.evidence.work.hostile import hostile

from caselight.formats.letter import pdf
from caselight.formats.letter.html import letter_html
from caselight.formats.letter.labels import labels_of
from caselight.procedures.lettering import letter_package, look

SECRET = "zq-what-only-the-server-may-read"
VECTORS = (
    '<link rel="attachment" href="{}">', '<a rel="attachment" href="{}">x</a>', '<link rel="stylesheet" href="{}">',
    "<style>@import url({});</style>", "<style>@import '{}' print;</style>", '<img src="{}" alt="x">',
    '<img srcset="{} 2x" alt="x">', '<svg xmlns="http://www.w3.org/2000/svg"><image href="{}" width="9" height="9"/></svg>',
    '<svg xmlns:xlink="http://www.w3.org/1999/xlink"><use xlink:href="{}#a"/></svg>', '<object data="{}">x</object>',
    '<embed src="{}">', '<iframe src="{}"></iframe>', '<p style="background:url({})">x</p>',
    '<ul style="list-style-image:url({})"><li>x</ul>', '<p style="content:url({})">x</p>',
    "<style>p::before{{content:url({})}}</style><p>x", "<style>@font-face{{font-family:f;src:url({})}} p{{font-family:f}}</style><p>x",
    '<input type="image" src="{}">', '<body background="{}">', '<base href="{}/"><img src="x" alt="x">',
    '<p style="border-image:url({}) 1">x</p>', '<svg><style>@import url({});</style></svg>',
    '<link rel="icon" href="{}">', '<p style="mask-image:url({})">x</p>',
)  # fmt: skip
FONT = (  # without any, the renderer's text library breaks
    '<style>@font-face{font-family:"DejaVu Sans";src:url(font:DejaVuSans.ttf)} body{font-family:"DejaVu Sans"}</style>'
)
NETWORK = (
    "socket.connect",
    "socket.getaddrinfo",
    "urllib.Request",
    "http.client.connect",
    "subprocess.Popen",
    "os.system",
)
IN_PDF = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|OpenAction|RichMedia|SubmitForm|GoToR|AA)\b")


class Watched:
    """What the process opened and whom it called, once it is watched; a hook cannot be taken away again."""

    def __init__(self) -> None:
        self.on, self.called = False, list[str]()
        sys.addaudithook(self._heard)

    def _heard(self, event: str, told: tuple[Any, ...]) -> None:
        if not self.on:
            return
        if event in NETWORK:
            self.called.append(f"{event} {told[:2]!r}"[:200])
        elif event == "open" and "canary" in str(told[0]):
            self.called.append(f"opened {told[0]!r}")


def attack(folder: str, turns: int, *, fault: bool = False) -> dict[str, Any]:
    """Each vector to the network, through a redirect and to a file of the server; alone, and as text of a letter."""
    hostile(lambda name: f"What was said of {name}")
    canary = Path(folder) / "canary.txt"
    canary.write_text(SECRET, "utf-8")
    watched, said, tried = Watched(), list[str](), 0
    package = letter_package("testshire")
    found = look(package, "en", "# Letter\n\nNothing.\n")
    assert found.letter is not None, found.faults
    pdf.html_pdf(f"<html lang='en'><title>x</title>{FONT}<p>x", labels_of(found.letter))  # its libraries are found once
    with _canary() as (port, hits), planted(fault):
        for n, document in enumerate(_documents(port, canary, turns)):
            watched.on = True
            made = pdf.html_pdf(document, labels_of(found.letter))
            watched.on = False
            tried += document.count("canary")
            said += [f"document {n}: {wrong}" for wrong in _in_pdf(made)]
        for text in _letters(port, canary) if not fault else ():
            shown = look(package, "en", text).letter
            tried += 1
            if shown is not None:
                watched.on = True
                made = pdf.letter_pdf(shown)
                watched.on = False
                said += [f"letter: {wrong}" for wrong in _in_pdf(made)]
                page = letter_html(shown)
                said += [
                    f"letter: the page holds {text[:60]!r}"
                    for text in re.findall(r"<(?:img|link|iframe)[^>]*canary", page)
                ]
        said += [f"It called {hit}" for hit in hits] + watched.called
    return {"tried": tried, "said": said}


def _documents(port: int, canary: Path, turns: int) -> Iterator[str]:
    """Eight vectors to a document, for whatever is asked for."""
    asked = [f"http://127.0.0.1:{port}/canary/{{n}}", f"http://127.0.0.1:{port}/redirect/canary/{{n}}", canary.as_uri(),
             f"//127.0.0.1:{port}/canary/{{n}}", f"HTTP://127.0.0.1:{port}/canary/{{n}}", "ftp://127.0.0.1/canary/{n}",
             f"file:{canary}", f"url:http://127.0.0.1:{port}/canary/{{n}}", "font:../../canary.txt"]  # fmt: skip
    for address in asked[: 3 if turns == 1 else None]:
        for first in range(0, len(VECTORS), 8):
            body = "".join(
                vector.format(address.replace("{n}", str(first + n)))
                for n, vector in enumerate(VECTORS[first : first + 8])
            )
            yield f'<!DOCTYPE html><html lang="en"><head><title>x</title>{FONT}</head><body>{body}</body></html>'


def _letters(port: int, canary: Path) -> Iterator[str]:
    """The same as words of a letter, which its notation never takes for more than words."""
    for n, vector in enumerate(VECTORS[:12]):
        address = canary.as_uri() if n % 2 else f"http://127.0.0.1:{port}/canary/{n}"
        yield f"# Letter\n\nWords {vector.format(address)} and ![x]({address}) [x]({address}).\n"


def _in_pdf(made: bytes) -> Iterator[str]:
    plain = made + b"".join(_streams(made))
    yield from sorted({f"the PDF holds /{found.decode()}" for found in IN_PDF.findall(plain)})
    if SECRET.encode() in plain:
        yield "the PDF holds a file of the server"


def _streams(made: bytes) -> Iterator[bytes]:
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", made, re.DOTALL):
        try:
            yield zlib.decompress(packed)
        except zlib.error:
            continue


@contextmanager
def _canary() -> Iterator[tuple[int, list[str]]]:
    """A server on this machine that writes down whoever calls; one address leads on to another."""
    hits: list[str] = []

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hits.append(self.path)
            if self.path.startswith("/redirect/"):
                self.send_response(302)
                self.send_header("Location", self.path.removeprefix("/redirect"))
            else:
                self.send_response(404)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Nothing is printed."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server.server_address[1], hits
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def planted(fault: bool) -> Iterator[None]:
    """Nothing; or a fetcher that fetches whatever it is asked for."""
    if not fault:
        yield
        return
    real = pdf._weasyprint()

    class Loose(real.URLFetcher):  # type: ignore[misc, name-defined]
        def __init_subclass__(cls) -> None:
            own, any_ = cls.fetch, real.URLFetcher.fetch
            cls.fetch = lambda self, url, headers=None: (own if url.startswith("font:") else any_)(self, url, headers)

    loose = SimpleNamespace(HTML=real.HTML, URLFetcher=Loose, urls=real.urls, text=real.text)
    with patch.object(pdf, "_weasyprint", lambda: loose):
        yield
