"""Finds the parts of a page that are no part of its text, by what the page itself says they are.

Each rule looks at the element's name, its role, or the words of its class and id, and holds only as long as the part
has no more than a stated share of the page's prose: a policy that stands in `<div class="cookie-banner-page">` stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum

from platforms.text.extraction.tree import Element
from platforms.text.extraction.weights import Weight, weigh

HIDDEN_WORDS = 25
"""A hidden part with fewer words of prose is left out: a label for screen readers, a message not yet shown."""
HIDDEN_SHARE = 0.05
"""Hidden parts alike (same element and classes) with this share of all prose are an accordion: each stays."""
SMALL_WORDS = 30
"""Within the text, what names itself after a menu or a banner is believed only up to so many words without prose."""
REST_WORDS = 100
"""A dialog is left out whatever its length if the rest of the page has so many words of prose."""


class Kind(Enum):
    """What a part says it is, with the largest share of the page's prose it may have to be believed."""

    FRAME = 0.3
    COOKIES = 0.5
    EXTRA = 0.12


_FRAME_TAGS = frozenset({"nav", "footer", "aside", "header"})
_FRAME_ROLES = frozenset(
    {"navigation", "menu", "menubar", "banner", "contentinfo", "search", "complementary", "toolbar"}
)
_DIALOG_ROLES = frozenset({"dialog", "alertdialog"})
_FRAME_LIST = (
    "nav navbar navigation menu submenu megamenu topbar topnav subnav sidenav sidemenu sidebar breadcrumb "
    "breadcrumbs footer colophon copyright header masthead navmenu pagination pager"
)
_FRAME = frozenset(_FRAME_LIST.split())
_COOKIES_LIST = "cookie cookies consent gdpr cookielaw cookieconsent cookiebanner cookienotice cookiebar"
_COOKIES = frozenset(_COOKIES_LIST.split())
_EXTRA_LIST = (
    "share sharing social socials follow related recommended newsletter subscribe promo advert advertisement "
    "ads banner popup modal overlay toast skip search login signup signin comments announcement cta languages "
    "language locale drawer offcanvas lightbox layer tooltip backtotop"
)
_EXTRA = frozenset(_EXTRA_LIST.split())
_CONSENT = re.compile(
    r"(?:^|[ ])(?:CybotCookiebot\w*|onetrust-(?:consent|banner|pc)\S*|ot-sdk-container|didomi-\S+|usercentrics-\S+"
    r"|cky-\S+|qc-cmp2?-\S*|truste-\S+|iubenda-cs-\S+|cmplz-\S+|cookie-law-info-\S+|cc-window|osano-cm-\S+)(?=$|[ ])"
)
"""Names that the widespread consent tools give to what they put into a page."""
_CONTAINERS_LIST = "div section aside ul ol dl nav header footer form table fieldset details center"
_CONTAINERS = frozenset(_CONTAINERS_LIST.split())
_UNSEEN_LIST = (
    "sr-only visually-hidden visuallyhidden screen-reader-text screenreader-text screen-reader screenreader "
    "u-visually-hidden a11y-hidden element-invisible sr-text offscreen"
)
_UNSEEN = frozenset(_UNSEEN_LIST.split())
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_UTILITY = re.compile(r"[:\[\]()/@]")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


def without_dialogs(root: Element) -> None:
    """Cut dialogs and what consent tools put into a page, if there is a page without them."""
    weights = weigh(root)
    rest = weights[root].prose

    def goes(element: Element) -> bool:
        nonlocal rest
        if not _is_dialog(element) or rest - weights[element].prose < REST_WORDS:
            return False
        rest -= weights[element].prose
        return True

    cut_where(root, goes)


def _is_dialog(element: Element) -> bool:
    if element.get("role").strip().lower() in _DIALOG_ROLES or element.get("aria-modal") == "true":
        return True
    return _CONSENT.search(f"{element.get('id')} {element.get('class')}") is not None


