"""`index_texts`: index the words of every text, so that pasted words are found at /verify/."""

from typing import Any

from django.core.management.base import BaseCommand

from platforms.acts.index_texts import index_texts
from platforms.progress import ProgressLine


class Command(BaseCommand):
    help = "Index the words of texts that are not indexed yet. The worker does so by itself."

    def handle(self, *args: Any, **options: Any) -> None:
        with ProgressLine(self.stderr) as progress:
            done = index_texts(progress=lambda at, total: progress("texts indexed", at, total))
        self.stdout.write(f"{done:,} texts indexed.")
