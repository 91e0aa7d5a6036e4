"""One address of each kind of page, with its name."""

from __future__ import annotations

from changes.models import ChangeRecord
from clauses.models import Clause, Regulation, Standing, State
from platforms.models import Document, VersionClass


def page_kinds() -> dict[str, str]:
    """Return addresses by kind, of whatever the database holds."""
    clause = (
        Clause.objects.filter(standing=Standing.VERBATIM).select_related("document__platform", "type").earliest("pk")
    )
    gone = Clause.objects.filter(standing=Standing.GONE).select_related("document__platform").first()
    analysed = (
        Clause.objects.filter(state=State.PUBLISHED)
        .select_related("document__platform", "type", "analysis", "last_seen")
        .earliest("pk")
    )
    found = Clause.objects.filter(state=State.PROPOSED, standing=Standing.VERBATIM).select_related("document__platform")
    law = Regulation.objects.filter(articles__links__analysis=analysed.analysis).earliest("pk")
    document: Document = clause.document
    latest = document.latest_version
    assert latest is not None
    assert analysed.last_seen is not None
    change = (
        ChangeRecord.objects.filter(clause_changes__isnull=False)
        .select_related("document__platform", "before", "version")
        .latest("observed_before", "pk")
    )
    pair = f"{change.document.get_absolute_url()}diff/{change.before.number}/{change.version.number}/"
    suspect = VersionClass.objects.filter(kind="suspect").select_related("version__document__platform").earliest("pk")
    odd = suspect.version
    return {
        "home": "/",
        "platforms": "/platforms/",
        "platform": document.platform.get_absolute_url(),
        "timeline": f"{document.platform.get_absolute_url()}timeline/",
        "timeline narrowed": f"{document.platform.get_absolute_url()}timeline/?document={document.slug}&severity=low",
        "document": document.get_absolute_url(),
        "document since a day": f"{document.get_absolute_url()}?agreed=2025-03-01",
        "document before its first version": f"{document.get_absolute_url()}?agreed=2001-01-01",
        "document as of a day": f"{document.get_absolute_url()}?as_of={latest.captured_at:%Y-%m-%d}",
        "document as of a day before": f"{document.get_absolute_url()}?as_of=2001-01-01",
        "clause as of a day": f"{analysed.get_absolute_url()}?as_of={analysed.last_seen.captured_at:%Y-%m-%d}",
        "clause without analysis as of a day": f"{clause.get_absolute_url()}?as_of={latest.captured_at:%Y-%m-%d}",
        "calendar": f"{document.get_absolute_url()}history/calendar/",
        "calendar of a year": f"{document.get_absolute_url()}history/calendar/?year={latest.captured_at.year}",
        "history": f"{document.get_absolute_url()}history/",
        "history narrowed": f"{document.get_absolute_url()}history/?show=terms",
        "version": latest.get_absolute_url(),
        "clause": analysed.get_absolute_url(),
        "clause sorted": f"{analysed.get_absolute_url()}?sort=platform",
        "clause without analysis": found.earliest("pk").get_absolute_url(),
        "clause not found": gone.get_absolute_url() if gone else clause.get_absolute_url(),
        "frozen analysis": f"/r/{analysed.record_id}/v1",
        "frozen version": f"/r/{document.record_id}/v1",
        "frozen version marked": f"/r/{document.record_id}/v{latest.number}?at=40-900",
        "frozen change": f"/r/{change.record_id}/v1",
        "no such range": f"/r/{document.record_id}/v1?at=9-3",
        "changes": "/changes/",
        "changes filtered": "/changes/?severity=high&since=2025-01-01",
        "changes none": "/changes/?until=2001-01-01",
        "change": change.get_absolute_url(),
        "diff": pair,
        "diff inline": f"{pair}?view=inline",
        "diff side": f"{pair}?view=side",
        "diff of one": f"{change.document.get_absolute_url()}diff/{change.version.number}/{change.version.number}/",
        "diff suspect": f"{odd.document.get_absolute_url()}diff/1/{odd.number}/",
        "feeds": "/feeds/",
        "log": "/log/",
        "verify": "/verify/",
        "verify answered": f"/verify/?q={bytes(latest.text.sha256).hex() if latest.text else ''}",
        "verify in vain": "/verify/?q=nobody+here+ever+said+these+words",
        "embed": f"/embed/{analysed.record_id}/v1",
        "registry": "/registry/",
        "registry filtered": "/registry/?stance=denies&q=data",
        "registry by severity": "/registry/?severity=high",
        "registry by law": f"/registry/?regulation={law.slug}",
        "registry empty": "/registry/?q=nosuchwordanywhere",
        "types": "/types/",
        "type": clause.type.get_absolute_url(),
        "type unread": f"{clause.type.get_absolute_url()}?state=unread",
        "category": "/categories/disputes/",
        "regulations": "/regulations/",
        "regulation": law.get_absolute_url(),
        "regulation without clauses": "/regulations/popia/",
        "agencies": "/agencies/",
        "agency": "/agencies/ftc/",
        "methodology": "/methodology/",
        "rubric": "/methodology/rubric/",
        "accessibility": "/accessibility/",
        "about": "/about/",
        "report an error": f"/corrections/report/?about={clause.record_id}",
        "report of an element": f"/corrections/report/?about={analysed.record_id}&element=meaning&revision=1",
        "ask for a reply": f"/corrections/report/?about={clause.record_id}&kind=reply",
        "corrections": "/corrections/",
        "corrections refused": "/corrections/?outcome=refused",
        "status": "/status/",
        "gallery": "/gallery/",
        "day to come": f"{document.get_absolute_url()}?agreed=2999-01-01",
        "not found": "/no/such/page/",
        "no such version": f"{document.get_absolute_url()}diff/1/999/",
        "no such severity": "/changes/?severity=odd",
        "bad request": "/registry/?type=nosuchtype",
    }
