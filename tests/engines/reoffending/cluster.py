"""A real Spark cluster on this machine: a standalone master and two workers on loopback, ended by their own ids."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tests.missing import missing

ROOT = Path(__file__).parents[3]
LOOPBACK = "127.0.0.1"
PATIENCE = 90  # seconds


def spark_home() -> Path:
    """Where Spark is; without it the test is skipped on a laptop and fails in continuous integration."""
    found = find_spec("pyspark")
    if found is None or not found.origin:
        missing("Spark is not installed (requirements.spark.lock), so the kernel was not run on a cluster.")
    return Path(found.origin).parent


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """The address of a master with two workers of one core each."""
    port = _free_port()
    address = f"spark://{LOOPBACK}:{port}"
    with ExitStack() as running:
        log = folder / "spark.log"
        master = ["org.apache.spark.deploy.master.Master", "--host", LOOPBACK, "--port", str(port)]
        running.enter_context(_process([*master, "--webui-port", str(_free_port())], folder, log))
        _wait(lambda: _open(port), log)
        for _ in range(2):
            worker = ["org.apache.spark.deploy.worker.Worker", "--host", LOOPBACK, "--cores", "1", "--memory", "1g"]
            ports = ["--webui-port", str(_free_port()), "--work-dir", str(folder)]
            running.enter_context(_process([*worker, *ports, address], folder, log))
        _wait(lambda: log.read_text("utf-8", "replace").count("Registering worker") >= 2, log)
        yield address


@contextmanager
def session(address: str) -> Iterator[Any]:
    """A session on the cluster, whose workers import what this one imports."""
    from pyspark.sql import SparkSession

    made = (
        SparkSession.builder.master(address)
        .config("spark.driver.host", LOOPBACK)
        .config("spark.driver.bindAddress", LOOPBACK)
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "100000")
        .config("spark.executor.memory", "768m")
        .config("spark.executorEnv.PYTHONPATH", os.pathsep.join([str(ROOT / "src"), str(ROOT)]))
        .getOrCreate()
    )
    try:
        yield made
    finally:
        made.stop()


@contextmanager
def _process(arguments: list[str], folder: Path, log: Path) -> Iterator[None]:
    environment = os.environ | {
        "SPARK_HOME": str(spark_home()),
        "SPARK_LOCAL_IP": LOOPBACK,
        "SPARK_LOCAL_DIRS": str(folder),
        "SPARK_DAEMON_MEMORY": "256m",
        "PYSPARK_PYTHON": sys.executable,
    }
    with log.open("ab") as out:
        started = subprocess.Popen(
            [spark_home() / "bin" / "spark-class", *arguments], env=environment, stdout=out, stderr=out
        )
    try:
        yield
    finally:
        started.terminate()
        started.wait(30)


def _wait(ready: Callable[[], bool], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while not ready():
        if time.monotonic() > end:
            raise AssertionError(f"Spark did not start:\n{log.read_text('utf-8', 'replace')[-3000:]}")
        time.sleep(0.2)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        return int(taken.getsockname()[1])


def _open(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex((LOOPBACK, port)) == 0
