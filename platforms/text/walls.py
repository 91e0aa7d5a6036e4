"""The words by which log-in walls, consent pages, error pages and shells give themselves away."""

from __future__ import annotations

import re

_I = re.IGNORECASE

NOT_FOUND = re.compile(
    r"^\W*(?:(?:http |error )?(?:404|410)\b|error\W*$)"
    r"|\b(?:page|document|site|content|article) (?:you (?:were|are) looking for )?"
    r"(?:was |is |could |can)?\W?(?:not|n.t) (?:be )?(?:found|available|exist)"
    r"|\b(?:page|document|article) (?:not found|does(?:n.t| not) exist|isn.t available|no longer exists)"
    r"|^\W*not found\W*$|\b404\b.{0,20}\bnot found"
    r"|seite (?:wurde )?nicht gefunden|page (?:introuvable|non trouvée)|p[áa]gina n(?:o|ão) encontrada"
    r"|pagina n(?:on trovata|iet gevonden)|sidan hittades inte|nie znaleziono strony|страница не найдена"
    r"|ページが見つかりません|页面不存在|페이지를 찾을 수 없",
    _I,
)
"""Said by a title or first heading, it makes an error page, whatever menu follows."""

TROUBLE = re.compile(
    r"\boops\b|we.?re sorry|something went wrong|we.?re all mixed up|be right back|temporarily (?:blocked|unavailable)"
    r"|component error|(?:type|reference)error:|application error|unexpected error|error occurred|service unavailable"
    r"|access (?:denied|to this page)|forbidden|isn.t available|under (?:construction|maintenance)|bad gateway"
    r"|schiefgegangen|une erreur",
    _I,
)
"""Said at the beginning of a short text, it makes an error page."""

LOG_IN_HEADING = re.compile(
    r"^\W*(?:(?:please )?(?:log|sign) ?-?in\b(?: to .{1,40}| or .{1,40})?|anmelden|einloggen|se connecter|connexion"
    r"|iniciar sesi[óo]n|accedi|inloggen|logga in|войти)\W*$",
    _I,
)
LOG_IN_WORDS = re.compile(
    r"forgot(?:ten)? (?:your )?(?:password|account)|(?:log|sign) ?in with|keep me (?:logged|signed) in|remember me"
    r"|(?:e-?mail|phone|user ?name)[\w ,]{0,30}\n{1,3}\W{0,20}password"
    r"|create (?:a |an )?(?:new )?account|don.t have an account"
    r"|passwort vergessen|mot de passe oublié|(?:log|sign) in to (?:continue|your account)|you must (?:log|sign) in",
    _I,
)
CONSENT_BUTTONS = re.compile(
    r"\b(?:accept|reject|allow|decline) all\b|\bi agree\b|agree (?:and|&) (?:continue|close)|only necessary"
    r"|alle(?:s)? (?:akzeptieren|ablehnen)|tout (?:accepter|refuser)|aceptar todo|accetta tutt|alles accepteren",
    _I,
)
CONSENT_WORDS = re.compile(
    r"before you continue|we (?:and|&) our (?:\d+ )?partners|we value your privacy|your privacy (?:matters|choices)"
    r"|manage (?:options|preferences|cookies|settings)|cookie (?:settings|preferences)|this (?:web)?site uses cookies"
    r"|we use cookies|wir (?:und unsere partner )?(?:verwenden|nutzen) cookies|nous utilisons des cookies",
    _I,
)
SHELL_WORDS = re.compile(
    r"(?:enable|requires?|activate|turn on) (?:cookies|java ?script)|without java ?script"
    r"|java ?script (?:is |to be )?(?:disabled|required)"
    r"|checking your browser|verify(?:ing)? (?:that )?you are (?:a )?human|are you a robot|captcha|unusual traffic"
    r"|just a moment|performance & security by|ray id|^[^\w\n]{0,20}loading[^\w\n]{0,20}$",
    _I | re.MULTILINE,
)

LOG_IN_PATH = re.compile(r"^(?:log-?in|sign-?in|sso|auth|authenticate|authorize|oauth2?|checkpoint|session)$", _I)
CONSENT_PATH = re.compile(r"^(?:consent|cookie-?consent|collect-?consent|cookie-?wall|privacy-?gate)$", _I)
ERROR_PATH = re.compile(r"^(?:40[34]|410|50\d|errors?|not-?found|page-?not-?found|unavailable|sorry)(?:\.\w+)?$", _I)

_POLICY_WORDS = (
    "privacy policy policies term terms agreement agree right rights liability liable personal data information cookie "
    "cookies consent notice legal law laws applicable license licence copyright trademark prohibited permitted violate "
    "violation violations terminate termination account user users content service services guidelines community "
    "advertising ads restrict must may shall disclose collect party parties third security processing"
)
POLICY_WORDS = frozenset(_POLICY_WORDS.split())
"""Of English policies: of 730 latest texts all but 20 have 4 of them or more in 100 words."""
