"""The description of the interface for programs: valid, complete, and by the rules of the Dutch government."""

from __future__ import annotations

import re
import warnings

import pytest
from openapi_spec_validator import validate

from harness.api import METHODS, Contract, described

DESCRIPTION = described()
OPERATIONS = [
    pytest.param(method, path, operation, id=f"{method} {path}")
    for path, item in DESCRIPTION["paths"].items()
    for method, operation in item.items()
    if method in METHODS
]


@pytest.fixture(scope="module")
def contract() -> Contract:
    return Contract()


def test_it_is_valid():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        validate(DESCRIPTION)


def test_who_to_ask_and_which_version():
    info = DESCRIPTION["info"]
    assert {"name", "url", "email"} <= info["contact"].keys()
    assert re.fullmatch(r"\d+\.\d+\.\d+", info["version"])
    major = info["version"].split(".")[0]
    assert all(server["url"].endswith(f"/v{major}") for server in DESCRIPTION["servers"])


def test_every_operation_has_a_name_of_its_own():
    names = [parameter.values[2]["operationId"] for parameter in OPERATIONS]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS)
def test_an_operation_is_described_as_the_rules_ask(contract, method, path, operation):
    assert not path.endswith("/"), "a slash at the end"
    assert re.fullmatch(r"(/_?([a-z0-9.-]+|\{[a-z]+\}))+", path), "no kebab-case"
    assert operation["summary"]
    assert len(operation["tags"]) == 1
    item = DESCRIPTION["paths"][path]
    parameters = [contract.resolved(each) for each in item.get("parameters", []) + operation.get("parameters", [])]
    assert {each["name"] for each in parameters if each["in"] == "path"} == set(re.findall(r"\{(\w+)\}", path))
    for each in parameters:
        assert each["description"]
        assert re.fullmatch(r"[a-z]+([A-Z][a-z]+)*", each["name"]), "no camelCase"
    for status, response in operation["responses"].items():
        response = contract.resolved(response)
        if status[0] in "45":
            assert list(response["content"]) == ["application/problem+json"], status
        else:
            assert "API-Version" in response["headers"], status
    asks = operation.get("security", DESCRIPTION["security"])
    assert ("401" in operation["responses"]) == bool(asks)
    assert ("404" in operation["responses"]) == ("{" in path), "what has a key in its path can be not there"
    body = "requestBody" in operation
    assert body == ("415" in operation["responses"])
    assert body or method not in ("put", "patch")


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS)
def test_an_example_of_a_body_is_as_its_schema_says(contract, method, path, operation):
    if "requestBody" not in operation:
        return
    content = operation["requestBody"]["content"]["application/json"]
    assert "example" in content, "a body without an example"
    assert contract.faults(content["example"], content["schema"]) == []
    assert contract.faults({**content["example"], "onbekend": 1}, content["schema"]), "takes what it does not know"


def test_every_schema_is_used():
    text = str(DESCRIPTION)
    for kind in ("schemas", "responses", "parameters", "headers"):
        for name in DESCRIPTION["components"][kind]:
            assert f"#/components/{kind}/{name}'" in text, f"{kind}/{name}"


def test_problems_have_examples_as_their_schema_says(contract):
    for name in ("Onleesbaar", "Geweigerd"):
        content = DESCRIPTION["components"]["responses"][name]["content"]["application/problem+json"]
        assert contract.faults(content["example"], content["schema"]) == []
