from __future__ import annotations

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from jsonschema import Draft202012Validator
from schemathesis.specs.openapi.checks import positive_data_acceptance
from schemathesis.specs.openapi.definitions import OPENAPI_31

from samskap.config.wsgi import application
from tests.doors.api import snapshot, world


def test_the_document_is_the_one_agreed_on():
    # If you meant the change: python -m tests.doors.api.snapshot, and tell of it in changelog.d.
    assert snapshot.document() == snapshot.agreed()


def test_the_document_is_openapi_3_1(caller):
    document = caller.get("/api/v1/openapi.json").json()

    assert document["openapi"] == "3.1.0"
    faults = Draft202012Validator(OPENAPI_31).iter_errors(document)
    assert [f"{fault.json_path}: {fault.message}" for fault in faults] == []
    for name, schema in document["components"]["schemas"].items():
        Draft202012Validator.check_schema(schema)
        assert (name, "description" in schema or "enum" in schema) == (name, True)


def test_every_reference_in_the_document_leads_somewhere(caller):
    document = caller.get("/api/v1/openapi.json").json()

    def references(part: object) -> list[str]:
        if isinstance(part, dict):
            own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
            return own + [found for inner in part.values() for found in references(inner)]
        if isinstance(part, list):
            return [found for inner in part for found in references(inner)]
        return []

    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert set(references(document)) <= known


def test_every_operation_documents_its_problems_and_its_examples(caller):
    document = caller.get("/api/v1/openapi.json").json()

    for address, methods in document["paths"].items():
        assert (address, set(methods)) == (address, {"get"})
        answers = methods["get"]["responses"]
        assert (address, set(answers) - {"404"}) == (
            address,
            {"200", "304", "400", "422", "default"},
        )
        assert (address, "404" in answers) == (
            address,
            "{" in address
            or address
            in {"/api/v1/strategy", "/api/v1/coverage", "/api/v1/balance", "/api/v1/log/head"},
        )
        assert (address, methods["get"]["x-examples"] != []) == (address, True)


@pytest.fixture
def connection_kept():
    """Let the test's connection live through requests, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def small_world(request):
    request.getfixturevalue("ostfold")
    request.getfixturevalue("connection_kept")
    world.publish_strategy()
    world.municipality("sarpsborg-kommune", "Sarpsborg kommune", "3105")
    world.actor("verft", "Verft AS")
    world.hidden("hidden", "Skjult AS")


# Which cursors and codes there are no schema can say: any text fits, and most are refused.
KNOWN_TO_US_ALONE = {"cursor", "place"}
agreed = schemathesis.openapi.from_dict(snapshot.agreed())
agreed.app = application


@pytest.mark.django_db
@pytest.mark.usefixtures("small_world")
@agreed.parametrize()
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_whatever_is_asked_the_answer_is_as_the_document_says(case):
    beyond_a_schema = KNOWN_TO_US_ALONE & set(case.query or {})
    case.call_and_validate(excluded_checks=[positive_data_acceptance] if beyond_a_schema else [])
