"""The pages of the desk, under /admin/desk/."""

from django.urls import path

from conductatlas.desk import audit, review

app_name = "desk"

urlpatterns = [
    path("reviews/", review.queue, name="reviews"),
    path("reviews/<int:pk>/", review.page, name="review"),
    path("reviews/<int:pk>/act/", review.act, name="review_act"),
    path("audit/", audit.audit, name="audit"),
]
