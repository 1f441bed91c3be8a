"""What people prepare for, and what of them others may see, in SQL."""

from bot.domain.aim import Aim
from bot.domain.question import Role, Seniority
from bot.domain.sharing import Sharing, Visibility
from bot.store.sql.values import Sql, day, text


class Aims:
    """The table `aim`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def get(self, user_id: int) -> Aim:
        """That person's aim; an empty one before they have said anything."""
        row = await self._sql.one(
            "SELECT role, seniority, interview_on FROM aim WHERE user_id = ?", (user_id,)
        )
        if row is None:
            return Aim(user_id)
        role, seniority, interview_on = row
        return Aim(
            user_id,
            Role(role) if role else None,
            Seniority(seniority) if seniority else None,
            day(interview_on),
        )

    async def save(self, aim: Aim) -> None:
        """Add or replace it."""
        await self._sql.run(
            "INSERT INTO aim (user_id, role, seniority, interview_on) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (user_id) DO UPDATE SET role = excluded.role, "
            "seniority = excluded.seniority, interview_on = excluded.interview_on",
            (aim.user_id, aim.role and aim.role.value, aim.seniority and aim.seniority.value,
             text(aim.interview_on)),
        )  # fmt: skip


class Sharings:
    """The table `sharing`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def get(self, user_id: int) -> Sharing:
        """That person's choice; the one that everybody begins with before they have made any."""
        row = await self._sql.one(
            "SELECT visibility, on_boards FROM sharing WHERE user_id = ?", (user_id,)
        )
        return Sharing(user_id, Visibility(row[0]), bool(row[1])) if row else Sharing(user_id)

    async def save(self, sharing: Sharing) -> None:
        """Add or replace it."""
        await self._sql.run(
            "INSERT INTO sharing (user_id, visibility, on_boards) VALUES (?, ?, ?) "
            "ON CONFLICT (user_id) DO UPDATE SET visibility = excluded.visibility, "
            "on_boards = excluded.on_boards",
            (sharing.user_id, sharing.visibility.value, int(sharing.on_boards)),
        )
