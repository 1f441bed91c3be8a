import json
from dataclasses import fields

from bot.domain.aim import Aim
from bot.domain.attempt import Attempt
from bot.domain.game import Player
from bot.domain.person import Guild, Person
from bot.domain.question import Role
from bot.domain.rating import Rating
from bot.domain.relay import Turn
from bot.domain.sharing import Sharing
from bot.domain.streak import DayKind, Entry, Streak
from bot.store.port import Store, Tx
from tests.store.samples import (
    ANNA,
    BEN,
    DAY,
    GUILD,
    MONDAY,
    NOON,
    WEEK,
    a_check,
    a_claim,
    a_drill,
    a_game,
    a_ladder,
    a_night,
    a_plan,
    a_post,
    a_reminder,
    a_reply,
    a_report,
    a_rung,
    a_suggestion,
    a_verdict,
    an_attempt,
    an_own,
    practice,
)  # fmt: skip


async def test_a_person_comes_back_as_they_were_saved(store: Store):
    moved = Person(ANNA, "Asia/Tokyo", GUILD, NOON, MONDAY, MONDAY + DAY)
    assert await store.read(lambda tx: tx.persons.get(ANNA)) is None
    for person in (Person(ANNA), moved, Person(ANNA, "Asia/Tokyo")):
        await store.write(lambda tx, person=person: tx.persons.save(person))
        assert await store.read(lambda tx: tx.persons.get(ANNA)) == person


async def fill(tx: Tx, user_id: int, first: int, moderator: int) -> None:
    """Something about a person in every table."""
    await tx.persons.save(Person(user_id, "Asia/Tokyo", GUILD))
    scored = an_attempt(first, user_id, answer="because", verdict=a_verdict(), confidence=0.5)
    for attempt in (scored, practice(first + 1, user_id)):
        await tx.attempts.insert(attempt)
        await tx.rollups.add(attempt, WEEK)
    await tx.posts.tally(a_post().id, 1, scored.score)
    claim = a_claim(first, user_id=user_id, decided_by=moderator, decided_at=NOON)
    await tx.claims.insert(claim)
    await tx.ladders.insert(a_ladder(first, user_id, rungs=(a_rung(),)), first)
    await tx.streaks.save(user_id, Streak(1, 1, 0, MONDAY, MONDAY))
    repaired = Entry(MONDAY, DayKind.REPAIRED, 1, 0, by=moderator)
    await tx.streaks.append(user_id, [repaired], NOON)
    await tx.streaks.progress(user_id, MONDAY, post=True)
    await tx.games.insert(a_game(first, host_id=user_id))
    await tx.games.seat(Player(first, user_id))
    await tx.games.seat(Player(first, moderator))
    await tx.relays.hand_out([Turn(first, 1, 1, user_id)])
    await tx.league.enter(GUILD, first, MONDAY, {user_id: 90})
    await tx.games.reply(a_reply(first, user_id, game_id=first, verdict=a_verdict()))
    await tx.ratings.save(Rating(GUILD, user_id))
    await tx.nights.save(a_night(first, host_id=user_id))
    await tx.ratings.set_block(user_id, moderator, blocked=True)
    await tx.suggestions.save(a_suggestion(first, user_id, decided_by=moderator))
    await tx.owns.save(an_own(f"own-{first}", accepted_by=moderator))
    await tx.editors.add(GUILD, user_id, NOON)
    await tx.drills.save(a_drill(first, user_id))
    await tx.reminders.save(a_reminder(user_id))
    await tx.aims.save(Aim(user_id, Role.MLE))
    await tx.sharings.save(Sharing(user_id, on_boards=False))
    await tx.preparations.save_plan(a_plan(user_id))
    await tx.preparations.save_check(a_check(first, user_id))
    await tx.reports.save(a_report(user_id, closed_by=moderator, closed_at=NOON))


async def both(tx: Tx) -> None:
    await tx.guilds.save(Guild(GUILD, NOON))
    await tx.posts.insert(a_post())
    await fill(tx, ANNA, 1, moderator=BEN)
    await fill(tx, BEN, 5, moderator=ANNA)


async def test_an_export_holds_everything_and_is_ready_for_json(store: Store):
    await store.write(both)
    held = await store.read(lambda tx: tx.persons.export(ANNA))
    assert json.loads(json.dumps(held)) == held
    assert all(held.values()), "the sample must put something in every table"
    scored = held["attempt"][0]
    assert {f.name for f in fields(Attempt)} <= set(scored)
    assert scored["at"] == NOON.isoformat()
    assert scored["score"] == 0.5
    assert scored["scored"] is True
    assert scored["answer"] == "because"
    assert scored["verdict"]["points"][0]["evidence"] == "it “leaks” — so"
    assert held["ladder"][0]["rungs"][0]["reply"] == "Because it “leaks”."
    assert held["ladder"][0]["public"] is False
    assert held["drill"][0]["steps"][0]["question_id"] == "leak"
    assert held["reminder"][0]["next_at"] == NOON.isoformat()
    assert held["suggestion"][0]["draft"]["title"] == "Which average"
    (night,) = held.pop("night")
    assert (night["host_id"], night["weekly"], night["terms"]["topic"]) == (ANNA, True, "trees")
    assert all(row["user_id"] == ANNA for rows in held.values() for row in rows)


async def test_a_stranger_has_nothing_to_export(store: Store):
    held = await store.read(lambda tx: tx.persons.export(ANNA))
    assert held
    assert not any(held.values())


async def test_a_forgotten_person_leaves_only_counters(store: Store):
    await store.write(both)
    before = await store.read(lambda tx: tx.persons.export(BEN))
    await store.write(lambda tx: tx.persons.forget(ANNA))
    assert not any((await store.read(lambda tx: tx.persons.export(ANNA))).values())
    post = await store.read(lambda tx: tx.posts.get(a_post().id))
    assert post
    assert (post.answered, post.score_sum) == (2, 1.0)
    after = await store.read(lambda tx: tx.persons.export(BEN))
    # What she decided about others stands; that it was her does not.
    named = [("claim", "decided_by"), ("ledger", "repaired_by")]
    for table, column in (*named, ("suggestion", "decided_by"), ("report", "closed_by")):
        assert before[table][0].pop(column) == ANNA
        assert after[table][0].pop(column) is None
    assert before.pop("block")
    assert after.pop("block") == [], "it named her"
    assert after == before
    game = await store.read(lambda tx: tx.games.get(1))
    assert game
    assert game.host_id == 0
    assert await store.read(lambda tx: tx.nights.get(1)) == a_night(host_id=0), "it is the group's"
    assert await store.read(lambda tx: tx.owns.get(GUILD, "own-1")) == an_own()
    assert await store.read(lambda tx: tx.owns.get(GUILD, "own-5")) == an_own(
        "own-5", accepted_by=None
    )
