"""Whatever fetching, extraction and gate may say is a reason that a check can have."""

from platforms.fetching import Failure
from platforms.models import FailureReason
from platforms.text.gate import Refusal

TAKING = {"selectors_miss", "unreadable"}
NOT_KEPT = {"erased"}


def test_every_failure_and_every_refusal_is_a_reason_with_words():
    values = {reason.value for reason in [*Failure, *Refusal]} | TAKING | NOT_KEPT
    assert values == set(FailureReason.values) - {""}
    assert len({reason.label for reason in FailureReason}) == len(FailureReason)
    assert all(len(value) <= 20 for value in FailureReason.values)
