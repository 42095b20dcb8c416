"""Every request is a stranger's: limits, headers, refusals, and no traceback for anyone."""

import json
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.app import create_app, set_up
from dashboard.settings import Settings
from data_access.importing import load_packages
from data_access.startup import open_store
from tests.builders import city, write_package
from tests.wiring.asking import Screen
from tests.wiring.asking import sent as as_sent

UPDATE = "/_dash-update-component"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Dash:
    folder = tmp_path_factory.mktemp("edge")
    url = f"sqlite:///{folder}/city.sqlite"
    load_packages([write_package(folder / "package", city())], url)
    return create_app(open_store(url), Settings(database_url=url))


@pytest.fixture
def client(app: Dash) -> FlaskClient:
    return app.server.test_client()


def post(client: FlaskClient, body: Any) -> tuple[int, Any]:
    answer = client.post(
        UPDATE, data=body if isinstance(body, bytes) else json.dumps(body), content_type="application/json"
    )
    return answer.status_code, answer.get_json(silent=True)


def callbacks_of_the_server(app: Dash) -> list[str]:
    return [key for key, entry in app.callback_map.items() if "callback" in entry and "." in key and "{" not in key]


def well_formed(app: Dash) -> dict[str, Any]:
    """The body of the first callback without wildcards, as the renderer would send it."""
    output = next(key for key in callbacks_of_the_server(app) if not key.startswith(".."))
    registered = app.callback_map[output]
    name, _, prop = output.rpartition(".")
    return {
        "output": output,
        "outputs": {"id": name, "property": prop},
        "inputs": [entry | {"value": None} for entry in registered["inputs"]],
        "state": [entry | {"value": None} for entry in registered["state"]],
        "changedPropIds": [],
    }


def test_a_fresh_server_knows_every_script_of_the_page_before_its_first_visitor(app: Dash, client: FlaskClient) -> None:
    """Dash registers them while it answers the first request, and answers others with 404 meanwhile."""
    scripts = set(re.findall(r'src="(/_dash-component-suites/[^"]+)"', client.get("/").get_data(as_text=True)))
    fresh = create_app(open_store("sqlite://"), Settings())
    assert not fresh.registered_paths
    set_up(fresh)
    assert scripts
    assert fresh.registered_paths == app.registered_paths


def test_scripts_of_others_never_run(client: FlaskClient) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert "'unsafe-inline'" not in rules["script-src"]
    assert "'unsafe-eval'" not in rules["script-src"]
    assert rules["default-src"] == "'self'"


def test_every_inline_script_of_the_page_is_named_in_the_policy(app: Dash, client: FlaskClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert all(digest in page.headers["Content-Security-Policy"] for digest in app.csp_hashes())


def test_a_request_body_above_64_kib_is_refused(client: FlaskClient) -> None:
    status, answer = post(client, b'{"output": "' + b"x" * 70_000 + b'"}')
    assert status == 413
    assert answer["error"]["request_id"]


DEEP = b"[" * 900 + b"]" * 900
UNWRITABLE = (rb'{"output": "a\u0000"}', rb'{"output": "\ud800"}', b'{"output": NaN}', DEEP)


@pytest.mark.parametrize(
    "body", [b"", b"not json", b"[]", b"null", b'{"output": 3}', b'{"output": "x.y", "inputs": 1}', *UNWRITABLE]
)
def test_a_body_that_is_no_callback_is_refused(client: FlaskClient, body: bytes) -> None:
    status, answer = post(client, body)
    assert status == 400
    assert answer["error"]["status"] == 400


def test_a_callback_that_does_not_exist_is_not_found(client: FlaskClient) -> None:
    status, _ = post(
        client, {"output": "nobody.children", "outputs": {"id": "nobody", "property": "children"}, "inputs": []}
    )
    assert status == 404


@pytest.mark.parametrize("missing", ["inputs", "outputs"])
def test_a_callback_without_its_inputs_or_outputs_is_refused(app: Dash, client: FlaskClient, missing: str) -> None:
    status, _ = post(client, well_formed(app) | {missing: []})
    assert status == 400


def test_a_callback_with_the_inputs_of_another_is_refused(app: Dash, client: FlaskClient) -> None:
    body = well_formed(app)
    body["inputs"] = [{"id": "stranger", "property": "value", "value": 1} for _ in body["inputs"]]
    assert post(client, body)[0] == 400


KNOWN_KEYS = ("type", "area", "seq", "search", "view", "lang", "text_px", "startRow", "endRow", "sortModel")
"""What callbacks look for in the objects they are sent."""
_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=8) | st.sampled_from(KNOWN_KEYS), inner, max_size=4)
    ),
    max_leaves=12,
)


