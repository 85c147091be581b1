"""A Dask cluster reads as this machine does, in order, and loses no workbook with a worker."""

from __future__ import annotations

import pickle
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from milestone_report.model import ReadingSettings
from milestone_report.reading import cluster as clustering
from milestone_report.reading.answers import Answer, pack
from milestone_report.reading.cluster import Cluster, ClusterError, connected
from milestone_report.reading.contents import Source, WorkbookRows
from milestone_report.reading.isolation import Readers
from milestone_report.reading.workbook import read_workbook
from tests.conftest import SAMPLES
from tests.reading.clusters import RunningCluster, running_cluster

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytest.importorskip("distributed", reason="needs milestone-report[dask]")


@pytest.fixture(scope="module")
def two_workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCluster]:
    with running_cluster(tmp_path_factory.mktemp("cluster"), 2) as running:
        yield running


def samples(number: int) -> list[Source]:
    """Workbooks of very different length, by turns, each under a name of its own."""
    names = ("messy.xlsx", "minimal.xlsx", "agency.xlsx", "absent.xlsx")
    return [Source(SAMPLES / names[each % 4], f"{each} {names[each % 4]}") for each in range(number)]


def read_on(
    address: str, sources: list[Source], while_reading: Callable[[int], None] = lambda _number: None
) -> list[WorkbookRows]:
    found = []
    with connected(address) as cluster, Readers(sources, ReadingSettings(), workers=1, cluster=cluster) as readers:
        for number, rows in enumerate(readers.results()):
            found.append(rows)
            while_reading(number)
        assert readers._started == []  # noqa: SLF001 - nothing was read on this side
    return found


def told(rows: WorkbookRows) -> str:
    """All that rows say, but for how long reading them took."""
    return repr(replace(rows, workbook=replace(rows.workbook, seconds=0.0)))


def why(found: WorkbookRows) -> str:
    return found.notices[0].facts["why"]


def test_a_cluster_reads_what_this_machine_reads_in_the_same_order(two_workers: RunningCluster) -> None:
    sources = samples(12)
    expected = [read_workbook(source) for source in sources]
    assert [told(rows) for rows in read_on(two_workers.address, sources)] == [told(rows) for rows in expected]


def test_the_limits_hold_on_a_worker(two_workers: RunningCluster) -> None:
    settings = ReadingSettings(seconds=1e-6)
    [found] = read_on(two_workers.address, [replace(samples(1)[0], settings=settings)])
    assert "longer than the limit" in why(found)


