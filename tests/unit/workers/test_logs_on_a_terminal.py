"""Nothing a family told us stands in a log, whoever reads it."""

import io
import logging
import sys
from collections.abc import Iterator

import pytest
import structlog
from typing_extensions import override

from workers.runtime.logs import configure_logs

SECRET = "001195004321"


class Terminal(io.StringIO):
    """Standard output of a person who watches."""

    @override
    def isatty(self) -> bool:
        """A person does."""
        return True


@pytest.fixture
def logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def fail(declared: str) -> None:
    """Fail while a local variable holds what was declared."""
    raise ValueError(len(declared))


@pytest.mark.usefixtures("logging_as_before")
@pytest.mark.parametrize("out", [Terminal, io.StringIO], ids=["terminal", "file"])
def test_a_failure_is_logged_without_its_local_variables(
    out: type[io.StringIO], monkeypatch: pytest.MonkeyPatch
) -> None:
    written = out()
    monkeypatch.setattr(sys, "stdout", written)
    configure_logs()
    try:
        fail("0" + SECRET[1:])
    except ValueError:
        logging.getLogger("some.library").exception("activity failed")

    assert "ValueError" in written.getvalue()
    assert SECRET not in written.getvalue()
