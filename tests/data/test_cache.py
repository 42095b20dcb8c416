"""Answers are computed once, told to all who ask, never shared by mistake, and never wait for a Redis that is away."""

import multiprocessing
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import shapely
from redis import Redis

from data_access import cache_redis
from data_access.cache import AnswerCache
from data_access.cache_files import FileCache
from data_access.cache_memory import ENTRY_BYTES, MemoryCache
from data_access.cache_redis import RedisCache
from data_access.codec import decode_frame, encode_frame
from data_access.questions import AreasQuestion, ProfileQuestion
from data_access.startup import open_store
from data_access.viewer import Viewer
from tests.empty_databases import service

QUESTION = ProfileQuestion(area="A")
FRAME = pd.DataFrame(
    {"code": pd.array(["01", None], dtype="str"), "value": [1.5, None], "is_key": [True, False], "n": [1, 2]}
)


class Computation:
    """Counts how often it runs; slow enough for others to arrive meanwhile."""

    def __init__(self, answer: Any = FRAME, pause_s: float = 0.0) -> None:
        self.answer, self.pause_s, self.runs = answer, pause_s, 0
        self._lock = threading.Lock()

    def __call__(self) -> Any:
        with self._lock:
            self.runs += 1
        time.sleep(self.pause_s)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def test_how_far_a_long_answer_is_reaches_the_other_processes(tmp_path: Path) -> None:
    shared = FileCache(tmp_path)
    here, there = AnswerCache("db", shared), AnswerCache("db", shared)
    assert there.told("pattern", QUESTION, 1) is None
    here.tell("pattern", QUESTION, 1, 0.4)
    assert there.told("pattern", QUESTION, 1) == 0.4
    assert there.told("pattern", replace(QUESTION, viewer=Viewer(area_codes=("A",))), 1) is None
    shared.close()


def test_fifty_who_ask_at_once_cost_one_computation() -> None:
    cache, compute = AnswerCache("db"), Computation(pause_s=0.2)
    together = threading.Barrier(50)

    def ask(_: int) -> pd.DataFrame:
        together.wait()
        return cache.frame("profile", QUESTION, 1, compute)

    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(ask, range(50)))
    assert compute.runs == 1
    for answer in answers:
        pd.testing.assert_frame_equal(answer, FRAME)


def test_a_failure_reaches_all_who_wait_and_is_not_kept() -> None:
    cache, compute = AnswerCache("db"), Computation(ValueError("away"), pause_s=0.2)
    together = threading.Barrier(5)

    def ask(_: int) -> str:
        together.wait()
        with pytest.raises(ValueError, match="away") as failure:
            cache.frame("profile", QUESTION, 1, compute)
        return str(failure.value)

    with ThreadPoolExecutor(5) as pool:
        assert list(pool.map(ask, range(5))) == ["away"] * 5
    assert compute.runs == 1
    compute.answer = FRAME
    pd.testing.assert_frame_equal(cache.frame("profile", QUESTION, 1, compute), FRAME)


@pytest.mark.parametrize(
    ("name", "question", "version"),
    [
        ("series", QUESTION, 1),
        ("profile", replace(QUESTION, area="B"), 1),
        ("profile", replace(QUESTION, viewer=Viewer(area_codes=("A",))), 1),
        ("profile", replace(QUESTION, viewer=Viewer(department_codes=())), 1),
        ("profile", AreasQuestion(area="A"), 1),
        ("profile", QUESTION, 2),
    ],
)
def test_another_question_viewer_or_data_version_is_another_answer(name: str, question: Any, version: int) -> None:
    cache, compute = AnswerCache("db"), Computation()
    cache.frame("profile", QUESTION, 1, compute)
    cache.frame(name, question, version, compute)
    assert compute.runs == 2