def test_a_workbook_that_a_worker_does_not_see_is_said(
    two_workers: RunningCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # This side believes that it sees the file; the workers do not.
    monkeypatch.setattr(clustering, "_sees", lambda _source: True)
    [found] = read_on(two_workers.address, [Source(tmp_path / "a.xlsx", "a.xlsx")])
    assert why(found) == "the worker of the cluster does not see it"


def test_a_worker_that_would_read_otherwise_is_not_used(
    two_workers: RunningCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    with connected(two_workers.address) as cluster:
        assert cluster is not None
        cluster._ours = b"another"  # noqa: SLF001 - as if the worker had come later, with another program
        assert "another version" in why_of(cluster)
    monkeypatch.setattr(clustering, "_our_fingerprint", lambda: b"another")
    with pytest.raises(ClusterError, match="another version"):
        Cluster(two_workers.address)


def why_of(cluster: Cluster) -> str:
    from milestone_report.reading.answers import rows_in  # noqa: PLC0415

    return why(rows_in(cluster.read(samples(1)[0]).rows))


@pytest.mark.parametrize("bad", [b"garbage", pickle.dumps(7), pack(Answer(pickle.dumps(7)))])
def test_a_bad_answer_is_the_workbooks_alone(
    two_workers: RunningCluster, monkeypatch: pytest.MonkeyPatch, bad: bytes
) -> None:
    monkeypatch.setattr(Cluster, "_result", lambda _self, _future: (False, bad))
    [found] = read_on(two_workers.address, samples(1))
    assert why(found) == "the cluster failed on it (UnpicklingError)"


def test_the_workbooks_of_a_worker_that_is_killed_are_read_by_the_other(tmp_path: Path) -> None:
    sources = samples(40)
    expected = [told(read_workbook(source)) for source in sources[:4]]
    with running_cluster(tmp_path, 2) as running:

        def kill_one(number: int) -> None:
            if number == 5:
                running.kill(1)

        found = read_on(running.address, sources, kill_one)
    assert [rows.workbook.path for rows in found] == [source.path for source in sources]
    for number, rows in enumerate(found):
        assert told(rows).replace(sources[number].path, "") == expected[number % 4].replace(
            sources[number % 4].path, ""
        )


def test_without_any_worker_left_the_rest_is_said_to_be_unread(tmp_path: Path) -> None:
    sources = samples(8)
    with running_cluster(tmp_path, 1) as running:
        cluster = Cluster(running.address, without_workers=2)
        try:
            with Readers(sources, ReadingSettings(), workers=1, cluster=cluster) as readers:
                results = readers.results()
                assert next(results).workbook.readable
                running.kill(1)
                rest = list(results)
        finally:
            cluster.close()
    assert len(rest) == 7
    assert why(rest[-1]) == "the cluster has no workers any more"


def test_without_its_scheduler_the_rest_is_said_to_be_unread(tmp_path: Path) -> None:
    sources = samples(8)
    with running_cluster(tmp_path, 1) as running:

        def kill_scheduler(number: int) -> None:
            if number == 0:
                running.kill(0)

        found = read_on(running.address, sources, kill_scheduler)
    assert len(found) == 8
    assert "cluster" in why(found[-1])


def test_a_worker_with_a_nanny_reads_too(tmp_path: Path) -> None:
    with running_cluster(tmp_path, 1, nanny=True) as running:
        [found] = read_on(running.address, samples(1))
    assert found.workbook.readable


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense://x", "127.0.0.1"])
def test_an_address_where_no_scheduler_answers_is_said(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clustering, "_SECONDS_TO_CONNECT", 1)
    started = time.monotonic()
    with pytest.raises(ClusterError, match="No Dask scheduler answers"), connected(address):
        pass
    assert time.monotonic() - started < 30


def test_no_address_is_no_cluster() -> None:
    with connected("") as cluster:
        assert cluster is None


class Scheduler:
    """Stands in for the connection: what it was asked to run ends as it was told."""

    id, status = "run", "running"

    def __init__(self, error: Exception) -> None:
        self._error = error

    def submit(self, *_given: object, **_named: object) -> Task:
        return Task(self._error)

    def nthreads(self) -> dict[str, int]:
        return {"tcp://worker": 1}


class Task:
    status = "error"

    def __init__(self, error: Exception) -> None:
        self._error = error

    def result(self, timeout: float) -> object:
        assert timeout > 0
        raise self._error


def failed(error: Exception) -> str:
    cluster = Cluster.__new__(Cluster)  # without a connection
    vars(cluster).update(_client=Scheduler(error), _over=threading.Event(), _ours=b"", _without_workers=1)
    return why_of(cluster)


def test_a_workbook_whose_workers_were_lost_one_after_the_other_is_said_to_be_unread() -> None:
    from distributed import KilledWorker  # noqa: PLC0415 - an extra

    lost: Any = KilledWorker  # the worker that it names is not looked at
    assert failed(lost("task", None, 3)).startswith("the workers of the cluster that read it were lost")


@pytest.mark.parametrize("error", [RuntimeError("no"), TimeoutError("its own"), ImportError("no module")])
def test_whatever_else_goes_wrong_on_a_worker_is_said(error: Exception) -> None:
    assert failed(error) == f"the cluster failed on it ({type(error).__name__})"
