"""Fetching one file: over https, from a machine that may be asked, whole and in time, or not at all."""

import os
import threading
from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any, NamedTuple
from urllib.parse import SplitResult, urldefrag, urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies
from urllib3.exceptions import HTTPError

from procureguard.fetch.addresses import Address, addresses_of, is_public
from procureguard.source.diagnostic import Diagnostic, InvalidInput
from procureguard.source.text import shown
from procureguard.stack.policy_source import wrong_address
from procureguard.version import __version__

FOUND = 200
ELSEWHERE = frozenset({301, 302, 303, 307, 308})
PORTS = {"https": 443, "http": 80}
MOST_ADDRESSES = 4
"""How many of a host's addresses are tried."""

CHUNK = 1 << 16
HEADERS = {"User-Agent": f"procureguard/{__version__}", "Accept-Encoding": "identity", "Connection": "close"}
CERTIFICATES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
"""Environment variables that name a file of certificates to trust."""


class Limits(NamedTuple):
    """How long and how much: bytes, seconds altogether, seconds without a sign of life, and redirects."""

    most_bytes: int
    seconds: float = 60.0
    patience: float = 10.0
    redirects: int = 3


def fetch(address: str, limits: Limits, *, allow_private: bool = False) -> bytes:
    """What lies at an address; nothing is ever sent but the wish to read it.

    Machines of a company's own network are asked if `allow_private`, and a proxy of the environment is used then.

    Raises:
        InvalidInput: the address may not be asked, or does not deliver in time and within the limits.
    """
    download = _Download(address, limits, allow_private)
    # A server can hold up each step for as long as it likes by answering letter by letter, so the clock is outside.
    worker = threading.Thread(target=download.run, daemon=True)
    worker.start()
    worker.join(limits.seconds)
    if worker.is_alive():
        download.given_up.set()
        message = f"the file did not arrive within {limits.seconds:g} seconds"
        raise refused(address, message, "try again later, or ask whoever publishes it")
    if download.problem is not None:
        raise download.problem
    return download.content


def refused(address: str, message: str, hint: str) -> InvalidInput:
    """What is raised where something cannot or must not be fetched."""
    return InvalidInput([Diagnostic("PG322", "error", message, name=address, hint=hint)])


class _ForHost(HTTPAdapter):
    """Connections to an address of which a host's certificate is expected."""

    def __init__(self, host: str) -> None:
        self._host = host
        super().__init__()

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - as requests has it
        """The connections, for the host."""
        super().init_poolmanager(*arguments, **options, server_hostname=self._host, assert_hostname=self._host)


