"""The interesting ways a case can go; one history of each is kept for every release."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from unittest.mock import AsyncMock, patch

from models.contracts.dossiers import WantedItem
from models.contracts.payments import PaymentState
from models.kernel.errors import BackendContractError, BackendRefusedRequestError
from models.kernel.vocabulary import Outcome
from models.working_time.calendars import Calendar
from models.working_time.terms import CitizenLimit

from fakes.agencies import ScriptedAnswer
from harness.case_in_hand import CaseInHand
from harness.desk import Desk
from harness.families import DAUGHTER, Raw, changed
from harness.regulation_1123 import birth_of_2021

Path = Callable[[Desk], Awaitable[CaseInHand]]
RESIDENCE, CARD = "register_residence", "issue_card"
ACCEPTED = ScriptedAnswer(outcome=Outcome.ACCEPTED)
REFUSED = ScriptedAnswer(outcome=Outcome.REFUSED, reason_code="LECH_DINH_DANH")
WANTED = ScriptedAnswer(outcome=Outcome.SUPPLEMENT, items=(WantedItem(code="CT07"),))


async def immediate(desk: Desk) -> CaseInHand:
    """Every agency grants at once."""
    return await desk.declare()


async def later(desk: Desk) -> CaseInHand:
    """Agencies accept, verify, and are found to have granted."""
    verifying = ScriptedAnswer(outcome=Outcome.VERIFY)
    desk.agencies["residence"].answers[RESIDENCE] = [ACCEPTED, verifying, ScriptedAnswer()]
    desk.agencies["insurance"].answers[CARD] = [ACCEPTED, ScriptedAnswer()]
    return await desk.declare()


async def overdue(desk: Desk) -> CaseInHand:
    """An agency lets every due instant pass."""
    desk.agencies["residence"].answers[RESIDENCE] = [ACCEPTED]
    case = await desk.declare()
    await desk.pass_time(days=6)
    desk.agencies["residence"].answers[RESIDENCE] = [ScriptedAnswer()]
    return case


async def outage(desk: Desk) -> CaseInHand:
    """An agency and the receipt office are away for a while."""
    desk.agencies["insurance"].outages = 9
    desk.notices.outages = 5
    return await desk.declare()


async def parked(desk: Desk) -> CaseInHand:
    """Nonsense parks a dossier; it is resumed."""
    desk.agencies["insurance"].fault = BackendContractError("insurance: no DossierAnswer")
    case = await desk.declare()
    await case.until_dossier(CARD, "parked")
    desk.agencies["insurance"].fault = None
    await case.resume(CARD)
    return case


async def refused(desk: Desk) -> CaseInHand:
    """The first step is refused, so nothing else is filed."""
    desk.agencies["civil_status"].answers["register_birth"] = [REFUSED]
    return await desk.declare()


async def partly_refused(desk: Desk) -> CaseInHand:
    """One branch is refused."""
    desk.agencies["residence"].answers[RESIDENCE] = [REFUSED]
    return await desk.declare()


async def supplement(desk: Desk) -> CaseInHand:
    """Something is missing, is handed in, and the agency grants."""
    desk.agencies["residence"].answers[RESIDENCE] = [WANTED]
    case = await desk.declare()
    await case.until_dossier(RESIDENCE, "supplement_wanted")
    await case.supplement(RESIDENCE)
    return case


async def decided(desk: Desk) -> CaseInHand:
    """An agency calls in with its decision, twice."""
    desk.agencies["residence"].answers[RESIDENCE] = [ACCEPTED]
    case = await desk.declare()
    await case.until_dossier(RESIDENCE, "accepted")
    await case.decide(RESIDENCE, "verify", decision_id="qd-1")
    await case.decide(RESIDENCE, "verify", decision_id="qd-1")
    await case.decide(RESIDENCE)
    return case


async def supplemented_twice(desk: Desk) -> CaseInHand:
    """Something is missing again, and the clock starts anew each time."""
    case = await later_at_residence(desk)
    for hours in (20, 30):
        await case.decide(RESIDENCE, "supplement")
        await desk.pass_time(hours=hours)
        desk.agencies["residence"].answers[RESIDENCE] = [ACCEPTED, ACCEPTED]
        await case.supplement(RESIDENCE)
        await desk.pass_time(hours=2)
    await case.decide(RESIDENCE)
    return case


async def never_supplemented(desk: Desk) -> CaseInHand:
    """What the citizen never hands in stops at the citizen's limit."""
    desk.change_rules(supplement_limit=CitizenLimit(days=5))
    case = await later_at_residence(desk)
    await case.decide(RESIDENCE, "supplement")
    return case


async def extended(desk: Desk) -> CaseInHand:
    """An agency names its one new date, and verifies besides."""
    case = await later_at_residence(desk)
    await case.extend(RESIDENCE)
    await case.decide(RESIDENCE, "verify")
    await desk.pass_time(days=2)
    await case.decide(RESIDENCE)
    return case


