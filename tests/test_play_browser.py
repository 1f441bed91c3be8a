"""`loopmate play` in a real browser: a person presses Answer, writes, and reads the verdict."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from bot.content import load_bank
from bot.domain.question import Question
from bot.play.story import STRONG, story_bank

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(
    not (CHROMIUM and DRIVER),
    reason="NOT TESTED: the page of `loopmate play`, for want of Debian's packages chromium and "
    "chromium-driver (apt-get install chromium chromium-driver)",
)
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,900",
)
PRIVATE = "Only you can see this"
SHOTS = os.environ.get("LOOPMATE_SHOTS")
"""A folder for screenshots, for whoever wants to look."""


class Page:
    """One browser and what a person does in it."""

    def __init__(self, driver: webdriver.Chrome, url: str) -> None:
        self.driver, self.url = driver, url

    def go(self, door: str = "") -> None:
        self.driver.switch_to.new_window("tab")
        self.driver.get(f"{self.url}#{door}" if door else self.url)

    def wait(self, what: object, message: str = "") -> object:
        ignored = [StaleElementReferenceException]  # the page is redrawn while we look
        return WebDriverWait(self.driver, 30, 0.1, ignored).until(what, message)  # type: ignore[arg-type]

    @property
    def timeline(self) -> str:
        return self.driver.find_element(By.ID, "channel-timeline").text

    def read(self, text: str) -> str:
        self.wait(lambda _: text in self.timeline, f"{text!r} is not on the page")
        return self.timeline

    def find(self, css: str, text: str = "") -> WebElement:
        def shown(_: object) -> WebElement | None:
            found = self.driver.find_elements(By.CSS_SELECTOR, css)
            return next((e for e in found if text in e.text and e.is_displayed()), None)

        element = self.wait(shown, f"no {css} {text}")
        assert isinstance(element, WebElement)
        return element

    def press(self, css: str, text: str = "") -> None:
        def pressed(_: object) -> bool:
            self.find(css, text).click()
            return True

        self.wait(pressed)

    def shoot(self, name: str) -> None:
        if SHOTS:
            self.driver.save_screenshot(f"{SHOTS}/{name}.png")


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    """The address of a running `loopmate play`, which ends cleanly when asked to."""
    # The environment may set the questions; nothing here depends on which of the two is asked.
    environment = os.environ | {"LOOPMATE_QUESTIONS": str(story_bank(tmp_path))}
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "play", "--port", "0", "--no-browser"],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as play:
        assert play.stdout is not None
        said = iter(play.stdout)
        yield next(found[0] for line in said if (found := re.search(r"http://\S+/", line)))
        play.send_signal(signal.SIGTERM)
        assert play.wait(30) == 0


@pytest.fixture
def page(url: str, tmp_path: Path) -> Iterator[Page]:
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in (*FLAGS, f"--user-data-dir={tmp_path / 'profile'}"):
        options.add_argument(flag)
    driver = webdriver.Chrome(options, webdriver.ChromeService(str(DRIVER)))
    yield Page(driver, url)
    driver.quit()


def asked(page: Page, folder: Path) -> Question:
    """Which of the questions stands in the channel."""
    seen = page.read("Question of the day")
    return next(q for q in load_bank(folder / "questions") if q.title in seen)


def test_an_answer_gets_a_verdict_that_only_its_author_sees(page: Page, tmp_path: Path) -> None:
    page.go()
    typed = STRONG[asked(page, tmp_path).id]
    assert page.driver.current_url.endswith("#ml-daily/ada")
    page.shoot("question")

    page.press("button", "Answer")
    page.find("#modal-root textarea").send_keys(typed)
    page.press("#modal-root .select-trigger")
    page.press("[role=option]", "Sure (80 %)")
    page.shoot("dialog")
    page.press("#modal-root button", "Submit")

    page.find("#channel-timeline button", "Strong answer")
    verdict = page.timeline.partition(PRIVATE)[2]
    page.shoot("verdict")
    assert "80 %" in verdict
    quotes = re.findall("“(.+?)…?”", verdict)
    assert quotes
    assert all(quote in typed for quote in quotes)

    page.go("ml-daily/bob")
    seen = page.read("Question of the day")
    page.shoot("other-viewer")
    assert PRIVATE not in seen
    assert not any(quote in seen for quote in quotes)


def test_four_options_are_enough_for_the_train(page: Page) -> None:
    page.go("ml-daily/chen")
    page.read("Question of the day")
    page.press("button", "Pick A–D")
    page.press("#channel-timeline button", "B")
    page.find("#channel-timeline button", "Strong answer")
    page.shoot("picked")
    assert "right" in page.timeline.partition(PRIVATE)[2]


def test_a_command_works_after_a_cancelled_dialog(page: Page) -> None:
    page.go("ml-daily/ada")
    page.read("Question of the day")
    page.press("button", "Answer")
    page.press("#modal-root button", "Cancel")
    message = page.find("#channel-composer-input")
    message.send_keys("/me streak")
    page.find("[role=option]", "streak")
    page.shoot("command")
    message.send_keys(Keys.ENTER)
    page.press("#send-message")
    assert "streak" in page.read(PRIVATE).partition(PRIVATE)[2]
    page.shoot("streak")
