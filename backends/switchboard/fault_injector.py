"""Standing between an agency and the world: delays, fails or garbles calls as its switch says."""

import asyncio

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backends.shared.problems import ProblemError, later, problem_response
from backends.switchboard.behaviour import Behaviour, Reachable
from backends.switchboard.store import Setting
from models.kernel.base import AgencyId

_RETRY_SECONDS = 1
_ALWAYS_PLAIN = ("/v1/desk/",)
_NONSENSE = "<html><body><h1>502 Bad Gateway</h1></body></html>"


class Switch:
    """The behaviour of one agency as this process knows it."""

    def __init__(self, agency: AgencyId) -> None:
        self.agency = agency
        self.behaviour = Behaviour()
        self._revision = 0

    def turn(self, setting: Setting) -> bool:
        """Take over a newer setting; False where it is known or older."""
        if setting.revision <= self._revision:
            return False
        self.behaviour, self._revision = setting
        return True

    @property
    def is_up(self) -> bool:
        """Whether the port should be open."""
        return self.behaviour.reachable is Reachable.UP


class Circuit:
    """Middleware that strikes the agency's own calls; the desk, health and OpenAPI stay plain."""

    def __init__(self, app: ASGIApp, switch: Switch) -> None:
        self._app = app
        self._switch = switch
        self._owed = {"failure": 0.0, "lost": 0.0, "nonsense": 0.0}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one call, or spoil it."""
        if not _is_struck(scope):
            await self._app(scope, receive, send)
            return
        behaviour = self._switch.behaviour
        if behaviour.latency:
            await asyncio.sleep(behaviour.latency)
        if self._falls_due("failure", behaviour.failure_rate):
            await self._problem(later("busy", seconds=_RETRY_SECONDS))(scope, receive, send)
        elif self._falls_due("nonsense", behaviour.nonsense_rate):
            await Response(_NONSENSE, media_type="text/html")(scope, receive, send)
        elif self._falls_due("lost", behaviour.lost_rate):
            await self._app(scope, receive, _lose)
            await self._problem(ProblemError(504, "answer lost"))(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _falls_due(self, kind: str, rate: float) -> bool:
        """Spread a share evenly over calls: what is owed adds up until a whole call is due."""
        owed = self._owed[kind] + rate if rate else 0.0
        due = owed > 1 - 1e-9
        self._owed[kind] = owed - 1 if due else owed
        return due

    def _problem(self, problem: ProblemError) -> Response:
        return problem_response(problem, self._switch.agency)


def _is_struck(scope: Scope) -> bool:
    path: str = scope.get("path", "")
    return (
        scope["type"] == "http" and path.startswith("/v1/") and not path.startswith(_ALWAYS_PLAIN)
    )


async def _lose(_message: Message) -> None:
    """An answer that never arrives."""
