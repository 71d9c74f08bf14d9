"""What every talk with the local Telegram needs."""

import pytest

from tests.platforms.telegram import (
    Spec,
    spec_or_none,
)


@pytest.fixture(autouse=True)
def no_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without this the library warns whenever somebody reads how long to wait, and a warning is an error here."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
def spec() -> Spec:
    """Telegram's own description; a checkout may lack it."""
    loaded = spec_or_none()
    if loaded is None:
        pytest.skip("../shared/specs/telegram/api.json is not here")
    return loaded
