"""What `doctor` asks the servers: does each answer, and does somebody work on every queue?"""

import asyncpg
from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client

from workers.local.errors import LocalRunError
from workers.local.findings import Look
from workers.local.services import health_client, is_healthy
from workers.runtime.settings import Addresses, Settings
from workers.runtime.temporal_setup import connect, registered_types, wrong_types
from workers.runtime.wiring import CASES_QUEUE

_ACTIVITIES = TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY


def server_looks(settings: Settings) -> dict[str, Look]:
    """A look at every server of a run, by its name for people."""
    addresses = settings.addresses()
    agencies = {"bảng điều khiển": addresses.switchboard, **addresses.agencies}
    return {
        "PostgreSQL": lambda: _database(addresses),
        "Temporal": lambda: _temporal(settings),
        "thuộc tính tìm kiếm": lambda: _attributes(settings),
        "máy chủ giải mã": lambda: _http({"máy chủ giải mã": addresses.codec_server}),
        "cơ quan": lambda: _http(agencies),
        "xử lý hồ sơ": lambda: _queues(settings, addresses),
    }


async def _database(addresses: Addresses) -> str:
    if addresses.database_url is None:
        raise LocalRunError("Chưa biết cơ sở dữ liệu: chạy `lienthong up` hoặc đặt DATABASE_URL.")
    try:
        connection = await asyncpg.connect(addresses.database_url, timeout=5)
    except (OSError, ValueError, asyncpg.PostgresError) as error:
        raise LocalRunError(
            f"PostgreSQL không trả lời ({type(error).__name__}): chạy lại `lienthong up`, hoặc "
            "kiểm tra DATABASE_URL."
        ) from None  # its own text may quote the URL, and with it the password
    try:
        return str(await connection.fetchval("SHOW server_version"))
    finally:
        await connection.close()


async def _temporal(settings: Settings) -> str:
    client = await connect(settings)
    await client.count_workflows()
    return f"{settings.addresses().temporal}, namespace {client.namespace}"


async def _attributes(settings: Settings) -> str:
    wrong = wrong_types(await registered_types(await connect(settings)))
    if wrong:
        raise LocalRunError(
            f"{'; '.join(wrong)}: khởi động lại tiến trình xử lý hồ sơ để đăng ký cái còn thiếu; "
            "cái sai kiểu phải xoá trên máy chủ Temporal."
        )
    return "đủ và đúng kiểu"


async def _http(urls: dict[str, str]) -> str:
    async with health_client() as client:
        silent = [
            f"{name} ({url})" for name, url in urls.items() if not await is_healthy(client, url)
        ]
    if silent:
        raise LocalRunError(
            f"Không trả lời: {', '.join(silent)}. Xem nhật ký trong thư mục trạng thái, rồi chạy "
            "lại `lienthong up`."
        )
    return ", ".join(urls.values())


async def _queues(settings: Settings, addresses: Addresses) -> str:
    client = await connect(settings)
    queues = (CASES_QUEUE, *sorted(addresses.agencies))
    idle = [queue for queue in queues if not await _pollers(client, queue)]
    if idle:
        raise LocalRunError(
            f"Không ai xử lý hàng đợi {', '.join(idle)}: chạy `lienthong up`, hoặc "
            "`lienthong worker`."
        )
    return f"{len(queues)} hàng đợi có người xử lý"


async def _pollers(client: Client, queue: str) -> int:
    request = DescribeTaskQueueRequest(
        namespace=client.namespace, task_queue=TaskQueue(name=queue), task_queue_type=_ACTIVITIES
    )
    return len((await client.workflow_service.describe_task_queue(request)).pollers)