def without_frames(root: Element, text: Element) -> None:
    """Cut menus, headers, footers, asides, banners, forms and the like; `text` has most of the prose."""
    weights = weigh(root)
    total = weights[root].prose
    inside = set(text.elements())

    def goes(element: Element) -> bool:
        weight = weights[element]
        if element.tag == "form" and weight.prose < HIDDEN_WORDS:
            return True
        kind = named(element)
        if kind is not None:
            believed = not (element in inside and _may_be_text(element, weight))
        elif (kind := classed(element)) is not None:
            believed = element not in inside or _is_believed_within(weight, kind)
        else:
            return False
        return believed and weight.prose <= kind.value * total and not (kind is Kind.FRAME and _is_title(weight))

    if total:
        cut_where(root, goes)


def named(element: Element) -> Kind | None:
    """Return what an element is by its name or role."""
    role = element.get("role").strip().lower()
    return Kind.FRAME if element.tag in _FRAME_TAGS or role in _FRAME_ROLES else None


def classed(element: Element) -> Kind | None:
    """Return what an element is by the first or last word of its id or one of its classes."""
    if element.tag not in _CONTAINERS and "-" not in element.tag:
        return None
    words: set[str] = set()
    for name in [*element.get("class").split(), element.get("id")]:
        if not _UTILITY.search(name) and (parts := _WORD.findall(name)):
            words |= {parts[0].lower(), parts[-1].lower()}
    for kind, signs in ((Kind.COOKIES, _COOKIES), (Kind.FRAME, _FRAME), (Kind.EXTRA, _EXTRA)):
        if words & signs:
            return kind
    return None


def _is_believed_within(weight: Weight, kind: Kind) -> bool:
    """Tell whether a class is believed within the text: there only that of a menu, or of a small part without prose.

    A cookie policy has tables and sections of that name; those stay.
    """
    if weight.prose or kind is Kind.COOKIES:
        return False
    return weight.link_share >= 0.5 or (weight.words <= SMALL_WORDS and not weight.headings)


def _may_be_text(element: Element, weight: Weight) -> bool:
    """Tell whether a header or footer within the text belongs to it: it has a heading or prose, and few links."""
    return element.tag in {"header", "footer"} and weight.link_share < 0.5 and (weight.headings > 0 or weight.prose > 0)


def _is_title(weight: Weight) -> bool:
    """Tell whether a part is the head of the text: it has a main heading, and few links beside it."""
    return weight.titles > 0 and weight.link_share < 0.5


def without_hidden(root: Element) -> None:
    """Cut what a visitor does not see, but for hidden parts that hold the text itself, such as accordions."""
    weights = weigh(root)
    hidden = [e for e in root.elements() if e is not root and is_hidden(e)]
    alike: dict[tuple[str, str], int] = {}
    for element in hidden:
        alike[_looks(element)] = alike.get(_looks(element), 0) + weights[element].prose
    least = HIDDEN_SHARE * max(weights[root].prose, 1)
    goes = {e for e in hidden if weights[e].prose < HIDDEN_WORDS and alike[_looks(e)] < least}
    cut_where(root, goes.__contains__)


def _looks(element: Element) -> tuple[str, str]:
    return element.tag, " ".join(sorted(element.get("class").split()))


def is_hidden(element: Element) -> bool:
    """Tell whether an element says that it is not to be seen, or heard by screen readers alone."""
    return (
        "hidden" in element.attributes
        or element.get("aria-hidden").strip().lower() == "true"
        or _HIDDEN_STYLE.search(element.get("style")) is not None
        or not _UNSEEN.isdisjoint(element.get("class").lower().split())
    )


def cut_where(root: Element, goes: Callable[[Element], bool]) -> None:
    """Take the elements beneath a root that are to go out of their tree, from the outside inward."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        element.children = [child for child in element.children if isinstance(child, str) or not goes(child)]
        waiting.extend(child for child in reversed(element.children) if isinstance(child, Element))
