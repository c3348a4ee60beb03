"""Check bodies against Discord's official OpenAPI description, which is third party and given by path.

The description is `specs/openapi.json` of github.com/discord/discord-api-spec (OpenAPI 3.1, MIT). It is a necessary
check, not a sufficient one: it allows 4000 characters of `content` where bots may send 2000, says nothing about the
6000 characters over all embeds, and leaves objects open to unknown members. `limits` covers the first two;
`DiscordSpec.unknown` lists members that the description does not name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tests.servers.wire import Json

_METHODS = {"get", "put", "post", "patch", "delete"}


class DiscordSpec:
    """Validators for the bodies of every operation in the description."""

    def __init__(self, path: Path) -> None:
        self.document: Json = json.loads(path.read_text(encoding="utf-8"))
        self._registry: Registry[Any] = Registry().with_resources(
            [("answer:", _resource(self.document)), ("request:", _resource(_with_numbers(self.document)))]
        )
        self._operations: list[tuple[str, re.Pattern[str], Json]] = []
        literal_first = sorted(self.document["paths"].items(), key=lambda item: item[0].count("{"))
        for template, item in literal_first:
            pattern = re.compile("^" + re.sub(r"\\{[^}]+\\}", "[^/]+", re.escape(template)) + "$")
            for method in _METHODS & item.keys():
                self._operations.append((method.upper(), pattern, item[method]))

    def errors(self, method: str, path: str, body: Any) -> list[str]:
        """List a request body's violations, as «where: what»; an unknown operation is one."""
        if self._operation(method, path) is None:
            return [f"{method} {path}: no such operation"]
        schema = self._body_schema(method, path)
        return self._violations("request:", schema, body) if schema else []

    def answer_errors(self, method: str, path: str, status: int, body: Any) -> list[str]:
        """List an answer's violations: it keeps a fake honest."""
        responses = (self._operation(method, path) or {}).get("responses", {})
        response = responses.get(str(status)) or responses.get(f"{status // 100}XX")
        if response is None:
            return [f"{method} {path}: no answer {status} is described"]
        if "$ref" in response:
            response = self.document["components"]["responses"][response["$ref"].rsplit("/", 1)[1]]
        schema = response.get("content", {}).get("application/json", {}).get("schema")
        return self._violations("answer:", schema, body) if schema else []

    def unknown(self, method: str, path: str, body: Any) -> list[str]:
        """List members that the description does not name (Discord ignores them: typing mistakes hide here)."""
        return sorted(set(self._unknown(self._body_schema(method, path) or {}, body, "")))

    def _operation(self, method: str, path: str) -> Json | None:
        return next((op for verb, pattern, op in self._operations if verb == method and pattern.match(path)), None)

    def _body_schema(self, method: str, path: str) -> Json | None:
        operation = self._operation(method, path) or {}
        content = operation.get("requestBody", {}).get("content", {})
        schema: Json | None = content.get("application/json", {}).get("schema")
        return schema

    def _violations(self, base: str, schema: Json, body: Any) -> list[str]:
        validator = Draft202012Validator(_absolute(base, schema), registry=self._registry)
        errors = _leaves(validator.iter_errors(body))
        return [f"{'/'.join(map(str, e.absolute_path)) or '(body)'}: {e.message[:200]}" for e in errors]

    def _unknown(self, schema: Json, value: Any, at: str) -> Iterator[str]:
        branches = list(self._branches(schema))
        if isinstance(value, list):
            for n, item in enumerate(value):
                yield from self._unknown({"anyOf": [b["items"] for b in branches if "items" in b]}, item, f"{at}/{n}")
        elif isinstance(value, dict) and not any(b.get("additionalProperties") for b in branches):
            for key, item in value.items():
                owners = [b["properties"][key] for b in branches if key in b.get("properties", {})]
                if owners:
                    yield from self._unknown({"anyOf": owners}, item, f"{at}/{key}")
                else:
                    yield f"{at}/{key}"

    def _branches(self, schema: Json) -> Iterator[Json]:
        if "$ref" in schema:
            target: Any = self.document
            for part in schema["$ref"].split("#/", 1)[1].split("/"):
                target = target[part]
            yield from self._branches(target)
            return
        yield schema
        for word in ("oneOf", "anyOf", "allOf"):
            for branch in schema.get(word, ()):
                yield from self._branches(branch)


def _resource(document: Json) -> Resource[Any]:
    return Resource.from_contents(document, default_specification=DRAFT202012)


def _with_numbers(document: Json) -> Json:
    """Let ids be numbers: Discord takes them so in requests, and discord.py sends them so in message references."""
    schemas = document["components"]["schemas"]
    snowflake = {"anyOf": [schemas["SnowflakeType"], {"type": "integer"}]}
    components = {**document["components"], "schemas": {**schemas, "SnowflakeType": snowflake}}
    return {**document, "components": components}


def _absolute(base: str, node: Any) -> Any:
    if isinstance(node, dict):
        return {k: base + v if k == "$ref" else _absolute(base, v) for k, v in node.items()}
    return [_absolute(base, v) for v in node] if isinstance(node, list) else node


def _leaves(errors: Iterable[ValidationError]) -> Iterator[ValidationError]:
    """Instead of «is not valid under any of the given schemas», the errors of the alternative that came closest."""
    for error in errors:
        alternatives: dict[Any, list[ValidationError]] = {}
        for inner in error.context or ():
            alternatives.setdefault(inner.schema_path[0], []).append(inner)
        if alternatives:
            closest: list[ValidationError] = min(alternatives.values(), key=_distance)
            yield from _leaves(closest)
        else:
            yield error


def _distance(errors: Sequence[ValidationError]) -> tuple[bool, bool, int]:
    is_wrong_kind = any(e.validator == "type" and not e.path for e in errors)
    is_wrong_type = any(list(e.path)[-1:] == ["type"] and e.validator in ("const", "enum") for e in errors)
    return is_wrong_kind, is_wrong_type, len(errors)
