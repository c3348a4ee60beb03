"""Holds the documents against the program: every command, setting, topic and make target is named where people look."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from bot.topics.library import PackSource
from bot.topics.loading import load_sound_packs
from tests import documented, generated
from tests.shared_data import ROOT

EXAMPLE = ROOT / "config" / "topicwire.toml"
README = ROOT / "README.md"


def test_every_command_is_named_in_the_readme() -> None:
    text = README.read_text(encoding="utf-8")
    commands = documented.list_commands()
    assert commands, "the registry is empty"
    assert [path for path in commands if not documented.names_command(text, path)] == []


def test_every_setting_is_shown_in_the_example_file() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    shown = documented.parse_example_keys(text)
    settings = {setting.name for setting in documented.list_program_settings(ROOT / "bot")}
    by_environment = {
        name for name in settings if any(documented.names_word(text, env) for env in documented.environment_names(name))
    }
    assert settings - shown - by_environment == set()


def test_the_example_file_shows_no_setting_that_does_not_exist() -> None:
    settings = {setting.name for setting in documented.list_program_settings(ROOT / "bot")}
    assert documented.parse_example_keys(EXAMPLE.read_text(encoding="utf-8")) - settings == set()


def test_the_example_file_is_toml() -> None:
    tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))


def test_every_setting_has_a_docstring() -> None:
    settings = documented.list_program_settings(ROOT / "bot")
    assert [setting.name for setting in settings if not setting.has_docstring] == []


def test_every_shipped_topic_is_named() -> None:
    text = README.read_text(encoding="utf-8") + EXAMPLE.read_text(encoding="utf-8")
    topics = documented.list_pack_topics(ROOT / "config" / "topics")
    assert topics, "no pack is shipped"
    assert [topic for topic in topics if not documented.names_word(text, topic)] == []


def test_every_make_target_is_named() -> None:
    text = README.read_text(encoding="utf-8") + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z-]+):(?!=)", makefile, flags=re.MULTILINE)
    assert [target for target in targets if f"make {target}" not in text] == []


def test_the_package_page_is_the_readme() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project.get("readme") == "README.md"


def test_decisions_are_numbered_without_gaps_and_say_three_things() -> None:
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [record.name[:4] for record in records] == [f"{number:04}" for number in range(1, len(records) + 1)]
    for record in records:
        headings = re.findall(r"^## (\w+)$", record.read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert headings == ["Context", "Decision", "Consequences"], record.name


DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_link_to_a_file_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("page", generated.PAGES, ids=lambda page: page.name)
def test_the_reference_is_what_the_program_has(page: Path) -> None:
    assert page.read_text(encoding="utf-8") == generated.PAGES[page](), "run python -m tests.generated"


def test_the_pack_that_is_shown_is_sound() -> None:
    (shown,) = re.findall(r"```toml\n(.*?)```", (ROOT / "docs" / "packs.md").read_text(encoding="utf-8"), re.DOTALL)
    library = load_sound_packs([PackSource(name="shown", text=shown)])
    assert library.problems == ()
    assert [topic.name for topic in library.topics] == ["palmtree"]


def test_example_keys_are_read_commented_or_not() -> None:
    text = "# Words about it.\n[web]\nbind = 1\n#public_url = ''\n# [[slack]]\n# name = 'x'\n[a.b]  # why\nc= 1\n"
    assert documented.parse_example_keys(text) == {"web.bind", "web.public_url", "slack.name", "a.b.c"}


def test_settings_are_read_with_those_they_hold() -> None:
    source = (
        'class Inner:\n    """Held."""\n    a: int = 1\n    """One."""\n    b: int = 2\n'
        "class Outer:\n    one: Inner = Inner()\n    many: tuple[Inner, ...] = ()\n"
    )
    found = {setting.name: setting.has_docstring for setting in documented.parse_settings(source, "Outer")}
    assert found == {"one.a": True, "one.b": False, "many.a": True, "many.b": False}


@pytest.mark.parametrize(
    "text, is_named",
    [
        ("Write `/news topic add huawei`.", True),
        ("| `topic add` | a form |", True),
        ("| `topic addition` |", False),
        ("to a topic add a line", False),
    ],
)
def test_a_command_is_named_only_as_a_command(text: str, is_named: bool) -> None:
    assert documented.names_command(text, "topic add") is is_named