async def recalculated(desk: Desk) -> CaseInHand:
    """A day off is decreed while an agency decides, and the case is counted again by it."""
    case = await later_at_residence(desk)
    tomorrow = (await desk.now()).date() + timedelta(days=1)
    desk.decree_day_off(tomorrow)
    await case.recalculate()
    await desk.pass_time(hours=2)
    await case.decide(RESIDENCE)
    return case


async def lost_while_asked(desk: Desk) -> CaseInHand:
    """An agency goes away while it decides, and is back with its decision."""
    case = await later_at_residence(desk)
    await desk.pass_time(minutes=20)
    desk.agencies["residence"].unreachable = True
    await desk.pass_time(hours=2)
    desk.agencies["residence"].unreachable = False
    await desk.pass_time(minutes=2)
    await case.decide(RESIDENCE)
    return case


async def results_delayed(desk: Desk) -> CaseInHand:
    """Who brings results to the citizen is away for a while."""
    case = await later_at_residence(desk)
    desk.notices.unreachable, desk.notices.retry_after = True, timedelta(hours=1)
    await case.decide(RESIDENCE)
    await desk.pass_time(hours=3)
    desk.notices.unreachable = False
    return case


async def wanted_again(desk: Desk) -> CaseInHand:
    """Something else is wanted before the first was handed in."""
    case = await later_at_residence(desk)
    for _ in range(2):
        await case.decide(RESIDENCE, "supplement")
        await desk.pass_time(hours=20)
    await case.decide(RESIDENCE)
    return case


async def withdrawn(desk: Desk) -> CaseInHand:
    """One dossier is taken back from its agency."""
    case = await later_at_residence(desk)
    await case.withdraw(RESIDENCE)
    return case


async def all_withdrawn(desk: Desk) -> CaseInHand:
    """Everything is taken back while the first step is undecided."""
    desk.agencies["civil_status"].answers["register_birth"] = [ACCEPTED]
    case = await desk.declare()
    await case.until_dossier("register_birth", "accepted")
    await case.withdraw()
    return case


async def later_at_residence(desk: Desk) -> CaseInHand:
    desk.agencies["residence"].answers[RESIDENCE] = [ACCEPTED]
    case = await desk.declare()
    await case.until_dossier(RESIDENCE, "accepted")
    return case


async def ledger_away(desk: Desk) -> CaseInHand:
    """Our own database is away while an agency decides."""
    desk.agencies["residence"].answers[RESIDENCE] = [ACCEPTED]
    desk.ledger.away = True
    case = await desk.declare()
    await case.until_dossier(RESIDENCE, "accepted")
    await desk.pass_time(hours=1)
    desk.ledger.away = False
    await case.decide(RESIDENCE)
    return case


async def by_post(desk: Desk) -> CaseInHand:
    """Results go out on paper as well."""
    delivery = {"method": "post", "address": "Số 12 ngõ Mẫu", "commune": "00004"}
    return await desk.declare(change=lambda raw: changed(raw, "delivery", delivery))


async def duplicate(desk: Desk) -> CaseInHand:
    """The same birth, declared once more under another id."""
    raw = await desk.new_family()
    await (await desk.start(raw, case_id="birth/x-1")).result()
    return await desk.start(raw, case_id="birth/x-2")


async def refused_at_intake(desk: Desk) -> CaseInHand:
    """No declaration at all."""
    return await desk.start({"schema": "birth/1"}, case_id="birth/x-1")


def agreed(raw: Raw) -> Raw:
    """The only relative has named herself: nobody else must confirm it."""
    return changed(raw, "relatives", raw["relatives"][:1]) | {"representative": DAUGHTER}


async def a_death(desk: Desk) -> CaseInHand:
    """All four procedures of a death, routed to a fund and paid; all relatives agree."""
    return await desk.declare_death(change=agreed)


async def a_family_that_waits(desk: Desk) -> CaseInHand:
    """Relatives do not agree in time; the written form takes the place of their word."""
    case = await desk.declare_death(
        "register_death",
        "remove_residence",
        "survivor_lump_sum",
        change=lambda raw: raw | {"representative": DAUGHTER},
    )
    await case.until_dossier("survivor_lump_sum", "supplement_wanted")
    await desk.pass_time(days=9)
    items = [{"code": "VAN_BAN_CU_DAI_DIEN", "reference": "tep-1"}]
    await case.supplement("survivor_lump_sum", items=items)
    return case


async def money_returned(desk: Desk) -> CaseInHand:
    """Funeral money comes back from the bank, and is sent elsewhere."""
    desk.treasury.next_states = [PaymentState.RETURNED]
    case = await desk.declare_death("register_death", "funeral_money")
    await case.until(
        lambda status: any(d.payment and d.payment.state == "returned" for d in status.dossiers)
    )
    cash = {"method": "cash", "place": "UBND phường Mẫu"}
    said = {"request_id": "r-1", "procedure": "funeral_money", "pay_to": cash, "by": "can-bo-01"}
    await case.say("redirect_payment", said)
    return case


