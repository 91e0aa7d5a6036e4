"""Static files are those of the release that serves."""

import os

from django.test import override_settings

from conductatlas.serve import static


def test_a_release_serves_its_own_file_though_another_was_collected_later(tmp_path, monkeypatch):
    source, root = tmp_path / "source", tmp_path / "static"
    for folder, body in ((source, "this release's"), (root, "a later one's, on a volume that was rolled back")):
        folder.mkdir()
        (folder / "site.css").write_text(body)
    os.utime(source / "site.css", (1, 1))
    monkeypatch.setattr(static, "STAMP", tmp_path / "static.stamp")
    only = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    with override_settings(STATIC_ROOT=root, STATICFILES_DIRS=[source], STATICFILES_FINDERS=only):
        static.collect_if_changed()
    assert (root / "site.css").read_text() == "this release's"
