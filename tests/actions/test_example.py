"""The example register: what its story says is in it, and its people can log in."""

from __future__ import annotations

from collections import Counter

import pytest

from antigone.domain import Kind, UserRole


@pytest.fixture
def usernames(unfounded: None) -> tuple[str, ...]:
    """The example, in a register of its own; everybody's log-in names."""
    from antigone.actions import founder
    from antigone.actions.example import fill_example
    from antigone.actions.example_people import do

    do(
        founder(), "found_register", party_code="A", party_name="Side A", side="side", institution="Bureau",
        username="administrator", name="Administrator",
    )  # fmt: skip
    return fill_example("administrator")


def states(kind: Kind) -> Counter[str]:
    from antigone.register.models import RECORDS

    return Counter(RECORDS[kind.value]._default_manager.values_list("state", flat=True))


def test_the_story_of_the_example_is_in_the_register(usernames: tuple[str, ...]) -> None:
    from antigone.register.agreement import disagreements
    from antigone.register.models import Proposal, Remains

    assert states(Kind.HANDOVER) == {"received": 2, "announced": 1}
    assert states(Kind.CONTAINER) == {"opened": 5, "missing": 1, "announced": 3}
    assert states(Kind.REMAINS) == {"buried": 1, "examined": 5}
    assert states(Kind.MISSING_PERSON) == {"buried": 1, "alive": 1, "missing": 4}
    assert states(Kind.DECISION) == {"standing": 1, "reversed": 1}
    assert states(Kind.FINDING) == {"computed": 4, "consent_withdrawn": 1}
    assert states(Kind.CONSENT)["withdrawn"] == 1
    assert [len(one.signed_by) for one in Proposal.objects.filter(state="open")] == [1]
    tags = Counter(Remains.objects.values_list("container__tag", flat=True))
    assert tags == {"A-101": 1, "A-102": 2, "A-103": 1, "B-201": 1, "B-202": 1}
    part, rest = Remains.objects.filter(container__tag__in=("A-103", "B-201")).order_by("pk")
    assert part.group == rest.group
    assert disagreements() == []


def test_there_is_a_log_in_for_every_office_and_it_lets_in(usernames: tuple[str, ...]) -> None:
    from django.contrib.auth.hashers import check_password

    from antigone.actions.example_people import give_access, user
    from antigone.register.models import User
    from antigone.register.passwords import must_change_password
    from antigone.register.second_factor import device_of_code

    assert {role for username in usernames for role in user(username).roles} == set(UserRole)
    one = give_access("administrator", "signatory")
    found = User.objects.get(username=one.username)
    assert check_password(one.one_time_password, found.password)
    assert must_change_password(found)
    assert [device_of_code(found, code) is not None for code in (*one.codes, one.codes[0])] == [True] * 5 + [False]
