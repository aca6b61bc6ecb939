"""What a worker's environment says."""

import pytest

from app.services.worker_environment import worker_environment


def test_threads_of_a_worker_spin_only_for_a_moment_unless_the_user_wants_it_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("GOMP_SPINCOUNT", raising=False)
    assert worker_environment(offline=True)["GOMP_SPINCOUNT"] == "20000"
    monkeypatch.setenv("GOMP_SPINCOUNT", "0")
    assert worker_environment(offline=True)["GOMP_SPINCOUNT"] == "0"


def test_a_worker_is_offline_unless_it_is_allowed_not_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    assert worker_environment(offline=True)["HF_HUB_OFFLINE"] == "1"
    assert "HF_HUB_OFFLINE" not in worker_environment(offline=False)
