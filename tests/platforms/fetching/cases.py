"""The cases that a capture meets, each at a path of its own."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from functools import cache
from threading import Event

from tests.platforms.fetching.site import Answer, Seen, Site

PARAGRAPHS = [
    "We collect the information that you give us when you open an account, such as your name and your address.",
    "We keep this information for twelve months after you close your account, and then we delete it.",
    "We share information with companies that work for us, and they may use it only for the work we give them.",
    "You may ask us at any time for a copy of the information that we hold about you, and we answer in thirty days.",
    "We may change this policy; before we do, we tell you by mail, and you may close your account without cost.",
    "We use cookies to keep you signed in and to count visits, and you may refuse the second kind in your settings.",
]
SHELL = '<!doctype html><html><head><title>Harbour</title><script src="/app.js"></script></head><body><div id="root">'
SHELL += "</div><noscript>You need to enable JavaScript to run this app.</noscript></body></html>"
WHERE = [
    "http://10.0.0.1/",
    "http://[::1]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://2852039166/",
    "http://0251.0376.0251.0376/",
    "http://0xa9.16689662/",
    "http://[::ffff:10.0.0.1]/",
    "http://[64:ff9b::a9fe:a9fe]/",
]
"""Where /to-private/<n> redirect to."""


def policy(title: str = "Privacy Policy", *more: str, charset: str = "utf-8", language: str = "en") -> bytes:
    """Return a policy page with menu and footer."""
    body = "".join(f"<p>{words}</p>" for words in [*PARAGRAPHS, *more])
    html = (
        f'<!doctype html><html lang="{language}"><head><title>{title}</title></head><body>'
        '<nav><a href="/">Home</a> <a href="/prices">Prices</a></nav>'
        f"<main><h1>{title}</h1>{body}</main><footer>Harbour Ltd</footer></body></html>"
    )
    return html.encode(charset)


def pdf(words: str = "We keep your information for twelve months.") -> bytes:
    """Return a PDF of one page with one line of text."""
    stream = f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET".encode("latin-1")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj%sendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        table,
        len(out),
    )


@cache
def bomb() -> bytes:
    """Return 50 kB of gzip that unfold to 50 MB."""
    return gzip.compress(bytes(50_000_000))


def dripping(closing: Event) -> Iterator[bytes]:
    """Yield a byte now and then, without end."""
    while not closing.wait(0.02):
        yield b"."


def rushing(closing: Event) -> Iterator[bytes]:
    """Yield as much as anybody takes, without end."""
    while not closing.is_set():
        yield b"<p>" + b"policy " * 9000


def declare(site: Site) -> Site:
    """Put every case on the site."""
    site.robots("User-agent: *\nDisallow: /denied/\n")
    site.put("/policy", policy())
    site.put("/shell", SHELL)
    site.put("/javascript", SHELL.replace("</div>", "<h1>Privacy</h1></div><script>render(['Our policy'])</script>"))
    site.put("/missing", "<h1>404</h1><p>Nothing here.</p>", 404)
    site.put("/broken", "<h1>Trouble</h1>", 500)
    site.put("/soft-404", policy("Page not found").replace(b"<p>We ", b"<p>See "))
    site.put("/login", "<h1>Log in</h1><form><input type=password></form><p>Log in to continue to your account.</p>")
    site.redirect("/wall", "/login?next=/wall")
    site.put("/consent", "<h1>Before you continue</h1><p>We and our partners use cookies. <button>Accept all</button>")
    site.put("/near-empty", "<title>Policy</title><h1>Privacy Policy</h1><p>Loading.</p>")
    site.put("/slow", waits=True)
    site.put("/drip", dripping)
    site.put("/endless", rushing)
    site.put("/bomb", bomb(), content_encoding="gzip")
    site.put("/gzip", gzip.compress(policy()), content_encoding="gzip")
    site.put("/wrong-charset", policy("Déclaration", charset="latin-1"), content_type="text/html; charset=utf-8")
    for left in range(31):
        site.redirect(f"/redirects/{left}", f"/redirects/{left - 1}" if left else "/policy")
    site.redirect("/loop", "/loop")
    for place, target in enumerate(WHERE):
        site.redirect(f"/to-private/{place}", target)
    site.redirect("/to-file", "file:///etc/passwd")
    site.put("/denied/policy", policy())
    site.put("/etag", policy(), etag='"first"')
    site.answers["/etag-moves"] = _with_new_etag
    site.put("/policy.pdf", pdf(), content_type="application/pdf")
    site.put("/picture", b"\x89PNG", content_type="image/png")
    return site


def _with_new_etag(seen: Seen) -> Answer:
    moved = '"second"' if seen.headers.get("if-none-match") == '"first"' else '"first"'
    return Answer(policy(), headers={"etag": moved})
