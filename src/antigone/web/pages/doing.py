"""The page of a verb: its form, what is wrong with what was typed, and what came of it."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

from django.contrib.auth import update_session_auth_hash
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from antigone.actions import Shape, VerbCode, fields_of, perform, read_command, verb
from antigone.domain import VERBS, InputRefused, Kind, kind_of
from antigone.register import doors
from antigone.register.exporting import export_register
from antigone.register.history import history_of
from antigone.register.refusals import NotAllowed, NotHere, NotNow, Overtaken
from antigone.render import refusal_sentence
from antigone.web.backend import note_wrong_password
from antigone.web.forms import FormField, elsewhere, form_of
from antigone.web.localised import moment
from antigone.web.names import Names
from antigone.web.pages.at_stake import at_stake
from antigone.web.pages.verb_links import reference_of, version_seen
from antigone.web.words import VERBS_IN_WORDS, state_words

LARGEST_TEXT_FILE = 2 * 1024 * 1024
"""Bytes of a file that is sent in place of a typed text."""


def do(request: Any, name: str) -> HttpResponse:
    """Show the form of a verb, or do what was sent."""
    if not request.actor.may(name) or VERBS[name].founding:
        raise NotHere("verb", name)
    if name == "enrol_second_factor":
        return redirect("second-factor")
    code = verb(name)
    if request.method == "POST":
        return _done(request, code)
    typed, fixed = _asked(request, code)
    return _form(request, code, form_of(name, typed, (), fixed, request.actor), typed)


def _asked(request: Any, code: VerbCode) -> tuple[dict[str, str], set[str]]:
    """What the page was opened with: the record, the version seen, and any other field."""
    names = [field.name for field in fields_of(code.command)]
    typed = {name: request.GET[name] for name in names if name in request.GET}
    identifier = request.GET.get("record", "")
    if not identifier:
        return typed, set()
    record = _record(request.actor, identifier)
    field = reference_of(code.name, record.KIND)
    if field is None:
        raise NotHere(record.KIND.value, identifier)
    typed[field.name] = record.pk
    if code.name == "propose" and record.KIND is Kind.FINDING:
        typed |= {"remains": record.remains_id, "missing_person": record.missing_person_id}
    version = version_seen(request.actor, code.name, record)
    for seen in fields_of(code.command):
        if seen.shape is Shape.SEEN and version is not None:
            typed[seen.name] = str(version)
    # Several identifiers can be added to; a single one is what the page was opened for.
    return typed, {field.name} if field.shape is Shape.REF else set()


def _record(actor: Any, identifier: str) -> Any:
    try:
        return doors.door_of(identifier).get(actor, identifier)
    except InputRefused:
        raise NotHere("", identifier) from None


def _done(request: Any, code: VerbCode) -> HttpResponse:
    fixed = set(request.POST.getlist("fixed"))
    with ExitStack() as files:
        typed, sent = _typed(request, code, files)
        try:
            if code.name == "renew_access" and typed.get("user") == request.actor.user:
                raise NotNow("own-access", user=request.actor.user)
            done = perform(request.actor, code, read_command(code.command, typed, sent))
        except InputRefused as refused:
            note_wrong_password(request, request.user.username, refused.problems)
            fields = form_of(code.name, typed, refused.problems, fixed, request.actor)
            return _form(request, code, fields, typed, said=elsewhere(refused.problems, fields))
        except Overtaken as overtaken:
            return _overtaken(request, code, overtaken)
        except (NotNow, NotHere) as refused:
            moved_on = _moved_on(request.actor, code, typed)
            if moved_on is not None:
                return _overtaken(request, code, moved_on, _sentence(refused))
            fields = form_of(code.name, typed, (), fixed, request.actor)
            return _form(request, code, fields, typed, said=[_sentence(refused)])
        except NotAllowed:
            raise NotHere("verb", code.name) from None
    if code.name == "export":
        return _export(request.actor, done.record)
    if code.name == "change_password":
        request.user.refresh_from_db()
        update_session_auth_hash(request, request.user)
    return redirect(_where(request.actor, done.record) + f"?entry={done.entry}")


def _export(actor: Any, document: str) -> HttpResponse:
    """The file of an export that has just become an entry; it is read to its end, and then nowhere on this machine."""
    with tempfile.TemporaryDirectory() as folder:
        written = export_register(Path(folder) / f"{document}.antigone", actor, document)
        # Django closes the file once it is sent; its name is gone from the folder by then.
        return FileResponse(Path(written.path).open("rb"), as_attachment=True, filename=f"{document}.antigone")


def _typed(request: Any, code: VerbCode, files: ExitStack) -> tuple[dict[str, str], dict[str, Path]]:
    """The texts of the form, those that came as files among them, and the files that the verb reads itself."""
    typed: dict[str, str] = {}
    sent: dict[str, Path] = {}
    for field in fields_of(code.command):
        upload = request.FILES.get(field.name)
        if field.shape is Shape.FILE:
            if upload is not None:
                folder = Path(files.enter_context(tempfile.TemporaryDirectory()))
                sent[field.name] = folder / Path(upload.name).name
                with sent[field.name].open("wb") as file:
                    file.writelines(upload.chunks())
        elif upload is not None and upload.size <= LARGEST_TEXT_FILE:
            typed[field.name] = upload.read().decode("utf-8-sig", "replace")
        else:
            typed[field.name] = ", ".join(request.POST.getlist(field.name))
    return typed, sent


def _form(
    request: Any, code: VerbCode, fields: list[FormField], typed: dict[str, str], said: list[str] | None = None
) -> HttpResponse:
    wrong = bool(said) or any(field.problems for field in fields)
    words = VERBS_IN_WORDS[code.name]
    return render(request, "do.html.j2", {
        "title": words.todo, "about": words.about, "fields": fields, "verb": code.name, "said": said or [],
        "wrong": wrong, "parts": at_stake(code.name, typed, Names(request.actor)),
        "link": Names(request.actor).link, "files": any(f.from_file or f.control == "file" for f in fields),
        "back": _back(request, typed),
        "secret": request.user.username if any(f.control == "secret" for f in fields) else "",
    }, status=400 if wrong else 200)  # fmt: skip


def _back(request: Any, typed: dict[str, str]) -> str:
    """The page that the form was opened from."""
    for text in typed.values():
        if _kind(text) is not None:
            return _where(request.actor, text)
    return reverse("today")


def _moved_on(actor: Any, code: VerbCode, typed: dict[str, str]) -> Overtaken | None:
    """Whether the refusal comes from what somebody did since the page was opened: the state of before is gone."""
    seen = next((typed[f.name] for f in fields_of(code.command) if f.shape is Shape.SEEN and typed.get(f.name)), "")
    for text in typed.values():
        kind = _kind(text)
        if kind is None or not seen.isdecimal() or reference_of(code.name, kind) is None:
            continue
        record = doors.door_of(text).visible(actor).filter(pk=text).first()
        version = None if record is None else version_seen(actor, code.name, record)
        if version is not None and version > int(seen):
            last = history_of(record)[0]
            return Overtaken(record.pk, last.actor, last.at.isoformat(timespec="seconds"))
    return None


def _overtaken(request: Any, code: VerbCode, overtaken: Overtaken, why: str = "") -> HttpResponse:
    """Somebody else was first: who, when, and the way to look again. `why`: what that rules out now."""
    names = Names(request.actor)
    again = reverse("do", args=[code.name]) + "?" + urlencode({"record": overtaken.identifier})
    return render(request, "overtaken.html.j2", {
        "record": names.link(overtaken.identifier), "by": names.user(overtaken.by) if overtaken.by else "",
        "at": _time(overtaken.at), "again": again, "why": why, "verb": VERBS_IN_WORDS[code.name].todo,
    }, status=409)  # fmt: skip


def _time(at: str) -> str:
    try:
        return moment(datetime.fromisoformat(at))
    except ValueError:
        return at


def _sentence(refused: NotNow | NotHere) -> str:
    """The sentence of a refusal, with the state of the record in words."""
    if isinstance(refused, NotNow) and "state" in refused.facts:
        record = next((value for value in refused.facts.values() if _kind(value)), "")
        kind = _kind(record)
        if kind is not None:
            words = {**refused.facts, "state": state_words(kind, refused.facts["state"])}
            refused = NotNow(refused.code, **words)
    return refusal_sentence(refused)


def _kind(identifier: str) -> Kind | None:
    try:
        return kind_of(identifier)
    except InputRefused:
        return None


def _where(actor: Any, identifier: str) -> str:
    """The page of the record, or today's where this person may not see it."""
    try:
        record = _record(actor, identifier)
    except NotHere:
        return reverse("today")
    if record.KIND is Kind.NOTICE:
        return reverse("today")
    return reverse("record", args=[record.pk])
