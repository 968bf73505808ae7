"""The interface for programs: its description, the example programs, and whether answers are as described."""

from __future__ import annotations

import copy
import importlib.util
import json
import re
from types import ModuleType

import yaml
from openapi_schema_validator import OAS30Validator, oas30_format_checker

from harness.program import ROOT

DESCRIPTION = ROOT / "Sources" / "Web" / "Public" / "openapi.yaml"
EXAMPLES = ROOT / "examples" / "api"
METHODS = ("get", "post", "put", "patch", "delete")


def described() -> dict:
    return yaml.safe_load(DESCRIPTION.read_text("utf8"))


def example(name: str) -> ModuleType:
    """A program of examples/api; its file is named as people type it."""
    spec = importlib.util.spec_from_file_location(name.replace("-", "_"), EXAMPLES / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def closed(node):
    """The same schemas, with nothing allowed that they do not name."""
    if isinstance(node, list):
        return [closed(item) for item in node]
    if not isinstance(node, dict):
        return node
    node = {key: closed(value) for key, value in node.items()}
    if "properties" in node and node.get("type") == "object":
        node.setdefault("additionalProperties", False)
    return node


class Contract:
    """Holds answers to the description, strictly: a member that is not described is a fault too."""

    def __init__(self) -> None:
        self.description = closed(copy.deepcopy(described()))
        self.operations = [
            (method, path, operation)
            for path, item in self.description["paths"].items()
            for method, operation in item.items()
            if method in METHODS
        ]
        self.seen: set[tuple[str, str, int]] = set()

    def resolved(self, node: dict) -> dict:
        while "$ref" in node:
            target = self.description
            for name in node["$ref"].removeprefix("#/").split("/"):
                target = target[name]
            node = target
        return node

    def operation(self, method: str, path: str) -> tuple[str, dict] | None:
        """The described path that an address is of; a literal one comes before one with a parameter."""
        path = path.split("?")[0].removeprefix("/v1")
        fitting = [
            (template.count("{"), template, operation)
            for known, template, operation in self.operations
            if known == method.lower() and re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path)
        ]
        return min(fitting)[1:] if fitting else None

    def faults(self, instance, schema: dict) -> list[str]:
        """What of a value is not as its schema says."""
        whole = {"allOf": [schema], "components": self.description["components"]}
        validator = OAS30Validator(whole, format_checker=oas30_format_checker)
        return [f"{list(error.absolute_path)}: {error.message}" for error in validator.iter_errors(instance)]

    def check_problem(self, what: str, problem: dict) -> None:
        """Fails when what went wrong is not told as described."""
        faults = self.faults(problem, {"$ref": "#/components/schemas/Probleem"})
        assert not faults, f"{what}: {faults}"

    def check(self, method: str, path: str, status: int, headers: dict[str, str], body: bytes) -> None:
        """Fails when an answer is not as described."""
        what = f"{method} {path}: {status}"
        headers = {name.lower(): value for name, value in headers.items()}
        assert headers.get("api-version") == self.description["info"]["version"], f"{what}: no version"
        found = self.operation(method, path)
        assert found, f"{what}: not described"
        template, operation = found
        assert str(status) in operation["responses"], f"{what}: {template} does not name this status\n{body[:400]!r}"
        self.seen.add((method.upper(), template, status))
        response = self.resolved(operation["responses"][str(status)])
        for header in response.get("headers", {}):
            assert header.lower() in headers, f"{what}: no {header}"
        kind = headers.get("content-type", "").split(";")[0]
        content = response.get("content", {})
        if not content:
            assert not body, f"{what}: a body where none is described"
            return
        assert kind in content or "*/*" in content, f"{what}: {kind} where {', '.join(content)} is described"
        if kind.endswith("json"):
            faults = self.faults(json.loads(body), content[kind]["schema"])
            assert not faults, f"{what}: not as described\n  " + "\n  ".join(faults[:8])
