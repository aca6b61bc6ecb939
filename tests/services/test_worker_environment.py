"""What a worker's environment says."""

import pytest

from app.services.worker_environment import worker_environment


def test_threads_of_a_worker_do_not_spin_unless_the_user_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OMP_WAIT_POLICY", raising=False)
    assert worker_environment(offline=True)["OMP_WAIT_POLICY"] == "PASSIVE"
    monkeypatch.setenv("OMP_WAIT_POLICY", "ACTIVE")
    assert worker_environment(offline=True)["OMP_WAIT_POLICY"] == "ACTIVE"


def test_a_worker_is_offline_unless_it_is_allowed_not_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    assert worker_environment(offline=True)["HF_HUB_OFFLINE"] == "1"
    assert "HF_HUB_OFFLINE" not in worker_environment(offline=False)
