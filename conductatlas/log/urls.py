"""The addresses of the log, beneath /log/."""

from django.urls import path

from conductatlas.log import views

urlpatterns = [
    path("", views.log, name="log"),
    path("checkpoint", views.checkpoint, name="log_checkpoint"),
    path("checkpoints/<int:size>", views.checkpoint, name="log_checkpoint_of"),
    path("key", views.key, name="log_key"),
    path("entries.json", views.entries, name="log_entries"),
    path("consistency.json", views.consistency, name="log_consistency"),
    path("proof.json", views.proof, name="log_proof"),
    path("records.json", views.records, name="log_records"),
    path("erasures/<int:number>.json", views.erasure, name="log_erasure"),
]
