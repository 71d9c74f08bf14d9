"""The methods by which the bot gets its updates: by asking for them, or at an address of its own."""

from .bodies import Call, Json
from .refusals import Mistake
from .webhook import DeliveryWorker, check_webhook
from .world import World

SET_WEBHOOK = "terminated by setWebhook request"
LONGEST_POLL = 50


async def get_updates(world: World, call: Call) -> list[Json]:
    """getUpdates."""
    limit = call.integer("limit") or 100
    if not 1 <= limit <= 100:
        raise Mistake("limit must be from 1 to 100", str(limit))
    if not world.queue.webhook:
        world.queue.allow(call.data("allowed_updates"))
    timeout = min(max(call.integer("timeout") or 0, 0), LONGEST_POLL)
    return await world.queue.poll(call.integer("offset") or 0, limit, timeout)


async def set_webhook(world: World, call: Call) -> bool:
    """setWebhook; an empty address removes it."""
    url, secret, connections = call.text("url") or "", call.text("secret_token"), call.integer("max_connections")
    if url:
        check_webhook(url, secret, connections)
    await remove(world, call)
    world.queue.allow(call.data("allowed_updates"))
    if url:
        pause, patience = world.webhook_pause, world.webhook_patience
        worker = world.worker = DeliveryWorker(world.queue, url, secret, connections or 40, pause, patience)
        world.queue.webhook = True
        world.queue.end_poll(SET_WEBHOOK)
        world.queue.on_new = worker.wake
        worker.start()
    return True


async def delete_webhook(world: World, call: Call) -> bool:
    """deleteWebhook."""
    await remove(world, call)
    return True


async def remove(world: World, call: Call) -> None:
    """Stop bringing updates, and drop those that wait where the bot says so."""
    worker, world.worker, world.queue.webhook, world.queue.on_new = world.worker, None, False, None
    if worker is not None:
        await worker.stop()
    if call.flag("drop_pending_updates"):
        world.queue.forget()


def get_webhook_info(world: World, call: Call) -> Json:
    """getWebhookInfo."""
    shape: Json = {"url": "", "has_custom_certificate": False, "pending_update_count": len(world.queue.entries)}
    if world.worker is not None:
        shape |= {"url": world.worker.url, "max_connections": world.worker.connections}
        if world.worker.error:
            shape |= {"last_error_date": world.now(), "last_error_message": world.worker.error}
    if world.queue.allowed:
        shape["allowed_updates"] = world.queue.allowed
    return shape
