"""Makes drafts for the acts of what the files of the demonstration say, and the invented people who sign them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User

from clauses.acts.write_analysis import ActionDraft, Draft, LawDraft
from clauses.rubric import KEYS
from conductatlas.demonstration import RevisionText, people

PLAIN = ("summary", "why", "note", "impact", "landscape", "jurisdictions", "contracts", "compliance")


def curators() -> dict[str, User]:
    """Return the invented curators by their slugs; they can sign and cannot log in."""
    signers = {}
    for row in people():
        user, made = User.objects.get_or_create(
            username=row["slug"],
            defaults={"first_name": row["first_name"], "last_name": row["last_name"], "is_active": False},
        )
        if made:
            user.set_unusable_password()
            user.save(update_fields=["password"])
        signers[row["slug"]] = user
    return signers


def draft_of(revision: RevisionText) -> Draft:
    """Return a revision as the act that writes analyses takes it. Raises KeyError where a part is missing."""
    values = revision.values
    fields: dict[str, Any] = {name: _line(values[name]) for name in PLAIN}
    fields |= {name: values[name] for name in ("stance", "refusal")}
    fields["anonymised"] = {True: "yes", False: "no"}.get(values["anonymised"], values["anonymised"])  # YAML 1.1
    fields["ground"] = values["basis"]
    fields["confidence"] = values["confidence"]["level"]
    fields["confidence_reason"] = _line(values["confidence"]["reason"])
    fields["exposure"] = values["exposure"]["level"]
    fields["exposure_text"] = _line(values["exposure"]["text"])
    for key in KEYS:
        fields["exposure_points" if key == "exposure" else key] = values["factors"][key]["points"]
        fields[f"{key}_finding"] = _line(values["factors"][key]["finding"])
    return Draft(
        title=revision.title,
        fields=fields,
        actions=[
            ActionDraft(
                title=_line(action["title"]),
                steps=_line(action["steps"]),
                contact=action.get("contact") or "",
                rests_on=[(right["law"], right["article"]) for right in action.get("rests_on") or []],
                where=action.get("where") or [],
            )
            for action in values["actions"]
        ],
        laws=[LawDraft(law["law"], law["articles"], _line(law["reason"])) for law in values["laws"]],
        agencies=[(agency["agency"], _line(agency["reason"])) for agency in values["agencies"]],
        paragraphs=values.get("paragraphs") or [],
        is_machine_drafted=bool(values["drafted"].get("machine")),
    )


def _line(words: str) -> str:
    return " ".join(str(words).split())
