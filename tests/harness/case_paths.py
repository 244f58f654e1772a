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
from harness.case_handle import CaseHandle
from harness.families import DAUGHTER, Raw, changed
from harness.regulation_1123 import birth_of_2021
from harness.system import SystemUnderTest

Path = Callable[[SystemUnderTest], Awaitable[CaseHandle]]
RESIDENCE, CARD = "register_residence", "issue_card"
ACCEPTED = ScriptedAnswer(outcome=Outcome.ACCEPTED)
REFUSED = ScriptedAnswer(outcome=Outcome.REFUSED, reason_code="LECH_DINH_DANH")
WANTED = ScriptedAnswer(outcome=Outcome.SUPPLEMENT, items=(WantedItem(code="CT07"),))


async def immediate(system: SystemUnderTest) -> CaseHandle:
    """Every agency grants at once."""
    return await system.declare()


async def later(system: SystemUnderTest) -> CaseHandle:
    """Agencies accept, verify, and are found to have granted."""
    verifying = ScriptedAnswer(outcome=Outcome.VERIFY)
    system.agencies["residence"].answers[RESIDENCE] = [ACCEPTED, verifying, ScriptedAnswer()]
    system.agencies["insurance"].answers[CARD] = [ACCEPTED, ScriptedAnswer()]
    return await system.declare()


async def overdue(system: SystemUnderTest) -> CaseHandle:
    """An agency lets every due instant pass."""
    system.agencies["residence"].answers[RESIDENCE] = [ACCEPTED]
    case = await system.declare()
    await system.pass_time(days=6)
    system.agencies["residence"].answers[RESIDENCE] = [ScriptedAnswer()]
    return case


async def outage(system: SystemUnderTest) -> CaseHandle:
    """An agency and the receipt office are away for a while."""
    system.agencies["insurance"].outages = 9
    system.notices.outages = 5
    return await system.declare()


async def parked(system: SystemUnderTest) -> CaseHandle:
    """Nonsense parks a dossier; it is resumed."""
    system.agencies["insurance"].fault = BackendContractError("insurance: no DossierAnswer")
    case = await system.declare()
    await case.until_dossier(CARD, "parked")
    system.agencies["insurance"].fault = None
    await case.resume(CARD)
    return case


async def refused(system: SystemUnderTest) -> CaseHandle:
    """The first step is refused, so nothing else is filed."""
    system.agencies["civil_status"].answers["register_birth"] = [REFUSED]
    return await system.declare()


async def partly_refused(system: SystemUnderTest) -> CaseHandle:
    """One branch is refused."""
    system.agencies["residence"].answers[RESIDENCE] = [REFUSED]
    return await system.declare()


async def supplement(system: SystemUnderTest) -> CaseHandle:
    """Something is missing, is handed in, and the agency grants."""
    system.agencies["residence"].answers[RESIDENCE] = [WANTED]
    case = await system.declare()
    await case.until_dossier(RESIDENCE, "supplement_wanted")
    await case.supplement(RESIDENCE)
    return case


async def decided(system: SystemUnderTest) -> CaseHandle:
    """An agency calls in with its decision, twice."""
    system.agencies["residence"].answers[RESIDENCE] = [ACCEPTED]
    case = await system.declare()
    await case.until_dossier(RESIDENCE, "accepted")
    await case.decide(RESIDENCE, "verify", decision_id="qd-1")
    await case.decide(RESIDENCE, "verify", decision_id="qd-1")
    await case.decide(RESIDENCE)
    return case


async def supplemented_twice(system: SystemUnderTest) -> CaseHandle:
    """Something is missing again, and the clock starts anew each time."""
    case = await later_at_residence(system)
    for hours in (20, 30):
        await case.decide(RESIDENCE, "supplement")
        await system.pass_time(hours=hours)
        system.agencies["residence"].answers[RESIDENCE] = [ACCEPTED, ACCEPTED]
        await case.supplement(RESIDENCE)
        await system.pass_time(hours=2)
    await case.decide(RESIDENCE)
    return case


async def never_supplemented(system: SystemUnderTest) -> CaseHandle:
    """What the citizen never hands in stops at the citizen's limit."""
    system.change_rules(supplement_limit=CitizenLimit(days=5))
    case = await later_at_residence(system)
    await case.decide(RESIDENCE, "supplement")
    return case


async def extended(system: SystemUnderTest) -> CaseHandle:
    """An agency names its one new date, and verifies besides."""
    case = await later_at_residence(system)
    await case.extend(RESIDENCE)
    await case.decide(RESIDENCE, "verify")
    await system.pass_time(days=2)
    await case.decide(RESIDENCE)
    return case