def asking(app: Dash, output: str, value_of: Callable[[str], Any]) -> dict[str, Any]:
    """The body that asks the callback of this output. value_of: the id of an input or state → what is sent for it."""
    registered = app.callback_map[output]
    names = [name.rpartition(".") for name in output.strip(".").split("...")]
    outputs = [{"id": name, "property": prop} for name, _, prop in names]
    sent = {kind: [as_sent(entry, value_of(entry["id"])) for entry in registered[kind]] for kind in ("inputs", "state")}
    changed = [f"{entry['id']}.{entry['property']}" for entry in registered["inputs"][:1]]
    return {
        "output": output,
        "outputs": outputs if output.startswith("..") else outputs[0],
        "changedPropIds": changed,
        **sent,
    }


@contextmanager
def heard_no_fault() -> Iterator[None]:
    """A panel that fails says so itself and the answer is a 200: the log tells."""
    faults: list[str] = []
    handler = logging.Handler(logging.ERROR)
    handler.emit = lambda record: faults.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("cityvitals")
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
    assert faults == []


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_value_in_any_callback_ends_in_a_server_error(app: Dash, client: FlaskClient, data: st.DataObject) -> None:
    output = data.draw(st.sampled_from(sorted(callbacks_of_the_server(app))))
    with heard_no_fault():
        status, answer = post(client, asking(app, output, lambda _: data.draw(_ANYTHING)))
    assert status < 500, answer


_HOSTILE = st.text(min_size=1, max_size=30) | st.sampled_from(
    [
        "'; DROP TABLE area;--",
        "0001-01-01",
        "2199-12-31",
        "../..",
        "a:b",
        "k=x*y.z",
        "~",
        ";:,|@",
        "-1",
        "٣",
        "1e999",
        "%",
    ]
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_wish_in_a_selection_ends_in_a_fault_of_ours(app: Dash, client: FlaskClient, data: st.DataObject) -> None:
    selection, _ = Screen(app).open()
    fields = st.sampled_from(sorted(selection.keys() - {"lang", "theme", "density", "scheme", "k"}))
    selection |= data.draw(st.dictionaries(fields, _HOSTILE, min_size=1, max_size=3))
    panels = [one for one in callbacks_of_the_server(app) if "selection" in str(app.callback_map[one]["inputs"])]
    output = data.draw(st.sampled_from(sorted(panels)))
    with heard_no_fault():
        status, answer = post(client, asking(app, output, lambda name: selection if "selection" in name else None))
    assert status < 500, answer


def test_an_unknown_path_is_answered_as_json(client: FlaskClient) -> None:
    answer = client.get("/geometry/nothing.bin")
    assert answer.status_code == 404
    assert answer.get_json()["error"]["status"] == 404


@pytest.mark.parametrize(
    "address", ["/download/areas.csv?area=%00", "/points/a%00b", "/download/areas.csv?" + "&a=1" * 200]
)
def test_an_address_that_no_page_of_ours_writes_is_refused(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 400


def test_a_file_outside_of_a_component_package_is_not_found(client: FlaskClient) -> None:
    answer = client.get("/_dash-component-suites/dash/..%2f..%2fetc/passwd")
    assert (answer.status_code, answer.get_json()["error"]["message"]) == (404, "no such file")


def test_live_does_not_need_the_database_and_ready_does(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/none.sqlite"
    client = create_app(open_store(url), Settings(database_url=url)).server.test_client()
    assert client.get("/live").status_code == 200
    ready = client.get("/ready")
    assert (ready.status_code, ready.headers["Retry-After"]) == (503, "5")


def test_a_request_is_logged_under_the_id_its_proxy_gave(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "cityvitals.request"):
        answer = client.get("/live", headers={"X-Request-Id": "proxy-7"})
    assert answer.headers["X-Request-Id"] == "proxy-7"
    assert [(record.request_id, record.status) for record in caplog.records] == [("proxy-7", 200)]


def test_a_malformed_request_id_is_replaced(client: FlaskClient) -> None:
    answer = client.get("/live", headers={"X-Request-Id": "two words<script>"})
    assert answer.headers["X-Request-Id"].isalnum()
