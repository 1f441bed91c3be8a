"""Questions of the day that wait for somebody: nothing else may show them their answer."""

from bot.store.port import Tx


async def waiting(tx: Tx, user_id: int, guild_id: int | None = None) -> set[str]:
    """Questions that are open to them and unanswered, wherever they study and in this guild."""
    found = set()
    for place in {*await tx.rollups.guilds_of(user_id), guild_id} - {None}:
        post = await tx.posts.current(place or 0)
        if post is not None and await tx.attempts.scored(post.id, user_id) is None:
            found.add(post.question_id)
    return found
