from tests.cogs.world import Group


async def test_set_up_post_answer_verdict(group: Group) -> None:
    shown = await group.set_up()
    print(shown.response.components)
    message = await group.posted()
    print(message.components)
    asked = await group.bob.click(message, label="Answer")
    done = await group.bob.submit_modal(asked, {"answer": "I would look at precision among the 500 cases.", "sure": ["80"]})
    print(done.response.components)
