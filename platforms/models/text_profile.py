"""What pure text code makes of one stored text. Derived; rebuilt when the classifier release changes."""

from django.db import models

from platforms.models.stored import StoredText


class Fault(models.TextChoices):
    """Why a text is no policy to read. Thresholds stand in platforms.text.faults."""

    NONE = "", "None"
    UNDECODABLE = "undecodable", "The bytes are no valid UTF-8 or hold NUL"
    NEAR_EMPTY = "near_empty", "Almost no words"
    PAGE_SHELL = "page_shell", "Code or style instead of text"
    ERROR_PAGE = "error_page", "An error page"
    WALL = "wall", "A log-in, consent or robot wall"
    TRUNCATED = "truncated", "Suddenly a fraction of its length"


class TextProfile(models.Model):
    """Fingerprints and faults of one text, so that a history is classed without loading texts."""

    text = models.OneToOneField(StoredText, models.CASCADE, related_name="profile", primary_key=True)
    release = models.CharField(max_length=20)
    words = models.PositiveIntegerField(help_text="How many words it has")
    word_hash = models.BinaryField(max_length=32, help_text="SHA-256 of its words and digits alone")
    linkless_hash = models.BinaryField(max_length=32, help_text="SHA-256 of the text without link targets")
    fault = models.CharField(max_length=20, choices=Fault, blank=True)

    def __str__(self) -> str:
        return f"profile of text {self.text_id}"