async def recalculated(system: SystemUnderTest) -> CaseHandle:
    """A day off is decreed while an agency decides, and the case is counted again by it."""
    case = await later_at_residence(system)
    tomorrow = (await system.now()).date() + timedelta(days=1)
    system.decree_day_off(tomorrow)
    await case.recalculate()
    await system.pass_time(hours=2)
    await case.decide(RESIDENCE)
    return case


async def lost_while_asked(system: SystemUnderTest) -> CaseHandle:
    """An agency goes away while it decides, and is back with its decision."""
    case = await later_at_residence(system)
    await system.pass_time(minutes=20)
    system.agencies["residence"].unreachable = True
    await system.pass_time(hours=2)
    system.agencies["residence"].unreachable = False
    await system.pass_time(minutes=2)
    await case.decide(RESIDENCE)
    return case


async def results_delayed(system: SystemUnderTest) -> CaseHandle:
    """Who brings results to the citizen is away for a while."""
    case = await later_at_residence(system)
    system.notices.unreachable, system.notices.retry_after = True, timedelta(hours=1)
    await case.decide(RESIDENCE)
    await system.pass_time(hours=3)
    system.notices.unreachable = False
    return case


async def wanted_again(system: SystemUnderTest) -> CaseHandle:
    """Something else is wanted before the first was handed in."""
    case = await later_at_residence(system)
    for _ in range(2):
        await case.decide(RESIDENCE, "supplement")
        await system.pass_time(hours=20)
    await case.decide(RESIDENCE)
    return case


async def withdrawn(system: SystemUnderTest) -> CaseHandle:
    """One dossier is taken back from its agency."""
    case = await later_at_residence(system)
    await case.withdraw(RESIDENCE)
    return case


async def all_withdrawn(system: SystemUnderTest) -> CaseHandle:
    """Everything is taken back while the first step is undecided."""
    system.agencies["civil_status"].answers["register_birth"] = [ACCEPTED]
    case = await system.declare()
    await case.until_dossier("register_birth", "accepted")
    await case.withdraw()
    return case


async def later_at_residence(system: SystemUnderTest) -> CaseHandle:
    system.agencies["residence"].answers[RESIDENCE] = [ACCEPTED]
    case = await system.declare()
    await case.until_dossier(RESIDENCE, "accepted")
    return case


async def ledger_away(system: SystemUnderTest) -> CaseHandle:
    """Our own database is away while an agency decides."""
    system.agencies["residence"].answers[RESIDENCE] = [ACCEPTED]
    system.ledger.away = True
    case = await system.declare()
    await case.until_dossier(RESIDENCE, "accepted")
    await system.pass_time(hours=1)
    system.ledger.away = False
    await case.decide(RESIDENCE)
    return case


async def by_post(system: SystemUnderTest) -> CaseHandle:
    """Results go out on paper as well."""
    delivery = {"method": "post", "address": "Số 12 ngõ Mẫu", "commune": "00004"}
    return await system.declare(change=lambda raw: changed(raw, "delivery", delivery))


async def duplicate(system: SystemUnderTest) -> CaseHandle:
    """The same birth, declared once more under another id."""
    raw = await system.new_family()
    await (await system.start(raw, case_id="birth/x-1")).result()
    return await system.start(raw, case_id="birth/x-2")


async def refused_at_intake(system: SystemUnderTest) -> CaseHandle:
    """No declaration at all."""
    return await system.start({"schema": "birth/1"}, case_id="birth/x-1")


def agreed(raw: Raw) -> Raw:
    """The only relative has named herself: nobody else must confirm it."""
    return changed(raw, "relatives", raw["relatives"][:1]) | {"representative": DAUGHTER}


async def a_death(system: SystemUnderTest) -> CaseHandle:
    """All four procedures of a death, routed to a fund and paid; all relatives agree."""
    return await system.declare_death(change=agreed)


async def a_family_that_waits(system: SystemUnderTest) -> CaseHandle:
    """Relatives do not agree in time; the written form takes the place of their word."""
    case = await system.declare_death(
        "register_death",
        "remove_residence",
        "survivor_lump_sum",
        change=lambda raw: raw | {"representative": DAUGHTER},
    )
    await case.until_dossier("survivor_lump_sum", "supplement_wanted")
    await system.pass_time(days=9)
    items = [{"code": "VAN_BAN_CU_DAI_DIEN", "reference": "tep-1"}]
    await case.supplement("survivor_lump_sum", items=items)
    return case


