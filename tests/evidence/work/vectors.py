"""Texts that would run in a page that did not escape them. Each marks whatever it becomes with an attribute or tag ``zq``."""

from __future__ import annotations

from collections.abc import Callable, Iterator

RAN = "zq-it-ran"
RUN = (f"console.log(`{RAN}`)", f"console.log&#40;`{RAN}`&#41;", f"self[`con`+`sole`].log(`{RAN}`)",
       f"queueMicrotask(()=>console.log(`{RAN}`))")  # fmt: skip
ALONE = (
    "<script zq>{}</script>", "<img zq src=x onerror={}>", "<svg zq onload={}>", "<svg><script zq>{}</script></svg>",
    "<body zq onload={}>", "<iframe zq srcdoc='<script>parent.{}</script>'>", "<details zq open ontoggle={}>x</details>",
    "<video zq><source zq onerror={}></video>", "<input zq autofocus onfocus={}>", "<select zq autofocus onfocus={}>",
    "<a zq href=javascript:{}>x</a>", "<a zq href='&#106;avascript:{}'>x</a>", "<form zq><button zq formaction=javascript:{}>x",
    "<object zq data=javascript:{}>", "<embed zq src=javascript:{}>", "<math zq href=javascript:{}>x</math>",
    "<svg><a zq xlink:href=javascript:{}><text>x</text></a></svg>", "<svg><animate zq onbegin={} attributeName=x dur=1s>",
    "<marquee zq onstart={}>x</marquee>", "<base zq href='javascript:{}//'>", "<meta zq http-equiv=refresh content='0;url=javascript:{}'>",
    "<link zq rel=stylesheet href=javascript:{}>", "<style zq>@import 'javascript:{}'</style>", "<div zq style='background:url(javascript:{})'>x</div>",
    "<noscript><p title='</noscript><img zq src=x onerror={}>'>", "<title></title><img zq src=x onerror={}>",
    "<textarea></textarea><img zq src=x onerror={}>", "<!--><img zq src=x onerror={}>-->", "<![CDATA[><img zq src=x onerror={}>]]>",
    "<template><zq></template><img zq src=x onerror={}>", "<table><td><img zq src=x onerror={}></table>", "<zq><img zq src=x onerror={}></zq>",
)  # fmt: skip
OUT_OF = (
    '" zq onfocus={} autofocus x="', "' zq onfocus={} autofocus x='", '"><img zq src=x onerror={}>', "'><img zq src=x onerror={}>",
    "</title><img zq src=x onerror={}>", "</textarea><img zq src=x onerror={}>", "</script><img zq src=x onerror={}>",
    "</style><img zq src=x onerror={}>", "--><img zq src=x onerror={}>", "]]><img zq src=x onerror={}>",
    "</option></select><img zq src=x onerror={}>", "</svg><img zq src=x onerror={}>", "</a><img zq src=x onerror={}>",
    "javascript:{}//zq", "data:text/html,<script zq>{}</script>", "\\\"><img zq src=x onerror={}>", "${{{}}}", "{{{{ {} }}}}",
    "[x](javascript:{})", "![x](javascript:{})", "<javascript:{}>", "x\u2028<img zq src=x onerror={}>", "%3Cimg zq src=x onerror={}%3E",
    "&lt;img zq src=x onerror={}&gt;",
)  # fmt: skip


def vectors() -> tuple[str, ...]:
    """Every vector, each with its own way to run."""
    made = [text.format(run) for run in RUN for text in (*ALONE, *OUT_OF)]
    return tuple(dict.fromkeys(made))


def saying(turn: int) -> Callable[[str], str]:
    """What each field is given in one turn: two vectors, so that all have been in use after a few turns and fields."""
    dealt = _dealt(turn)
    return lambda _: f"{next(dealt)} {next(dealt)}"


def _dealt(turn: int) -> Iterator[str]:
    every = vectors()
    n = turn * 61
    while True:
        yield every[n % len(every)]
        n += 1
