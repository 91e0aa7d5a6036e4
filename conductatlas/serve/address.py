"""The address that is served."""

import errno
import socket

BACKLOG = 2048  # connections that wait in line, as gunicorn has it


class AddressError(RuntimeError):
    """The address cannot be had; the message says why and what to do."""


def hold(host: str, port: int) -> socket.socket:
    """Take the address, so that a taken one is known before anything long; who comes early waits in line.

    gunicorn takes the socket over. Raises AddressError.
    """
    if not 0 <= port <= 65535:  # else its last sixteen bits would be taken for it
        raise AddressError(f"PORT={port} is no port: choose one from 1024 to 65535.")
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except socket.gaierror as error:
        raise AddressError(f"HOST={host} is no address of this machine: {error.strerror}.") from error
    held = socket.socket(family, socket.SOCK_STREAM)
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        held.bind(address)
        held.listen(BACKLOG)
    except OSError as error:
        held.close()
        raise AddressError(_explained(error, host, port)) from error
    return held


def _explained(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} on {host} is taken by another program (this site, in another terminal?). "
            "Stop that, or choose another, as in `PORT=8001 make serve`."
        )
    if error.errno == errno.EACCES:
        return f"Port {port} is not open to this user: choose one above 1023, as in `PORT=8000 make serve`."
    return f"{host}:{port} cannot be served: {error.strerror}. HOST must be an address of this machine."