def test_what_one_reader_does_to_an_answer_no_other_sees() -> None:
    cache = AnswerCache("db")
    first = cache.frame("profile", QUESTION, 1, Computation())
    for reader in range(2):
        first.loc[0, "value"] = 99.0 + reader
        first.loc[0, "code"] = "changed"
        first = cache.frame("profile", QUESTION, 1, Computation())
        pd.testing.assert_frame_equal(first, FRAME)


def test_frames_come_back_as_they_were_empty_ones_and_geometry_included() -> None:
    shapes = pd.DataFrame({"geometry": pd.Series([shapely.Point(1, 2), None], dtype=object)})
    for frame in (FRAME, FRAME.iloc[:0], pd.concat([FRAME, FRAME], ignore_index=True), shapes):
        back = decode_frame(encode_frame(frame))
        pd.testing.assert_frame_equal(back, frame)


def test_what_is_forgotten_is_computed_again() -> None:
    cache, compute = AnswerCache("db"), Computation()
    for _ in range(2):
        cache.frame("profile", QUESTION, 1, compute)
    cache.forget()
    cache.frame("profile", QUESTION, 1, compute)
    assert compute.runs == 2


def test_memory_stays_within_its_budget_and_forgets_the_oldest() -> None:
    memory = MemoryCache(budget_bytes=10 * (100 + ENTRY_BYTES))
    for n in range(20):
        memory.set(f"k{n}", bytes(100))
        memory.set("again and again", bytes(100))
    assert [memory.get(f"k{n}") is not None for n in (0, 10, 11, 19)] == [False, False, True, True]
    memory.set("too large", bytes(10_000))
    assert memory.get("too large") is None


@pytest.fixture
def files(tmp_path: Path) -> Iterator[FileCache]:
    cache = FileCache(tmp_path)
    yield cache
    cache.close()


def ask_as_a_worker(files: FileCache, runs: Path, pause_s: float) -> None:
    def compute() -> list[int]:
        with runs.open("a") as notes:
            notes.write("x")
        time.sleep(pause_s)
        return [7]

    assert AnswerCache("db", files).json("figure", QUESTION, 1, compute) == [7]


def worker(files: FileCache, runs: Path, pause_s: float = 0.0) -> Any:
    process = multiprocessing.get_context("fork").Process(target=ask_as_a_worker, args=(files, runs, pause_s))
    process.start()
    return process


