"""Background work of the edge: once at a time, and never forgotten."""

import asyncio

from bot.ui.flights import Flights


async def test_one_thing_is_under_way_once_at_a_time() -> None:
    flights, begun, go = Flights(), list[int](), asyncio.Event()

    async def work(number: int) -> None:
        begun.append(number)
        await go.wait()

    for number in range(3):
        flights.launch("one", "work", lambda n=number: work(n))
    flights.launch("other", "work", lambda: work(9))
    await asyncio.sleep(0)
    assert begun == [0, 9]
    go.set()
    await flights.landed()


async def test_what_is_asked_for_as_the_last_one_ends_is_begun() -> None:
    flights, begun = Flights(), list[int]()

    async def work(number: int) -> None:
        begun.append(number)
        # Runs between the end of this task and the call of its callbacks.
        asyncio.get_running_loop().call_soon(launch, number + 1)

    def launch(number: int) -> None:
        if number < 3:
            flights.launch("one", "work", lambda: work(number))

    launch(0)
    while len(begun) < 3:
        before = len(begun)
        await flights.landed()
        assert len(begun) > before, "it was forgotten"
    assert begun == [0, 1, 2]
