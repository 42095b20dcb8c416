"""Malformed, huge, slow, mis-projected and hostile layers: each ends in a reason or in a harmless drawing."""

import resource
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from data_access.layers.entry import LayerEntry
from data_access.layers.failures import Unusable
from data_access.layers.remote import pictures, snapshots
from data_access.layers.remote.breaker import AT_ONCE, FAILURES, Breaker
from data_access.layers.remote.networks import is_allowed, pinned_address, read_networks
from data_access.layers.remote.services import Services, Settings
from data_access.layers.tiling import encode_tile, tile_box
from tests.layers.hostile import CASES, Case, hostile_server, million
from tests.layers.test_layers_services import tile_around

STRANGE = (
    "file:///etc/passwd", "ftp://127.0.0.1/", "http://a:b@127.0.0.1/", "http://127.0.0.1:99999/",
    "http://127.0.0.1/\r\nX: y",
)  # fmt: skip
PAGE = Path(__file__).parents[2] / "docs/guides/layers.md"


@pytest.fixture(scope="module")
def hostile() -> Iterator[str]:
    with hostile_server() as address:
        yield address


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "PICTURE_S", 1.0)


def outcome(services: Services, case: Case, address: str) -> str:
    """The reason, or what was drawn, in the words of the corpus."""
    kind = case.kind.removesuffix("-features")
    source = f"{address}/{case.path}/{{z}}" if kind == "xyz" else f"{address}/{case.path}"
    name = "thing" if case.kind == "wfs-features" else "x"
    entry = LayerEntry(case.path, kind, source, name)
    try:
        if kind in ("wms", "wmts", "xyz"):
            pictures.picture_tile(services, entry, 3, 1, 1)
            return "passed on: browsers draw what there is"
        return drawn(snapshots.snapshot(services, entry))
    except Unusable as error:
        return error.reason


def drawn(found: snapshots.Snapshot) -> str:
    if not found.is_whole:
        return f"{found.count():,} of ∞ drawn, marked as cut"
    if not found.count():
        return "0 drawn"
    z, x, y = tile_around(117.0, 32.0, 12)
    tile = encode_tile(found.in_box(tile_box(z, x, y), 1000), z, x, y)
    return f"{found.count()} drawn, {len(tile)}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.kind} {case.path}")
def test_a_hostile_layer_ends_as_the_corpus_says(services: Services, hostile: str, case: Case) -> None:
    if case.path == "million":
        million()
    began = time.monotonic()
    said = outcome(services, case, hostile)
    assert time.monotonic() - began < 60
    if "drawn, " in said and "drawn" in case.expected and "∞" not in case.expected:
        count, size = said.split(" drawn, ")
        assert (int(count), int(size) > 0) == (int(case.expected.split(" ")[0]), True)
        assert int(size) < 100_000
    else:
        assert said == case.expected


def test_the_page_lists_the_corpus_with_its_results() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [case.what for case in CASES if f"| {case.what} | {case.expected} |" not in page] == []


def test_memory_stays_bounded_while_the_whole_corpus_is_asked(hostile: str) -> None:
    """Twice over, so that what is kept would show."""
    heavy = [case for case in CASES if case.path in ("endless", "loop", "deep-json", "laughs", "gzip", "bow-tie")]
    for case in heavy * 2:
        if case.kind != "wfs":
            outcome(Services(Settings(read_networks("127.0.0.0/8"))), case, hostile)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 1_500_000  # kilobytes


def test_nothing_is_asked_without_an_allowed_network(hostile: str) -> None:
    entry = LayerEntry("x", "xyz", f"{hostile}/svg")
    with pytest.raises(Unusable) as caught:
        pictures.picture_tile(Services(), entry, 3, 1, 1)
    assert caught.value.reason == "refused_address"


def test_metadata_addresses_stay_closed_however_they_are_written() -> None:
    """Also where a setting allows everything, and inside IPv6 forms of the address."""
    everything = read_networks("0.0.0.0/0, ::/0")
    written = ("169.254.169.254", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::1", "fe80::1")
    for host in written:
        with pytest.raises(Unusable):
            pinned_address(host, 80, everything)
    assert pinned_address("127.0.0.1", 80, everything) == "127.0.0.1"
    assert not any(is_allowed(one, ()) for one in map(type(everything[0].network_address), ["10.0.0.1", "8.8.8.8"]))


@pytest.mark.parametrize("url", STRANGE)
def test_only_plain_web_addresses_are_asked(services: Services, url: str) -> None:
    with pytest.raises(Unusable) as caught:
        pictures.picture_tile(services, LayerEntry("x", "xyz", url), 3, 1, 1)
    assert caught.value.reason == "refused_address"


def test_a_service_that_fails_again_and_again_is_left_alone_and_tried_later() -> None:
    now = [0.0]
    breaker = Breaker(lambda: now[0])

    def ask(*, fails: bool) -> str:
        try:
            with breaker.asking("http://map"):
                if fails:
                    raise Unusable("unreachable")
        except Unusable as error:
            return error.reason
        return "answered"

    assert [ask(fails=True) for _ in range(FAILURES + 1)] == ["unreachable"] * FAILURES + ["resting"]
    now[0] += 5.1
    assert [ask(fails=True), ask(fails=False)] == ["unreachable", "resting"], "one may try, and the rest is longer"
    now[0] += 10.1
    assert [ask(fails=False), ask(fails=False)] == ["answered", "answered"]


def test_other_services_go_on_while_one_rests() -> None:
    breaker = Breaker(lambda: 0.0)
    for _ in range(FAILURES):
        with pytest.raises(Unusable), breaker.asking("http://down"):
            raise Unusable("too_slow")
    for _ in range(AT_ONCE + 1):
        with breaker.asking("http://up"):
            pass


def test_tokens_go_to_their_own_host_and_into_no_message() -> None:
    services = Services(Settings(read_networks("127.0.0.0/8"), {"tianditu.example": "tk=secret"}))
    assert services._with_token("http://t0.tianditu.example/vec_w/wmts?tk=old").endswith("?tk=secret")
    assert services._with_token("http://nottianditu.example/") == "http://nottianditu.example/"
    with pytest.raises(Unusable) as caught:
        services.get(pictures.Wish("http://t0.tianditu.example/?a=1", pictures.PICTURES, 10, 1))
    assert "secret" not in str(caught.value)
