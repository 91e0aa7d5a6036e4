"""What goes wrong, said for the person at the terminal."""


class EmbeddedError(RuntimeError):
    """The embedded database cannot be used; the message says what happened and what to do."""
