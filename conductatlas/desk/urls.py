"""The pages of the desk, under /admin/desk/."""

from django.urls import path

from conductatlas.desk import (
    altered,
    anchor,
    audit,
    corrections,
    exchange,
    failing,
    preview,
    proposal,
    proposed,
    records,
    review,
    saves,
    undoing,
    writing,
)

app_name = "desk"

urlpatterns = [
    path("proposed/", proposed.proposed, name="proposed"),
    path("proposed/<int:pk>/", proposal.proposal, name="proposal"),
    path("anchor/<int:pk>/", anchor.anchor, name="anchor"),
    path("altered/", altered.altered, name="altered"),
    path("altered/<int:pk>/", altered.alteration, name="alteration"),
    path("reviews/", review.queue, name="reviews"),
    path("reviews/<int:pk>/", review.page, name="review"),
    path("reviews/<int:pk>/act/", review.act, name="review_act"),
    path("failing/", failing.failing, name="failing"),
    path("failing/<int:pk>/", failing.failure, name="failure"),
    path("checks/<int:check>/bytes/", failing.came, name="came"),
    path("records/", records.records, name="records"),
    path("technical/", records.technical, name="technical"),
    path("tables/", exchange.tables, name="tables"),
    path("tables/<slug:name>/", exchange.table, name="table"),
    path("tables/<slug:name>/try/", exchange.trial, name="table_try"),
    path("tables/<slug:name>/take/", exchange.take, name="table_take"),
    path("tables/<slug:name>/<slug:format>/", exchange.download, name="table_out"),
    path("write/clause/<int:clause>/", writing.start, name="write_start"),
    path("write/<int:pk>/", writing.write, name="write"),
    path("write/<int:pk>/saves/", saves.saves, name="write_saves"),
    path("write/<int:pk>/compare/", saves.compare, name="write_compare"),
    path("preview/<int:pk>/", preview.preview, name="preview"),
    path("audit/", audit.audit, name="audit"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("replies/", corrections.replies, name="replies"),
    path("undo/", undoing.undo, name="undo"),
]
