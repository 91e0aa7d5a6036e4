"""No test leaves the machine."""

import socket

import pytest

from tests.fixtures.network import NetworkRefusedError


def test_other_machines_are_refused():
    with pytest.raises(NetworkRefusedError), socket.socket() as out:
        out.connect(("192.0.2.1", 80))
    with pytest.raises(NetworkRefusedError):
        socket.getaddrinfo("example.org", 80)


def test_this_machine_is_reached():
    with socket.create_server(("127.0.0.1", 0)) as here:
        socket.create_connection(here.getsockname()).close()