async def money_returned(system: SystemUnderTest) -> CaseHandle:
    """Funeral money comes back from the bank, and is sent elsewhere."""
    system.treasury.next_states = [PaymentState.RETURNED]
    case = await system.declare_death("register_death", "funeral_money")
    await case.until(
        lambda status: any(d.payment and d.payment.state == "returned" for d in status.dossiers)
    )
    cash = {"method": "cash", "place": "UBND phường Mẫu"}
    said = {"request_id": "r-1", "procedure": "funeral_money", "pay_to": cash, "by": "can-bo-01"}
    await case.say("redirect_payment", said)
    return case


async def fund_away(system: SystemUnderTest) -> CaseHandle:
    """One of both funds is away while it is asked what it owes."""
    system.funds["social_affairs"].unreachable = True
    case = await system.declare_death("register_death", "remove_residence", "funeral_money")
    await case.until_dossier("remove_residence", "granted")
    await system.pass_time(hours=2)
    system.funds["social_affairs"].unreachable = False
    return case


async def cancelled(system: SystemUnderTest) -> CaseHandle:
    """An operator cancels the case while an agency decides and another has granted."""
    case = await later_at_residence(system)
    await case.until_dossier(CARD, "granted")
    await case.handle.cancel()
    return case


async def parked_intake(system: SystemUnderTest) -> CaseHandle:
    """Our own database answers nonsense while the case is taken in; it is resumed."""
    system.register.fault = BackendContractError("our database: open a case: impossible")
    case = await system.declare("register_birth")
    await case.until(lambda status: status.attention == "parked")
    system.register.fault = None
    await case.resume()
    return case


async def parked_receipt(system: SystemUnderTest) -> CaseHandle:
    """The receipt is refused, while a dossier still lies at its agency; it is resumed."""
    system.notices.fault = BackendRefusedRequestError("notice: send a notice: status 422")
    case = await later_at_residence(system)
    await case.until(lambda status: status.attention == "parked")
    system.notices.fault = None
    await case.resume()
    await case.decide(RESIDENCE)
    return case


async def parked_results(system: SystemUnderTest) -> CaseHandle:
    """The bundle of results is refused; it is resumed."""
    case = await later_at_residence(system)
    system.notices.fault = BackendRefusedRequestError("notice: send a notice: status 422")
    await case.decide(RESIDENCE)
    await case.until(lambda status: status.attention == "parked")
    system.notices.fault = None
    await case.resume()
    return case


async def parked_parcel(system: SystemUnderTest) -> CaseHandle:
    """The post refuses the parcel on paper; it is resumed."""
    system.post.fault = BackendRefusedRequestError("post: hand in a parcel: status 422")
    case = await by_post(system)
    await case.until(lambda status: status.attention == "parked")
    system.post.fault = None
    await case.resume()
    return case


async def handed_over(system: SystemUnderTest) -> CaseHandle:
    """A birth of 2021 in Tuyên Quang: the card goes to the contact officer, by a post away."""
    system.permit(allow_backdating=True)
    system.post.outages = 4
    raw = birth_of_2021(900)
    return await system.start(raw, case_id=f"birth/{raw['notice']['number']}")


async def parked_hand_over(system: SystemUnderTest) -> CaseHandle:
    """The post refuses what the contact officer is to hand over; it is resumed."""
    system.permit(allow_backdating=True)
    system.post.fault = BackendRefusedRequestError("post: hand in a parcel: status 422")
    raw = birth_of_2021(901)
    case = await system.start(raw, case_id=f"birth/{raw['notice']['number']}")
    await case.until(lambda status: status.attention == "parked")
    system.post.fault = None
    await case.resume()
    return case


async def parked_clock(system: SystemUnderTest) -> CaseHandle:
    """A due date nobody can work out parks its dossier until the calendar is mended."""
    system.agencies["civil_status"].unreachable = True
    case = await system.declare("register_birth", CARD)
    await case.until_dossier("register_birth", "submitted")
    calendar = system.use_calendar(Calendar(id="old", first_year=2015, last_year=2016))
    system.agencies["civil_status"].unreachable = False
    await system.pass_time(minutes=1)
    await case.until_dossier(CARD, "parked")
    system.use_calendar(calendar)
    await case.resume(CARD)
    return case


async def parked_closing(system: SystemUnderTest) -> CaseHandle:
    """Our own database answers nonsense while the case is closed; it is resumed."""
    fault = BackendContractError("our database: close a case: impossible")
    with patch.object(system.register, "close", AsyncMock(side_effect=fault)):
        case = await system.declare("register_birth")
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
