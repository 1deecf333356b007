"""The manual's page about the pages says what holds."""

from __future__ import annotations

from pathlib import Path


def test_the_manual_has_the_limits_of_the_settings(root: Path, register_templates: object) -> None:
    from django.conf import settings

    from antigone.register.second_factor import BACKUP_CODES, STEP
    from antigone.web.pages.lists import WHOLE

    text = " ".join((root / "docs" / "pages.md").read_text("utf-8").split())
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    assert f"After {settings.AXES_FAILURE_LIMIT} failed attempts" in text
    assert f"closed for {minutes} minutes" in text
    assert f"after {int(settings.SESSION_IDLE.total_seconds() // 60)} minutes without use" in text
    assert f"after {int(settings.SESSION_WHOLE.total_seconds() // 3600)} hours in any case" in text
    assert (BACKUP_CODES, STEP) == (10, 30)
    assert f"up to {WHOLE:,} records" in text


def test_the_languages_are_those_of_the_settings(register_templates: object) -> None:
    from django.conf import settings

    assert [code for code, _words in settings.LANGUAGES] == ["uk", "ru", "en"]
