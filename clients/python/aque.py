# SPDX-License-Identifier: Apache-2.0
"""What a task of Aque may say to its worker. Python 3.6 or newer, standard library only; any thread.

    import aque, logging
    aque.progress(12, 240)                    # or aque.progress(5.0): percent
    aque.status("baking")
    logging.getLogger().addHandler(aque.Handler())
    if aque.top_level("name") == "final": ...
    aque.yield_()                             # at a checkpoint: others may come first
    for item in aque.items():                 # `aque submit --warm 50 --range 1-240 -- mayapy THIS SCENE`
        ...                                   # each item is a task of its own, this process does up to 50

Outside a task every function does nothing, and what is asked for is None.
"""

import json
import logging
import os
import socket
import sys
import threading
import time
import traceback

__all__ = [
    "in_task", "progress", "status", "log", "result", "channel", "get", "top_level", "yield_", "suspend",
    "items", "serve", "Handler",
]

# A worker that is being replaced is away for seconds.
_PATIENCE = 15.0


class AqueError(Exception):
    """The worker does not do what was asked."""


class _Channel(object):
    """One connection to the worker, opened when first needed, and again after a fork."""

    def __init__(self):
        self._lock = threading.Lock()
        self._stream = None
        self._pid = None

    def say(self, verb, text=""):
        where = os.environ.get("AQUE_CHANNEL", "")
        if not where:
            return None
        address, key = where.rsplit(":", 1)
        line = "%s %s %s\n" % (key, verb, text.replace("\\", "\\\\").replace("\r", "").replace("\n", "\\n"))
        with self._lock:
            answer = self._exchange(address, line.encode("utf-8", "replace")).decode("utf-8").rstrip("\n")
        word, _, value = answer.partition(" ")
        if word != "ok":
            raise AqueError(value or "no answer")
        return value.replace("\\n", "\n").replace("\\\\", "\\")

    def _exchange(self, address, line):
        until = time.time() + _PATIENCE
        while True:
            try:
                if self._stream is None or self._pid != os.getpid():
                    self._connect(address)
                self._stream.write(line)
                self._stream.flush()
                answer = self._stream.readline()
                if answer:
                    return answer
                raise OSError("the worker has hung up")
            except OSError:
                self._stream = None
                if time.time() > until:
                    raise
                time.sleep(0.05)

    def _connect(self, address):
        host, port = address.rsplit(":", 1)
        connection = socket.create_connection((host, int(port)), _PATIENCE)
        connection.settimeout(None)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._stream = connection.makefile("rwb")
        self._pid = os.getpid()


_channel = _Channel()


def in_task():
    """Whether this runs as a task."""
    return bool(os.environ.get("AQUE_CHANNEL"))


def progress(done, total=None, text=""):
    """How far it is: percent, or so many of `total`; with what it is doing."""
    amount = "%s" % (done,) if total is None else "%s/%s" % (done, total)
    _channel.say("progress", (amount + " " + text).strip())


def status(text):
    """What it is doing."""
    _channel.say("status", "%s" % (text,))


def log(text, level="INFO"):
    """A line in the task's channel `log`."""
    _channel.say("log", "%s %s" % (level, text))


def result(value):
    """What came out: text as it is, all else as JSON."""
    _channel.say("result", value if isinstance(value, str) else json.dumps(value))


def channel(name, text):
    """A line in a channel of one's own: small letters, digits, `_` and `-`."""
    _channel.say("channel", "%s %s" % (name, text))


def get(field):
    """A field of this task: id job name attempt cpus memory cwd worker, state progress status owner priority."""
    return _channel.say("get", field)


def top_level(field):
    """A field of the job that this task belongs to."""
    return _channel.say("top_level", field)


def yield_():
    """At a checkpoint: returns when it may go on. When others come first the task is put back, and ended by TERM."""
    _channel.say("yield")


def suspend():
    """Stops here until somebody says `aque kill -s CONT ID`."""
    _channel.say("suspend")


def items(*otherwise):
    """What this process is to do, one after the other; the next one is asked for when the one before is done.

    Each is a task of its own, and what is printed meanwhile is its output. An exception that leaves the loop fails the
    item that it comes from and no other. Outside a task these are the items.
    """
    if not in_task():
        for item in otherwise:
            yield item
        return
    item = _next("")
    while item is not None:
        yield item
        item = _next("")


def serve(work, *otherwise):
    """Calls `work(item)` for each of `items()`. An item that raises an exception has failed, and the next one comes."""
    if not in_task():
        for item in otherwise:
            work(item)
        return
    item = _next("")
    while item is not None:
        said = ""
        try:
            work(item)
        except Exception as e:
            traceback.print_exc()
            said = ("%s: %s" % (type(e).__name__, e)).strip()
        item = _next(said)


def _flush():
    # What was printed so far is the last item's; tools that hold a Python print by the C library.
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    try:
        import ctypes

        ctypes.CDLL(None).fflush(None)
    except (ImportError, OSError, AttributeError):
        pass


def _next(said):
    _flush()
    answer = _channel.say("next", said)
    if not answer:
        return None
    task, attempt, item = answer.split(" ", 2)
    os.environ.update(AQUE_TID=task, AQUE_ATTEMPT=attempt, AQUE_ITEM=item)
    return item


class Handler(logging.Handler):
    """Sends log records to the task's channel `log`."""

    def emit(self, record):
        try:
            log("%s: %s" % (record.name, self.format(record)), record.levelname)
        except Exception:  # as logging wants it
            self.handleError(record)
