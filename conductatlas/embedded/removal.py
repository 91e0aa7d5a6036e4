"""Taking an installation's database away."""

import shutil
from pathlib import Path

from conductatlas.embedded import server
from conductatlas.embedded.faults import EmbeddedError
from conductatlas.embedded.layout import Layout
from conductatlas.embedded.users import unused


def remove(base_dir: Path) -> Path:
    """Stop the server of this checkout and delete its cluster, for good; return where it was.

    Raises EmbeddedError while another command uses it.
    """
    layout = Layout.of(base_dir)
    layout.make_home()
    with unused(layout) as nobody:
        if not nobody:
            raise EmbeddedError("The database is in use by another command (make serve?): stop that first.")
        server.stop(layout)
        shutil.rmtree(layout.home)
        shutil.rmtree(layout.sockets, ignore_errors=True)
    return layout.home
