"""Every address of the site. An address once given out keeps answering: it redirects when its object moves."""

from django.contrib import admin
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from changes import diff_views, feeds
from changes import views as changes
from clauses import law_views as law
from clauses import views as clauses
from conductatlas.log import views as log
from conductatlas.pages import (
    captures,
    change,
    clause,
    correction_feed,
    correction_log,
    corrections,
    document,
    embed,
    gallery,
    health,
    history,
    home,
    knowledge,
    memento,
    methodology,
    platform,
    platform_timeline,
    version,
)
from conductatlas.printing import views as printing
from conductatlas.records import verify_views
from conductatlas.records import views as records
from conductatlas.records.cite.views import cite
from conductatlas.records.ids import RECORD, REVISION
from platforms import views as platforms

urlpatterns = [
    path("", home.home, name="home"),
    path("platforms/", platforms.index, name="platforms"),
    path("platform/<slug:platform>/", platform.platform, name="platform"),
    path("platform/<slug:platform>/timeline/", platform_timeline.timeline, name="timeline"),
    path("platform/<slug:platform>/<slug:document>/", document.document, name="document"),
    path("platform/<slug:platform>/<slug:document>/history/", history.history, name="history"),
    path("platform/<slug:platform>/<slug:document>/history/calendar/", captures.calendar, name="calendar"),
    path("platform/<slug:platform>/<slug:document>/versions/<int:number>/", version.version, name="version"),
    path("platform/<slug:platform>/<slug:document>/versions/<int:number>/text/", platforms.text, name="version_text"),
    path("platform/<slug:platform>/<slug:document>/versions/<int:number>/raw/", platforms.raw, name="version_raw"),
    path("platform/<slug:platform>/<slug:document>/diff/", diff_views.choose, name="diff_choose"),
    path("platform/<slug:platform>/<slug:document>/diff/<int:first>/<int:second>/", diff_views.diff, name="diff"),
    path(
        "platform/<slug:platform>/<slug:document>/diff/<int:first>/<int:second>/json/",
        diff_views.diff_json,
        name="diff_json",
    ),
    path("platform/<slug:platform>/<slug:document>/<slug:clause>/", clause.clause, name="clause"),
    path("changes/", changes.index, name="changes"),
    path("change/<str:written>/", change.change, name="change"),
    path("feeds/", feeds.index, name="feeds"),
    path("feeds/changes.atom", feeds.everything, name="feed_changes"),
    path("feeds/platform/<slug:platform>.atom", feeds.of_platform, name="feed_platform"),
    path("feeds/document/<slug:platform>/<slug:document>.atom", feeds.of_document, name="feed_document"),
    path("feeds/type/<slug:slug>.atom", feeds.of_type, name="feed_type"),
    re_path(r"^feeds/clause/CA-P-(?P<number>[0-9]{6,18})\.atom$", feeds.of_clause, name="feed_clause"),
    re_path(r"^feeds/clause/(?P<written>.+)\.atom$", records.feed_forgiven),
    path("registry/", clauses.registry, name="registry"),
    path("types/", clauses.types, name="types"),
    path("types/<slug:slug>/", knowledge.clause_type, name="type"),
    path("provisions/", RedirectView.as_view(pattern_name="types", permanent=True)),
    path("provisions/<slug:slug>/", RedirectView.as_view(pattern_name="type", permanent=True)),
    path("categories/<slug:slug>/", clauses.category, name="category"),
    path("regulations/", law.regulations, name="regulations"),
    path("regulations/<slug:slug>/", knowledge.regulation, name="regulation"),
    path("agencies/", law.agencies, name="agencies"),
    path("agencies/<slug:slug>/", law.agency, name="agency"),
    re_path(r"^cite/(?P<written>[^/]+)/v(?P<number>[0-9]{1,9})\.(?P<ending>bib|ris|csl\.json|txt)$", cite, name="cite"),
    re_path(rf"^r/(?P<written>{RECORD})/v(?P<number>{REVISION})\.json$", records.revision_json, name="revision_json"),
    re_path(rf"^r/(?P<written>{RECORD})/v(?P<number>{REVISION})\.pdf$", printing.record_pdf, name="record_pdf"),
    re_path(rf"^evidence/(?P<written>{RECORD})/v(?P<number>{REVISION})\.zip$", printing.bundle, name="bundle"),
    re_path(rf"^card/(?P<written>{RECORD})/v(?P<number>{REVISION})\.png$", printing.card, name="card"),
    re_path(rf"^r/(?P<written>{RECORD})/v(?P<number>{REVISION})$", records.revision, name="revision"),
    re_path(rf"^r/(?P<written>{RECORD})\.json$", records.record_json, name="record_json"),
    re_path(rf"^r/(?P<written>{RECORD})$", records.record, name="record"),
    re_path(r"^r/(?P<written>.+)$", records.forgiven, name="record_forgiven"),  # last: all that is spelt otherwise
    re_path(rf"^embed/(?P<written>{RECORD})/v(?P<number>{REVISION})$", embed.embed, name="embed"),
    re_path(rf"^embed/(?P<written>{RECORD})$", embed.latest, name="embed_latest"),
    path("verify/", verify_views.verify, name="verify"),
    re_path(r"^timegate/(?P<written>.+)$", memento.timegate, name="timegate"),
    re_path(r"^timemap/(?P<written>[^/]+)\.link$", memento.timemap_link, name="timemap_link"),
    re_path(r"^timemap/(?P<written>[^/]+)\.json$", memento.timemap_json, name="timemap_json"),
    re_path(
        r"^evidence/(?P<written>[^/]+)/v(?P<number>[0-9]{1,9})/proof\.json$", log.revision_proof, name="revision_proof"
    ),
    path("log/", include("conductatlas.log.urls")),
    path("methodology/", methodology.methodology, name="methodology"),
    path("methodology/rubric/", methodology.rubric, name="rubric"),
    path("about/", methodology.about, name="about"),
    path("accessibility/", methodology.accessibility, name="accessibility"),
    path("corrections/", correction_log.log, name="corrections"),
    path("corrections/report/", corrections.report, name="report"),
    path("corrections/<str:written>/", correction_log.entry, name="correction"),
    path("feeds/corrections.atom", correction_feed.feed, name="feed_corrections"),
    path("status/", health.status, name="status"),
    path("healthz", health.healthz, name="healthz"),
    path("robots.txt", health.robots, name="robots"),
    path("gallery/", gallery.gallery, name="gallery"),
    path("admin/", admin.site.urls),
]

handler400 = "conductatlas.pages.errors.bad_request"
handler403 = "conductatlas.pages.errors.forbidden"
handler404 = "conductatlas.pages.errors.not_found"
handler500 = "conductatlas.pages.errors.server_error"
