"""Work dealt out by host."""

from __future__ import annotations

import time
from threading import Lock, Thread

from hypothesis import given
from hypothesis import strategies as st

from platforms.text.host_queues import HostQueues

work = st.lists(st.tuples(st.sampled_from("abcde"), st.integers()), max_size=40).map(
    lambda pairs: [(host, n) for n, (host, _) in enumerate(pairs)]
)


@given(work)
def test_alone_everything_is_dealt_out_once_in_order_within_a_host(pairs: list[tuple[str, int]]) -> None:
    queues, taken = HostQueues(pairs, lambda: 0.0), []
    while (found := queues.take()) is not None:
        taken.append(found)
        queues.done(found[0])
    assert sorted(taken) == sorted(pairs)
    for host in {host for host, _ in pairs}:
        assert [p for p in taken if p[0] == host] == [p for p in pairs if p[0] == host]
    if pairs:
        assert taken[0] == pairs[0]


@given(work, st.integers(2, 6))
def test_threads_never_have_a_host_twice(pairs: list[tuple[str, int]], threads: int) -> None:
    queues, lock = HostQueues(pairs, time.monotonic), Lock()
    at_work: set[str] = set()
    taken: list[tuple[str, int]] = []
    clashes: list[str] = []
    postponed: set[int] = set()

    def labour() -> None:
        while (found := queues.take()) is not None:
            host, piece = found
            with lock:
                if host in at_work:
                    clashes.append(host)
                at_work.add(host)
                again = piece % 3 == 0 and piece not in postponed
                postponed.add(piece)
            time.sleep(0)  # let the others run while the host is held
            with lock:
                at_work.discard(host)
                if not again:
                    taken.append(found)
            if again:
                queues.postpone(host, piece, 0.0001)
            else:
                queues.done(host)

    hands = [Thread(target=labour) for _ in range(threads)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(10)
    assert not any(hand.is_alive() for hand in hands)
    assert (clashes, sorted(taken)) == ([], sorted(pairs))


def test_a_host_that_rests_is_passed_over():
    now = [0.0]
    queues = HostQueues([("a", 1), ("a", 2), ("b", 3)], lambda: now[0])
    assert queues.take() == ("a", 1)
    queues.postpone("a", 1, 10)
    assert queues.take() == ("b", 3)
    queues.done("b")
    now[0] = 10
    assert queues.take() == ("a", 1)


def test_stopping_ends_the_dealing():
    queues = HostQueues([("a", 1), ("b", 2)], time.monotonic)
    assert queues.take() is not None
    queues.stop()
    assert queues.take() is None
