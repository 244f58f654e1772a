"""Working time used and left of a running limit, and how it is said."""

from datetime import timedelta

from models.kernel.base import Instant, Message
from models.kernel.words import official_time
from models.working_time.words import describe_amount

MINUTE = timedelta(minutes=1)


class WorkingTime(Message):
    """Office time of the agency that owes the answer; what a citizen took is nobody's.

    Never told in days: a limit in working days ends with office hours, whenever it began.
    """

    used: timedelta
    """Since the newest count began. Past the due instant it grows no more."""
    left: timedelta
    at: Instant
    """To when it is counted: now, or when the clock stopped or the dossier was settled."""
    is_late: bool = False
    is_over: bool = False
    """The dossier is settled: what was left is nobody's to use any more."""

    def said(self) -> str:
        """In Vietnamese: `đã dùng 11 giờ, còn 12 giờ làm việc, tính đến 09:15 26/11/2026`."""
        used = describe_amount(_whole_minutes(self.used))
        if self.is_late:
            return f"đã dùng hết {used} làm việc, quá hạn"
        if self.is_over:
            return f"đã dùng {used} làm việc"
        left = describe_amount(_whole_minutes(self.left))
        return f"đã dùng {used}, còn {left} làm việc, tính đến {official_time(self.at)}"


def _whole_minutes(amount: timedelta) -> timedelta:
    return amount - amount % MINUTE
