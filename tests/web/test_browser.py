"""The pages in a real Chromium: no script runs that is not ours, nothing overflows, everything has a name.

The program is the one that people start; what no first look shows (hostile, Arabic) comes from a newsroom.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.request import urlopen

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.newsroom import WORKSPACE, newsroom
from tests.shared_data import ROOT
from tests.web.site import visit
from tests.web.test_pages import HOSTILE, TEXT

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
AXE = ROOT / ".axe" / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--hide-scrollbars", "--lang=en",
)  # fmt: skip
PHONE, DESK = (375, 800), (1000, 900)
PATIENCE = 60.0
Value = TypeVar("Value")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="there is no chromium with chromium-driver on this machine"),
]


class Browser:
    """A Chromium that says what it complained of."""

    def __init__(self, folder: Path) -> None:
        options = webdriver.ChromeOptions()
        options.binary_location = CHROMIUM or ""
        for flag in (*FLAGS, f"--user-data-dir={folder}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service(DRIVER))
        self.resize(DESK)

    def resize(self, size: tuple[int, int]) -> None:
        """Make the page exactly so large, also narrower than a window can be."""
        width, height = size
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def open(self, url: str) -> str:
        """Open a page and return its text."""
        self.driver.get(url)
        return self.text()

    def text(self) -> str:
        return str(self.driver.execute_script("return document.body ? document.body.innerText : ''"))

    def find(self, selector: str) -> Any:
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def complaints(self) -> list[str]:
        """Return what the console says since it was asked last: violations of the policy, failed loads, errors."""
        return [entry["message"] for entry in self.driver.get_log("browser")]  # type: ignore[no-untyped-call]

    def overflow(self) -> int:
        """Tell by how many pixels the page is wider than the window."""
        script = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
        return int(self.driver.execute_script(script))

    def find_faults(self) -> list[str]:
        """Let axe look at the page; returns what is serious or worse."""
        self.driver.execute_script(AXE.read_text(encoding="utf-8"))
        run = "const done = arguments[0]; axe.run().then(r => done(r.violations), e => done(String(e)))"
        found = self.driver.execute_async_script(run)
        assert isinstance(found, list), found
        serious = [fault for fault in found if fault["impact"] in ("serious", "critical")]
        return [f"{fault['id']}: {[node['html'] for node in fault['nodes']][:3]}" for fault in serious]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    browser = Browser(tmp_path_factory.mktemp("chromium"))
    yield browser
    browser.driver.quit()


@dataclass(frozen=True)
class FirstLook:
    """The program as a newcomer starts it."""

    address: str
    story: str
    changed: str
    topic: str
    today: str


@pytest.fixture(scope="module")
def first_look(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[FirstLook]:
    folder = tmp_path_factory.mktemp("first-look")
    environment = os.environ | {
        "TOPICWIRE_FEEDS__FILES": "[]",
        "TOPICWIRE_WEB__BIND": "127.0.0.1:0",
        "PYTHONPATH": str(ROOT),
    }
    with (folder / "out").open("w") as out:
        command = [sys.executable, "-m", "bot", "run"]
        program = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out
        )
        try:
            address = wait_for(lambda: told_address((folder / "out").read_text(encoding="utf-8")))
            wait_for(lambda: all(it in read_console(address) for it in ("Reversal", "Changed: retracted")))
            browser.open(f"{address}/console")
            links = context_links(browser)
            story = links["Norland bans Huawei and ZTE from its 5G networks"]
            changed = links["ZTE wins 14 network contracts in East Island tender"]
            browser.open(story)
            topic = browser.find(".why dt a").get_attribute("href")
            browser.open(f"{address}/")
            today = browser.driver.current_url
            yield FirstLook(address=address, story=story, changed=changed, topic=topic, today=today)
        finally:
            program.terminate()
            assert program.wait(20) == 0


def read_console(address: str) -> str:
    with urlopen(f"{address}/console") as answer:
        return str(answer.read().decode())


def wait_for(ask: Callable[[], Value]) -> Value:
    """Ask again and again until there is an answer."""
    until = time.monotonic() + PATIENCE * 3
    while time.monotonic() < until:
        if answer := ask():
            return answer
        time.sleep(0.3)
    raise AssertionError("it did not come in time")


def told_address(printed: str) -> str:
    """Find the address that the program prints."""
    found = printed.replace("\n", " ").partition("In the browser: ")[2].split()
    return found[0].removesuffix("/console") if found else ""


def context_links(browser: Browser) -> dict[str, str]:
    """Return the links behind the button Context, by the headline of the alert."""
    script = """return [...document.querySelectorAll('#log article:not(.thread)')].map(
        one => [one.querySelector('h2')?.textContent, one.querySelector('a.button')?.href])"""
    return dict(browser.driver.execute_script(script))


def test_a_delivered_alerts_own_link_leads_to_the_story(first_look: FirstLook, browser: Browser) -> None:
    text = browser.open(first_look.story)
    assert browser.find("h1").text == "Norland bans Huawei and ZTE from its 5G networks"
    assert [mark.text for mark in browser.driver.find_elements(By.TAG_NAME, "mark")]
    for told in ("New: 1,900 5G masts", "Reversal: decided → withdrawn", "What happened before"):
        assert told in text
    assert browser.complaints() == []


def test_a_retraction_is_shown_with_what_it_took_back(first_look: FirstLook, browser: Browser) -> None:
    shown = browser.open(f"{first_look.changed}?lang=nl").split("Hoe berichten zijn gewijzigd")[1]
    assert "als nieuws gemeld" in shown
    assert [browser.find(f"#wordings ~ * {mark}").is_displayed() for mark in ("del", "ins")] == [True, True]
    assert browser.find("html").get_attribute("lang") == "nl"
    assert browser.complaints() == []


def test_a_mistyped_search_is_pointed_at(first_look: FirstLook, browser: Browser) -> None:
    browser.open(first_look.today)
    browser.find("#q").send_keys("zte AND (norland OR")
    browser.find("form.search button").click()
    text = wait_for(lambda: browser.text() if "That did not work" in browser.text() else "")
    assert "^" in text
    assert browser.find("#q").get_attribute("value") == "zte AND (norland OR"
    assert "monospace" in browser.find(".pointed").value_of_css_property("font-family").lower()
    assert browser.complaints() == []
    browser.resize((300, 800))
    assert browser.driver.execute_script(
        "const p = document.querySelector('.pointed'); return p.scrollWidth <= p.clientWidth"
    )
    browser.resize(DESK)


def test_a_command_is_answered_in_the_console_and_news_come_by_themselves(
    first_look: FirstLook, browser: Browser
) -> None:
    browser.open(f"{first_look.address}/console")
    browser.find("#line").send_keys("/news topic show zte")
    browser.find("form.line button").click()
    wait_for(lambda: "Looks for" in browser.text())
    assert browser.driver.current_url.endswith("#last")
    browser.driver.execute_script("document.activeElement.blur()")

    def count() -> int:
        return len(browser.driver.find_elements(By.CSS_SELECTOR, ".asked"))

    asked = count()
    # Somebody asks from another window; this one shows it without a hand.
    first = browser.driver.current_window_handle
    browser.driver.switch_to.new_window("tab")
    browser.open(f"{first_look.address}/console")
    browser.find("#line").send_keys("status\n")
    # A window that is closed too soon takes its question with it.
    wait_for(lambda: count() > asked)
    browser.driver.close()
    browser.driver.switch_to.window(first)
    wait_for(lambda: count() > asked)
    assert browser.complaints() == []


def test_pages_fit_a_telephone(first_look: FirstLook, browser: Browser, tmp_path: Path) -> None:
    browser.resize(PHONE)
    try:
        for name, page in pages_of(first_look).items():
            browser.open(page)
            assert browser.overflow() == 0, name
            assert browser.driver.save_screenshot(str(tmp_path / f"{name}.png"))
    finally:
        browser.resize(DESK)


def test_a_keyboard_reaches_the_text_first(first_look: FirstLook, browser: Browser) -> None:
    browser.open(first_look.story)
    browser.find("body").send_keys(Keys.TAB)
    focused = browser.driver.switch_to.active_element
    assert focused.text == "Skip to the text"
    focused.send_keys(Keys.ENTER)
    assert browser.driver.current_url.endswith("#main")


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: npm install --prefix .axe axe-core")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(first_look: FirstLook, browser: Browser, scheme: str) -> None:
    features = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", features)
    pages = pages_of(first_look) | {"search": f"{first_look.today}?q=zte", "refusal": f"{first_look.address}/nothing"}
    found = {}
    for name, page in pages.items():
        browser.open(page)
        # The policy of a page holds for axe as well; it is asked through the driver, which stands above it.
        found[name] = browser.find_faults()
    assert found == {name: [] for name in pages}


def pages_of(first_look: FirstLook) -> dict[str, str]:
    return {
        "story": first_look.story,
        "changed": f"{first_look.changed}?lang=zh",
        "topic": first_look.topic,
        "today": first_look.today,
        "health": f"{first_look.address}/health",
        "console": f"{first_look.address}/console",
    }


async def test_hostile_titles_run_nothing_and_each_script_reads_its_own_way(tmp_path: Path, browser: Browser) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("<b onclick=alert(4)>Ledger</b>", "Sahifa")
        await room.subscribe("huawei")
        room.publish(next(iter(room.outlets)), HOSTILE, f"{HOSTILE} {TEXT}")
        room.publish(
            "Sahifa", "نورلاند تحظر هواوي من شبكات الجيل الخامس", "قالت نورلاند إنها تحظر هواوي.", language="ar"
        )
        room.publish("Sahifa", "诺兰宣布禁止华为参与5G网络建设", "诺兰宣布禁止华为。", language="zh")
        await room.tick()
        stories = {line.first.language: line.id for line in await room.store.latest(WORKSPACE, None, 5)}
        async with visit(room) as visitor:
            at = visitor.address
            paths = [
                visitor.story(stories["en"]), f"{visitor.here()}/", f"{visitor.here()}/topic/huawei", "/health",
                f"{visitor.here()}/?q=%3Cimg+src%3Dx+onerror%3Dalert(5)%3E", f"/{HOSTILE}",
            ]  # fmt: skip
            for path in paths:
                await asyncio.to_thread(browser.open, at + path)
                ran = await asyncio.to_thread(browser.driver.execute_script, "return document.scripts.length")
                assert ran == 0
                assert [c for c in browser.complaints() if "404" not in c] == []
            await asyncio.to_thread(browser.open, at + visitor.story(stories["ar"]))
            assert heading_style(browser, "direction") == "rtl"
            assert heading_style(browser, "text-align") in ("start", "right")
            await asyncio.to_thread(browser.open, at + visitor.story(stories["zh"]))
            assert heading_style(browser, "direction") == "ltr"
            assert browser.find("h1").get_attribute("lang") == "zh"


def heading_style(browser: Browser, name: str) -> str:
    return str(browser.find("h1").value_of_css_property(name))
