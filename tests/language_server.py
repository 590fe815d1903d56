"""A client for a language server on standard input and output: as much of an editor as a test needs."""

import json
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import IO, Any, NamedTuple

Json = Any

PATIENCE_SECONDS = 20
"""How long one answer may take."""


class Place(NamedTuple):
    """A place in a text: line and column, both from 1 as people count."""

    line: int
    column: int


class Problem(NamedTuple):
    """What the editor underlines: the line it begins in, from 1, and what it says."""

    line: int
    message: str


class Suggestion(NamedTuple):
    """What the editor offers: the word, what it would write, and what it says about it."""

    label: str
    text: str
    about: str


class LanguageServer:
    """One running server and the files that are open in it; a file is opened once and never changed."""

    def __init__(self, command: Sequence[str], root: Path, settings: Mapping[str, Json]) -> None:
        self._running = subprocess.Popen(  # noqa: S603 - the server that is under test
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=root
        )
        self._settings = settings
        self._received: SimpleQueue[Json] = SimpleQueue()
        self._published: dict[str, Json] = {}
        self._last = 0
        Thread(target=self._listen, daemon=True).start()
        self._request("initialize", _initialize(root))
        self._send("initialized", {})
        self._send("workspace/didChangeConfiguration", {"settings": settings})

    def open(self, path: Path, text: str) -> None:
        """Opens a file with this text, whatever stands on the disk."""
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        self._send("textDocument/didOpen", {"textDocument": document})

    def problems(self, path: Path) -> list[Problem]:
        """What the editor underlines in an open file."""
        uri = path.as_uri()
        if uri not in self._published:
            self._wait(lambda _: uri in self._published)
        found = self._published[uri]
        return sorted(Problem(one["range"]["start"]["line"] + 1, one["message"]) for one in found)

    def suggestions(self, path: Path, place: Place) -> list[Suggestion]:
        """What the editor offers at a place of an open file."""
        answer = self._request("textDocument/completion", _at(path, place))
        items = answer["items"] if isinstance(answer, dict) else answer or []
        return [Suggestion(item["label"], _inserted(item), _words(item.get("documentation"))) for item in items]

    def hover(self, path: Path, place: Place) -> str:
        """What the editor shows for a word of an open file."""
        answer = self._request("textDocument/hover", _at(path, place))
        return _words(answer["contents"]) if answer else ""

    def stop(self) -> None:
        """Ends the server; one that does not go when asked is ended by force."""
        try:
            self._request("shutdown", None)
            self._send("exit", None)
            self._running.wait(PATIENCE_SECONDS)
        finally:
            self._running.kill()
            self._running.wait()
            for pipe in (self._running.stdin, self._running.stdout):
                assert pipe is not None
                pipe.close()

    def _request(self, method: str, parameters: Json) -> Json:
        self._last += 1
        asked = self._last
        self._write({"jsonrpc": "2.0", "id": asked, "method": method, "params": parameters})
        answer = self._wait(lambda message: message.get("id") == asked and "method" not in message)
        assert "error" not in answer, answer
        return answer.get("result")

    def _send(self, method: str, parameters: Json) -> None:
        self._write({"jsonrpc": "2.0", "method": method, "params": parameters})

    def _wait(self, wanted: Callable[[Json], bool]) -> Json:
        """The next message that is wanted; what the server asks meanwhile is answered, the rest is passed over."""
        deadline = monotonic() + PATIENCE_SECONDS
        while True:
            try:
                message = self._received.get(timeout=max(0.0, deadline - monotonic()))
            except Empty:
                raise TimeoutError(f"no answer within {PATIENCE_SECONDS} seconds") from None
            if "id" in message and "method" in message:
                self._answer(message)
            elif message.get("method") == "textDocument/publishDiagnostics":
                self._published[message["params"]["uri"]] = message["params"]["diagnostics"]
            if wanted(message):
                return message

    def _answer(self, message: Json) -> None:
        """Settings are told; everything else is agreed to and not done."""
        result: Json = None
        if message["method"] == "workspace/configuration":
            result = [self._settings.get(item.get("section", "")) for item in message["params"]["items"]]
        self._write({"jsonrpc": "2.0", "id": message["id"], "result": result})

    def _write(self, message: Json) -> None:
        body = json.dumps(message).encode()
        assert self._running.stdin is not None
        self._running.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._running.stdin.flush()

    def _listen(self) -> None:
        assert self._running.stdout is not None
        for message in _messages(self._running.stdout):
            self._received.put(message)


def _messages(stream: IO[bytes]) -> Iterator[Json]:
    while header := stream.readline():
        length = 0
        while header.strip():
            name, _, value = header.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
            header = stream.readline()
        yield json.loads(stream.read(length))


def _initialize(root: Path) -> Json:
    item = {"documentationFormat": ["markdown", "plaintext"], "snippetSupport": True}
    return {
        "processId": None,
        "rootUri": root.as_uri(),
        "workspaceFolders": [{"uri": root.as_uri(), "name": root.name}],
        "capabilities": {
            "workspace": {"configuration": True, "didChangeConfiguration": {"dynamicRegistration": True}},
            "textDocument": {
                "completion": {"completionItem": item, "contextSupport": True},
                "hover": {"contentFormat": ["markdown", "plaintext"]},
                "publishDiagnostics": {"versionSupport": True},
                "synchronization": {"didSave": True},
            },
        },
    }


def _at(path: Path, place: Place) -> Json:
    position = {"line": place.line - 1, "character": place.column - 1}
    return {"textDocument": {"uri": path.as_uri()}, "position": position}


def _inserted(item: Json) -> str:
    return str(item.get("textEdit", {}).get("newText") or item.get("insertText") or item["label"])


def _words(content: Json) -> str:
    """Text or Markdown, in whichever of the protocol's forms it came."""
    return str(content["value"] if isinstance(content, dict) else content or "")