class _Download:
    """One file on its way; `problem` is what has ended it."""

    def __init__(self, address: str, limits: Limits, allow_private: bool) -> None:  # noqa: FBT001 - internal
        self.address = address
        self.limits = limits
        self.allow_private = allow_private
        self.given_up = threading.Event()
        self.content = b""
        self.problem: Exception | None = None
        self._at = address
        self._open = ExitStack()

    def run(self) -> None:
        """Fetches the file, or notes the problem: an exception would end with the thread."""
        try:
            with self._open:
                self.content = self._follow()
        except Exception as problem:  # noqa: BLE001 - raised again by the one who waits
            self.problem = problem

    def _follow(self) -> bytes:
        for _ in range(self.limits.redirects + 1):
            answer = self._answer()
            if answer.status_code not in ELSEWHERE:
                return self._content(answer)
            self._at = self._next(answer.headers.get("Location", ""))
        hint = "name the address where the file lies in the end"
        raise refused(self.address, f"the file is not there after {self.limits.redirects} redirects", hint)

    def _next(self, location: str) -> str:
        try:
            return urldefrag(urljoin(self._at, location)).url
        except ValueError:
            hint = "ask whoever publishes it"
            raise refused(self.address, f"a redirect leads to {shown(location)}, which is no address", hint) from None

    def _answer(self) -> requests.Response:
        """The answer from where one was led, which is checked as if it were the first address."""
        if wrong := wrong_address(self._at):
            raise refused(self.address, f"{self._led}{wrong.message}", wrong.hint)
        parts = urlsplit(self._at)
        proxies = get_environ_proxies(self._at) if self.allow_private and parts.scheme == "https" else {}
        return self._ask(HTTPAdapter(), parts, parts.netloc, proxies) if proxies else self._directly(parts)

    def _directly(self, parts: SplitResult) -> requests.Response:
        """The answer of the first machine that gives one: the one asked is the one that was looked at."""
        *others, last = self._allowed(parts)
        for number in others:
            try:
                return self._ask_machine(parts, number)
            except InvalidInput:
                continue
        return self._ask_machine(parts, last)

    def _ask_machine(self, parts: SplitResult, number: Address) -> requests.Response:
        host = f"[{number}]" if number.version == 6 else str(number)  # noqa: PLR2004 - of the Internet Protocol
        adapter = _ForHost(str(parts.hostname)) if parts.scheme == "https" else HTTPAdapter()
        return self._ask(adapter, parts, f"{host}:{parts.port or PORTS[parts.scheme]}", {})

    def _ask(
        self, adapter: HTTPAdapter, parts: SplitResult, machine: str, proxies: Mapping[str, str]
    ) -> requests.Response:
        """The answer as it begins; a session would add passwords, and read where a redirect leads by itself."""
        address = parts._replace(netloc=machine).geturl()
        trusted = next((found for name in CERTIFICATES if (found := os.environ.get(name))), True)
        self._open.callback(adapter.close)
        try:
            asked = requests.Request("GET", address, headers={**HEADERS, "Host": parts.netloc}).prepare()
            answer = adapter.send(asked, stream=True, timeout=self.limits.patience, verify=trusted, proxies=proxies)
        except (requests.RequestException, HTTPError, OSError) as error:
            message = f"{self._led}{shown(parts.netloc)} does not answer: {_reason(error)}"
            raise refused(self.address, message, self._hint_at_proxy()) from None
        return self._open.enter_context(answer)

    def _allowed(self, parts: SplitResult) -> tuple[Address, ...]:
        """The addresses of a host, if all of them may be asked."""
        host, port = str(parts.hostname), parts.port or PORTS[parts.scheme]
        try:
            found = addresses_of(host, port)
        except (OSError, UnicodeError):
            message = f"{self._led}there is no machine called {shown(host)}"
            raise refused(self.address, message, self._hint_at_proxy()) from None
        for number in found:
            if not self.allow_private and not is_public(number):
                message = f"{self._led}{shown(host)} is {number}, which is not on the public internet"
                raise refused(self.address, message, "if this is a machine of your own, say `--allow-private`")
            if parts.scheme != "https" and not number.is_loopback:
                message = f"{self._led}{shown(host)} is {number}, which is not this machine"
                raise refused(self.address, message, "write `https://`")
        return found[:MOST_ADDRESSES]

    def _content(self, answer: requests.Response) -> bytes:
        if answer.status_code != FOUND:
            message = f"{self._led}the server answers {answer.status_code} {shown(answer.reason or '')}"
            raise refused(self.address, message, "look at the address in a browser")
        content = bytearray()
        try:
            while not self.given_up.is_set() and (chunk := answer.raw.read(CHUNK, decode_content=False)):
                content += chunk
                if len(content) > self.limits.most_bytes:
                    hint = "bundle a folder that holds policies and nothing else"
                    raise refused(self.address, f"the file has more than {self.limits.most_bytes:,} bytes", hint)
        except (HTTPError, OSError) as error:
            message, hint = f"the connection broke off: {_reason(error)}", "try again"
            raise refused(self.address, message, hint) from None
        return bytes(content)

    @property
    def _led(self) -> str:
        """Words for where one was led, if it is not where one began."""
        return "" if self._at == self.address else f"a redirect leads to {shown(self._at)}: "

    def _hint_at_proxy(self) -> str:
        if not self.allow_private and get_environ_proxies(self.address):
            return "your proxy is used with `--allow-private` only, for it does not tell which machine it asks"
        return "look at the address and at your connection"


def _reason(error: BaseException) -> str:
    """What went wrong at the bottom, in the words of the system where it has any."""
    causes = [error]
    while (below := _below(causes[-1])) is not None and below not in causes:
        causes.append(below)
    for cause in reversed(causes):
        if isinstance(cause, OSError) and cause.strerror:
            return cause.strerror.lower()
    return type(causes[-1]).__name__


def _below(error: BaseException) -> BaseException | None:
    inside = getattr(error, "reason", None) or next(iter(error.args), None)
    return inside if isinstance(inside, BaseException) else error.__context__
