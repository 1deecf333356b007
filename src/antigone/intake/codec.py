"""The one serialiser: frozen values <-> plain data <-> JSON, and their schema.

Pydantic's TypeAdapter over the standard dataclasses does the work and is imported on first use.
Two things JSON cannot say are said in one fixed way: a mapping whose keys are tuples becomes a list
of {"key": [...], "value": ...}, and an infinite number the text "Infinity" or "-Infinity".
"""

from __future__ import annotations

import json
import math
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast, get_args, get_origin, get_type_hints

from antigone.domain import InputRefused, Place, Problem
from antigone.intake.collector import did_you_mean

if TYPE_CHECKING:
    from pydantic import TypeAdapter

T = TypeVar("T")


@cache
def _adapter(kind: Hashable) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(cast(Any, kind))


def to_plain(value: Any) -> Any:
    """Dictionaries, lists, texts and numbers that JSON can hold."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        if any(isinstance(key, tuple) for key in value):
            return [{"key": list(key), "value": to_plain(v)} for key, v in value.items()]
        return {key: to_plain(v) for key, v in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(to_plain(v) for v in value)
    if isinstance(value, tuple | list):
        return [to_plain(v) for v in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return "Infinity" if value > 0 else "-Infinity" if value < 0 else "NaN"
    return value


def to_json(value: Any) -> str:
    """Indented JSON, keys in the order of the fields.

    >>> from antigone.domain import Prior
    >>> print(to_json(Prior(missing_total=120, outside=0.05)))
    {
      "missing_total": 120,
      "outside": 0.05,
      "reason": "",
      "unlisted_kin": 0.001
    }
    """
    return json.dumps(to_plain(value), indent=2, ensure_ascii=False, allow_nan=False)


def from_json(kind: type[T], text: str) -> T:
    """The value a JSON text stands for; InputRefused with every wrong part named.

    >>> from antigone.domain import Prior
    >>> from_json(Prior, '{"missing_total": 120, "outside": 0.05}').missing_total
    120
    """
    try:
        plain = json.loads(text)
    except json.JSONDecodeError as error:
        place = Place(row=error.lineno, column=str(error.colno))
        raise InputRefused([Problem("bad-json", place, error.msg, "JSON")]) from None
    return from_plain(kind, plain)


def from_plain(kind: type[T], plain: Any, file: str = "") -> T:
    """The value plain data stand for. Keys that no field has are refused, never ignored."""
    from pydantic import ValidationError

    problems = [
        Problem("unknown-key", Place(file, item=".".join(path)), path[-1], did_you_mean(path[-1], known))
        for path, known in _unknown_keys(kind, plain, ())
    ]
    try:
        value: T = _adapter(cast(Hashable, kind)).validate_python(_restored(kind, plain))
    except ValidationError as error:
        raise InputRefused([*problems, *(_problem(e, file) for e in error.errors())]) from None
    if problems:
        raise InputRefused(problems)
    return value


def json_schema(kind: Any) -> dict[str, Any]:
    """JSON Schema of what `to_json` writes for this kind of value."""
    from pydantic.json_schema import GenerateJsonSchema

    class Schema(GenerateJsonSchema):
        def dict_schema(self, schema: Any) -> dict[str, Any]:
            if schema.get("keys_schema", {}).get("type") != "tuple":
                return super().dict_schema(schema)
            parts = {
                "key": self.generate_inner(schema["keys_schema"]),
                "value": self.generate_inner(schema["values_schema"]),
            }
            item = {"type": "object", "properties": parts, "required": ["key", "value"]}
            return {"type": "array", "items": item}

    return _adapter(kind).json_schema(schema_generator=Schema)


def _problem(error: Any, file: str) -> Problem:
    item = ".".join(str(part) for part in error["loc"] if part != "[key]")
    if error["type"] == "missing":
        return Problem("missing-key", Place(file, item=item), "nothing", item.rpartition(".")[2])
    found = error["input"]
    shown = found if isinstance(found, str) else repr(found)
    return Problem("wrong-value", Place(file, item=item), shown[:80], _expected(error))


def _expected(error: Any) -> str:
    kinds = {
        "float": "a number", "int": "a whole number", "string": "a text in quotes", "bool": "true or false",
        "tuple": "a list", "dataclass": "a section", "dict": "a section", "mapping": "a section",
        "finite": "a finite number",
    }  # fmt: skip
    if error["type"] == "enum":
        return "one of " + str(error["ctx"]["expected"]).replace("'", "").replace(" or ", ", ")
    return kinds.get(error["type"].split("_")[0], str(error["msg"]))


def _inner(kind: Any) -> Iterator[Any]:
    """The type itself, or the members of a union with None."""
    yield from (get_args(kind) if type(None) in get_args(kind) else (kind,))


def _unknown_keys(kind: Any, plain: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    for option in _inner(kind):
        if is_dataclass(option) and isinstance(plain, dict):
            hints = get_type_hints(option)
            for key, value in plain.items():
                if key in hints:
                    yield from _unknown_keys(hints[key], value, (*path, key))
                else:
                    yield (*path, str(key)), tuple(hints)
        elif get_origin(option) is not None and isinstance(plain, dict) and len(get_args(option)) == 2:
            for key, value in plain.items():
                yield from _unknown_keys(get_args(option)[1], value, (*path, str(key)))
        elif get_origin(option) is tuple and isinstance(plain, list):
            for i, value in enumerate(plain):
                yield from _unknown_keys(get_args(option)[0], value, (*path, str(i)))


def _restored(kind: Any, plain: Any) -> Any:
    """Mappings with tuple keys put back; true and false never taken for numbers."""
    if isinstance(plain, bool) and bool not in _inner(kind):
        return str(plain).lower()
    for option in _inner(kind):
        if is_dataclass(option) and isinstance(plain, dict):
            hints = get_type_hints(option)
            return {k: _restored(hints[k], v) for k, v in plain.items() if k in hints}
        origin, args = get_origin(option), get_args(option)
        if origin is tuple and isinstance(plain, list):
            kinds = args[:1] * len(plain) if args[-1:] == (...,) else args
            return [_restored(k, v) for k, v in zip(kinds, plain, strict=False)]
        if origin is not None and len(args) == 2 and get_origin(args[0]) is tuple and isinstance(plain, list):
            return {tuple(entry["key"]): _restored(args[1], entry["value"]) for entry in plain}
        if origin is not None and len(args) == 2 and isinstance(plain, dict):
            return {k: _restored(args[1], v) for k, v in plain.items()}
    return plain
