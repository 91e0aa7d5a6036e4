"""The form by which a reader reports an error or asks for a reply. It needs no account and no JavaScript."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from conductatlas.corrections.as_it_stands import as_it_stands
from conductatlas.corrections.receipts import new_receipt, read_token, token
from conductatlas.corrections.receive import MOST_OF_ONE, Report, TooMany, address_of, receive
from conductatlas.corrections.subjects import Subject, element_name, find_subject
from conductatlas.corrections.subjects import address_of as place_of
from conductatlas.models import CorrectionKind

LONGEST = 3000
MOST_LINKS = 3
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
CARRIED = ("kind", "about", "element", "version", "revision")


class ErrorForm(forms.Form):
    """What a reader reports. `website` is seen by programs alone."""

    kind = forms.ChoiceField(choices=CorrectionKind.choices, widget=forms.HiddenInput, required=False)
    about = forms.CharField(
        label="Record", max_length=160, help_text="Its id, such as CA-P-010005; it stands on its page, under Evidence."
    )
    element = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False, widget=forms.HiddenInput)
    revision = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False, widget=forms.HiddenInput)
    token = forms.CharField(required=False, widget=forms.HiddenInput)
    words = forms.CharField(
        label="What is wrong",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=f"What the page says, and what would be right. At most {LONGEST:,} characters and {MOST_LINKS} links."
        " Your words are not published; a curator says in the log what was reported.",
        error_messages={"required": "Say what is wrong."},
    )
    contact = forms.CharField(
        label="Where to answer, if you want an answer",
        max_length=200,
        required=False,
        help_text="An e-mail address, for example. It is not published, and is deleted 90 days after the answer.",
    )
    credit = forms.CharField(
        label="Your name, if the log shall name you",
        max_length=100,
        required=False,
        help_text="Published as you write it.",
    )
    website = forms.CharField(label="Leave this empty", required=False, widget=forms.TextInput(attrs={"tabindex": -1}))

    def clean_about(self) -> str:
        """Return the key of what is reported. Raises ValidationError where there is no such record."""
        subject = find_subject(self.cleaned_data["about"])
        if subject is None:
            raise forms.ValidationError("There is no such record here. An id looks like CA-P-010005.")
        self.subject = subject
        return subject.key

    def clean_element(self) -> str:
        """Return the section where the page has such a one, else nothing."""
        element: str = self.cleaned_data["element"]
        return element if element_name(self.cleaned_data.get("about", ""), element) else ""

    def clean_words(self) -> str:
        """Return the words. Raises ValidationError where they are mostly links."""
        words: str = self.cleaned_data["words"]
        if len(_LINK.findall(words)) > MOST_LINKS:
            raise forms.ValidationError(f"At most {MOST_LINKS} links are taken: name the others in words.")
        return words

    def clean_website(self) -> str:
        """Raise ValidationError where the field that people do not see was filled in."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(
                "This field is hidden from people and was filled in, as programs do. Empty it, and send again."
            )
        return ""


class ReplyForm(ErrorForm):
    """The words of whom a record is about, and who gives them."""

    speaker = forms.CharField(label="Who speaks", max_length=100, help_text="Published with the reply.")
    role = forms.CharField(label="In what role", max_length=100, help_text="Such as: head of policy. Published.")
    speaks_for = forms.CharField(
        label="For whom", max_length=150, help_text="The company, or yourself. Published with the reply."
    )
    field_order = ("about", "speaker", "role", "speaks_for", "words", "contact")

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        del self.fields["credit"]
        words, contact = self.fields["words"], self.fields["contact"]
        words.label, words.help_text = (
            "Your reply",
            f"At most {LONGEST:,} characters and {MOST_LINKS} links. Published as you write it.",
        )
        words.error_messages["required"] = "Write the reply."
        contact.label, contact.required = "Where we can ask whether it is yours", True
        contact.help_text = "An address of the company, for example. It is not published."

    def clean_about(self) -> str:
        """Return the record. Raises ValidationError for what takes no reply."""
        key = super().clean_about()
        if self.subject.kind not in ("P", "D", "C"):
            raise forms.ValidationError("A reply stands beside a clause, a document or a change. Give the id of one.")
        return key


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Show the form, or take what a reader reports."""
    given = request.POST if request.method == "POST" else request.GET
    kind = CorrectionKind.REPLY if given.get("kind") == CorrectionKind.REPLY else CorrectionKind.ERROR
    form_of = ReplyForm if kind == CorrectionKind.REPLY else ErrorForm
    if request.method == "POST":
        return _take(request, form_of(request.POST), kind)
    form = form_of(initial={name: given.get(name, "")[:160] for name in CARRIED} | {"kind": kind})
    return _page(request, form, given.get("about", ""), given)


def _take(request: HttpRequest, form: ErrorForm, kind: CorrectionKind) -> HttpResponse:
    now, about = timezone.now(), request.POST.get("about", "")
    shown = read_token(request.POST.get("token", ""), now)
    fault = "unsigned" if shown is None else shown.fault
    if not form.is_valid() or shown is None or fault:
        receipt = shown.receipt if shown is not None else ""
        return _page(request, form, about, request.POST, status=422, fault=fault, receipt=receipt)
    told = {name: value for name, value in form.cleaned_data.items() if name in Report.__dataclass_fields__}
    meta = request.META
    try:
        kept = receive(
            receipt=shown.receipt,
            subject=form.subject,
            report=Report(**told | {"kind": kind, "words": told["words"].strip()}),
            address=address_of(meta.get("REMOTE_ADDR", ""), meta.get("HTTP_X_FORWARDED_FOR", "")),
            at=now,
        )
    except TooMany as many:
        return _page(request, form, about, request.POST, status=429, many=many, receipt=shown.receipt)
    return redirect(f"{kept.get_absolute_url()}?received")


def _page(
    request: HttpRequest, form: ErrorForm, about: str, given: Any, *, status: int = 200, receipt: str = "", **more: Any
) -> HttpResponse:
    """Show the form with what is reported and its words; each showing has a token of its own time."""
    subject = find_subject(about) if about else None
    element = given.get("element", "") if subject and element_name(subject.key, given.get("element", "")) else ""
    context = {
        "form": form,
        "token": token(receipt or new_receipt(), timezone.now()),
        "most_of_one": MOST_OF_ONE,
        "is_reply": isinstance(form, ReplyForm),
        "subject": subject,
        "element": element_name(subject.key, element) if subject else "",
        "place": place_of(subject.key, element, None) if subject else "",
        "stands": as_it_stands(subject, element) if subject else [],
        "numbers": _numbers(subject, given),
        "fields": [field for field in form if not field.is_hidden and (field.name != "about" or subject is None)],
        "carried": [(name, given.get(name, "")[:160]) for name in CARRIED if name != "about" or subject is not None],
        **more,
    }
    return render(request, "pages/correction.html", context, status=status)


def _numbers(subject: Subject | None, given: Any) -> list[tuple[str, str]]:
    """Return version and revision as the link named them, where they are numbers."""
    named = [(name, given.get(name, "")) for name in ("version", "revision")]
    return [(name, number) for name, number in named if subject and number.isdecimal() and len(number) < 9]
