"""What became of deliveries is written down together, however many there are (promise 6)."""

import asyncio

from bot.core.ids import DeliveryId
from bot.core.reminder import ONE_OFF
from bot.delivery.settling import MOST, Settler
from bot.ports.deliveries import Settlement
from tests.delivery.post import NINE, Office, crowd
from tests.storage.frontend import PLATFORM


def test_more_than_one_transaction_takes_are_all_written_down(office: Office) -> None:
    crowd(office.database, MOST + 5, office.roadmap)
    office.now = NINE
    asyncio.run(office.worker().plan())
    claimed = office.database.transact(lambda uow: uow.deliveries.claim(PLATFORM, "c", NINE, NINE, MOST + 5))
    assert ONE_OFF not in {delivery.kind for delivery in claimed}

    async def settle() -> None:
        settler = Settler(office.database)
        ids = [DeliveryId(delivery.id) for delivery in claimed]
        written = [settler.settle(Settlement(id_, "c", "sent", NINE)) for id_ in ids]
        async with asyncio.timeout(10):
            await asyncio.gather(*written)

    asyncio.run(settle())
    assert office.states() == ["sent"] * (MOST + 5)