def test_the_workers_of_a_machine_compute_an_answer_once(files: FileCache, tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    workers = [worker(files, runs, pause_s=0.3) for _ in range(3)]
    for one in workers:
        one.join()
    assert [one.exitcode for one in workers] == [0, 0, 0]
    assert runs.read_text() == "x"


def test_a_worker_killed_over_its_answer_does_not_keep_the_others_waiting(files: FileCache, tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    killed = worker(files, runs, pause_s=60)
    wait_until(runs.exists)
    os.kill(killed.pid, signal.SIGKILL)
    killed.join()
    ask_as_a_worker(files, runs, pause_s=0)
    assert runs.read_text() == "xx"


def test_shared_files_are_private_bounded_and_not_pickled(tmp_path: Path) -> None:
    files = FileCache(tmp_path, budget_bytes=20_000)
    AnswerCache("db", files).json("figure", QUESTION, 1, Computation({"x": [1]}))
    assert [path.read_bytes() for path in files.directory.iterdir() if path.name != "lock"] == [b'{"x":[1]}']
    assert files.directory.stat().st_mode & 0o077 == 0
    for n in range(100):
        files.set(f"{n:064x}", bytes(1000))
    assert sum(path.stat().st_size for path in files.directory.iterdir()) <= 20_000 + 2_000
    assert files.get(f"{99:064x}") == bytes(1000)


def test_a_server_that_starts_clears_what_a_killed_one_left_and_nothing_else(tmp_path: Path) -> None:
    running, killed = FileCache(tmp_path), FileCache(tmp_path)
    killed._lock.close()
    os.utime(killed.directory, (0, 0))
    other = FileCache(tmp_path)
    assert (running.directory.exists(), killed.directory.exists()) == (True, False)
    running.close()
    other.close()
    assert list(tmp_path.iterdir()) == []


def test_a_full_or_vanished_disk_costs_the_sharing_and_no_answer(files: FileCache) -> None:
    cache = AnswerCache("db", files)
    files.close()
    pd.testing.assert_frame_equal(cache.frame("profile", QUESTION, 1, Computation()), FRAME)


@pytest.fixture
def redis_url() -> Iterator[str]:
    url = service("REDIS")
    Redis.from_url(url).flushdb()
    yield url


def test_two_processes_share_one_computation_through_redis(redis_url: str) -> None:
    compute = Computation(pause_s=0.3)
    caches = [AnswerCache("db", RedisCache(redis_url)) for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda cache: cache.frame("profile", QUESTION, 1, compute), caches))
    assert compute.runs == 1
    for answer in answers:
        pd.testing.assert_frame_equal(answer, FRAME)


def test_two_databases_on_one_redis_never_mix(redis_url: str) -> None:
    compute = Computation()
    AnswerCache("one", RedisCache(redis_url)).frame("profile", QUESTION, 1, compute)
    AnswerCache("two", RedisCache(redis_url)).frame("profile", QUESTION, 1, compute)
    assert compute.runs == 2


def test_after_a_deploy_nobody_sees_the_panels_of_the_build_before(redis_url: str, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/city.sqlite"
    before, after = (open_store(url, redis_url=redis_url, edition=edition).cache for edition in ("a", "b"))
    assert before.json("panel", QUESTION, 1, lambda: "old words") == "old words"
    assert after.json("panel", QUESTION, 1, lambda: "new words") == "new words"


def test_nothing_in_redis_is_pickled(redis_url: str) -> None:
    AnswerCache("db", RedisCache(redis_url)).frame("profile", QUESTION, 1, Computation())
    AnswerCache("db", RedisCache(redis_url)).json("figure", QUESTION, 1, Computation({"x": [1]}))
    client = Redis.from_url(redis_url)
    stored = [client.get(key) for key in client.keys("*")]
    assert len(stored) == 2
    assert {b'{"x":[1]}', *stored} == set(stored)
    assert all(not value.startswith((b"!", b"\x80")) for value in stored)


def test_a_failing_computation_leaves_no_claim_behind(redis_url: str) -> None:
    shared = RedisCache(redis_url)
    with pytest.raises(ValueError):
        AnswerCache("db", shared).frame("profile", QUESTION, 1, Computation(ValueError()))
    assert Redis.from_url(redis_url).keys("*") == []


class HungRedis:
    """Takes connections and never answers; counts them."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.connections: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.socket.getsockname()[1]}/0"

    def _accept(self) -> None:
        while True:
            try:
                self.connections.append(self.socket.accept()[0])
            except OSError:
                return


def test_a_hung_redis_is_asked_once_and_then_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_redis, "PROBE_S", 60.0)
    redis = HungRedis()
    cache, compute = AnswerCache("db", RedisCache(redis.url)), Computation()
    for version in range(20):
        pd.testing.assert_frame_equal(cache.frame("profile", QUESTION, version, compute), FRAME)
    assert compute.runs == 20
    assert len(redis.connections) == 1
    assert cache_redis.WAIT_S * 2 <= 0.2
    redis.socket.close()


def test_answers_return_to_redis_when_it_is_back(redis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_redis, "PROBE_S", 0.05)
    shared = RedisCache(redis_url)
    shared._give_up(ConnectionError("gone"))
    assert shared.get("k") is None
    wait_until(lambda: not shared._is_away.is_set())
    shared.set("k", b"back")
    assert shared.get("k") == b"back"


def wait_until(condition: Any) -> None:
    for _ in range(200):
        if condition():
            return
        time.sleep(0.05)
    pytest.fail("still waiting after 10 s")
