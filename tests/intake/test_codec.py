"""The one serialiser."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from datetime import date

from antigone.domain import (
    Answer,
    Case,
    JointFinding,
    PairPosterior,
    Period,
    Policy,
    Prior,
    Remains,
)
from antigone.intake import from_json, json_schema, to_json
from tests.intake.test_folder import everything
from tests.refusals import problems_of

JOINT = JointFinding(
    table="Norway",
    pairs=(PairPosterior("R1", "F1", "M1", 0.98),),
    nobody_listed={"R1": 0.02},
    not_among_these={("F1", "M1"): 0.02, ("F, 2", "M/1"): 1.0},
    answers=(Answer({"R1": ("F1", "M1"), "R2": None}, -math.inf, 0.98),),
    sensitivity=(),
    error_bound=0.0,
)


def test_case_there_and_back() -> None:
    assert from_json(Case, to_json(everything())) == everything()


def test_keys_of_two_parts_and_infinity() -> None:
    text = to_json(JOINT)
    assert json.loads(text)["not_among_these"][1] == {"key": ["F, 2", "M/1"], "value": 1.0}
    assert json.loads(text)["answers"][0]["log10_weight"] == "-Infinity"
    assert from_json(JointFinding, text) == JOINT


def test_days() -> None:
    period = Period(date(2025, 6, 7), date(2025, 6, 11))
    assert json.loads(to_json(period)) == {"start": "2025-06-07", "end": "2025-06-11"}
    assert from_json(Period, to_json(period)) == period


def test_schema_says_what_is_written() -> None:
    schema = json_schema(JointFinding)["properties"]["not_among_these"]
    assert schema["type"] == "array"
    assert set(schema["items"]["properties"]) == {"key", "value"}


def test_schema_of_settings_names_every_field() -> None:
    assert set(json_schema(Policy)["properties"]) == set(json.loads(to_json(Policy())))


def test_everything_wrong_is_named() -> None:
    refused = problems_of(from_json, Prior, '{"missing_totl": 5, "outside": "much", "reason": 3}')
    found = [(p.code, p.place.item, p.found, p.needed) for p in refused]
    assert found == [
        ("unknown-key", "missing_totl", "missing_totl", "missing_total"),
        ("missing-key", "missing_total", "nothing", "missing_total"),
        ("wrong-value", "outside", "much", "a number"),
        ("wrong-value", "reason", "3", "a text in quotes"),
    ]


def test_unknown_keys_inside_lists_and_mappings() -> None:
    plain = json.loads(to_json(everything()))
    plain["remains"][0]["profile"]["calls"]["TH01"]["alleels"] = []
    refused = problems_of(from_json, Case, json.dumps(plain))
    assert [p.place.item for p in refused] == ["remains.0.profile.calls.TH01.alleels"]


def test_not_json() -> None:
    assert [p.code for p in problems_of(from_json, Remains, "{")] == ["bad-json"]


def test_pydantic_is_imported_on_first_use() -> None:
    code = "import sys, antigone.intake; print('pydantic' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "False"