async def fund_away(desk: Desk) -> CaseInHand:
    """One of both funds is away while it is asked what it owes."""
    desk.funds["social_affairs"].unreachable = True
    case = await desk.declare_death("register_death", "remove_residence", "funeral_money")
    await case.until_dossier("remove_residence", "granted")
    await desk.pass_time(hours=2)
    desk.funds["social_affairs"].unreachable = False
    return case


async def cancelled(desk: Desk) -> CaseInHand:
    """An operator cancels the case while an agency decides and another has granted."""
    case = await later_at_residence(desk)
    await case.until_dossier(CARD, "granted")
    await case.handle.cancel()
    return case


async def parked_intake(desk: Desk) -> CaseInHand:
    """Our own database answers nonsense while the case is taken in; it is resumed."""
    desk.register.fault = BackendContractError("our database: open a case: impossible")
    case = await desk.declare("register_birth")
    await case.until(lambda status: status.attention == "parked")
    desk.register.fault = None
    await case.resume()
    return case


async def parked_receipt(desk: Desk) -> CaseInHand:
    """The receipt is refused, while a dossier still lies at its agency; it is resumed."""
    desk.notices.fault = BackendRefusedRequestError("notice: send a notice: status 422")
    case = await later_at_residence(desk)
    await case.until(lambda status: status.attention == "parked")
    desk.notices.fault = None
    await case.resume()
    await case.decide(RESIDENCE)
    return case


async def parked_results(desk: Desk) -> CaseInHand:
    """The bundle of results is refused; it is resumed."""
    case = await later_at_residence(desk)
    desk.notices.fault = BackendRefusedRequestError("notice: send a notice: status 422")
    await case.decide(RESIDENCE)
    await case.until(lambda status: status.attention == "parked")
    desk.notices.fault = None
    await case.resume()
    return case


async def parked_parcel(desk: Desk) -> CaseInHand:
    """The post refuses the parcel on paper; it is resumed."""
    desk.post.fault = BackendRefusedRequestError("post: hand in a parcel: status 422")
    case = await by_post(desk)
    await case.until(lambda status: status.attention == "parked")
    desk.post.fault = None
    await case.resume()
    return case


async def handed_over(desk: Desk) -> CaseInHand:
    """A birth of 2021 in Tuyên Quang: the card goes to the contact officer, by a post away."""
    desk.permit(allow_backdating=True)
    desk.post.outages = 4
    raw = birth_of_2021(900)
    return await desk.start(raw, case_id=f"birth/{raw['notice']['number']}")


async def parked_hand_over(desk: Desk) -> CaseInHand:
    """The post refuses what the contact officer is to hand over; it is resumed."""
    desk.permit(allow_backdating=True)
    desk.post.fault = BackendRefusedRequestError("post: hand in a parcel: status 422")
    raw = birth_of_2021(901)
    case = await desk.start(raw, case_id=f"birth/{raw['notice']['number']}")
    await case.until(lambda status: status.attention == "parked")
    desk.post.fault = None
    await case.resume()
    return case


async def parked_clock(desk: Desk) -> CaseInHand:
    """A due date nobody can work out parks its dossier until the calendar is mended."""
    desk.agencies["civil_status"].unreachable = True
    case = await desk.declare("register_birth", CARD)
    await case.until_dossier("register_birth", "submitted")
    calendar = desk.use_calendar(Calendar(id="old", first_year=2015, last_year=2016))
    desk.agencies["civil_status"].unreachable = False
    await desk.pass_time(minutes=1)
    await case.until_dossier(CARD, "parked")
    desk.use_calendar(calendar)
    await case.resume(CARD)
    return case


async def parked_closing(desk: Desk) -> CaseInHand:
    """Our own database answers nonsense while the case is closed; it is resumed."""
    fault = BackendContractError("our database: close a case: impossible")
    with patch.object(desk.register, "close", AsyncMock(side_effect=fault)):
        case = await desk.declare("register_birth")
        await case.until(lambda status: status.attention == "parked")
    await case.resume()
    return case


PATHS: dict[str, Path] = {
    path.__name__.replace("_", "-"): path
    for path in (
        immediate,
        later,
        overdue,
        outage,
        parked,
        refused,
        partly_refused,
        supplement,
        decided,
        supplemented_twice,
        never_supplemented,
        extended,
        recalculated,
        lost_while_asked,
        results_delayed,
        wanted_again,
        withdrawn,
        all_withdrawn,
        ledger_away,
        by_post,
        duplicate,
        refused_at_intake,
        a_death,
        a_family_that_waits,
        money_returned,
        fund_away,
        cancelled,
        parked_intake,
        parked_receipt,
        parked_results,
        parked_parcel,
        handed_over,
        parked_hand_over,
        parked_clock,
        parked_closing,
    )
}
