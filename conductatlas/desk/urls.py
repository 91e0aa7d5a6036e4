"""The pages of the desk, under /admin/desk/."""

from django.urls import URLPattern

app_name = "desk"

urlpatterns: list[URLPattern] = []
