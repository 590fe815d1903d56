import shutil
import socket
import ssl
import subprocess
import time
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from procureguard.fetch import download
from procureguard.fetch.addresses import Address
from procureguard.fetch.download import Limits, fetch
from procureguard.source.diagnostic import InvalidInput
from serving import Answer, file, redirect, serving, status

LIMITS = Limits(most_bytes=100_000, seconds=5, patience=2)
BIG = b"x" * 100_001


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def refusal(address: str, limits: Limits = LIMITS, *, allow_private: bool = True) -> str:
    """Why nothing was fetched: one diagnostic about the address that was asked for, with a hint."""
    with pytest.raises(InvalidInput) as raised:
        fetch(address, limits, allow_private=allow_private)
    (diagnostic,) = raised.value.diagnostics
    assert (diagnostic.code, diagnostic.name) == ("PG322", address)
    assert diagnostic.hint
    return diagnostic.message


def test_a_file_is_fetched_as_it_lies_there() -> None:
    content = bytes(range(256)) * 10
    with serving({"/a/pack?b=c": file(content, **{"Content-Encoding": "gzip"}), "/empty": file(b"")}) as server:
        assert fetch(f"{server.address}/a/pack?b=c", LIMITS, allow_private=True) == content
        assert fetch(f"{server.address}/empty", LIMITS, allow_private=True) == b""
    (path, headers), _ = server.asked
    assert path == "/a/pack?b=c"
    assert headers["Host"] == f"127.0.0.1:{server.server_port}"
    assert headers["Accept-Encoding"] == "identity"
    assert headers.keys() & {"Authorization", "Cookie"} == set()


def test_no_machine_of_ones_own_network_is_asked_unless_that_is_said() -> None:
    with serving({"/": file(b"secret")}) as server:
        message = refusal(f"{server.address}/", allow_private=False)
        assert message == "`127.0.0.1` is 127.0.0.1, which is not on the public internet"
        assert refusal(f"http://localhost:{server.server_port}/", allow_private=False).startswith("`localhost` is ")
    assert server.asked == []


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "[::1]", "127.0.0.1", "169.254.169.254"]
)
def test_however_a_private_address_is_written_it_is_not_asked(host: str) -> None:
    assert "which is not on the public internet" in refusal(f"https://{host}/", allow_private=False) or host[0] == "0"


def test_redirects_are_followed_three_times() -> None:
    answers: dict[str, Answer] = {f"/{count}": redirect(f"/{count - 1}") for count in range(1, 5)}
    with serving({**answers, "/0": file(b"here")}) as server:
        assert fetch(f"{server.address}/3", LIMITS, allow_private=True) == b"here"
        assert refusal(f"{server.address}/4") == "the file is not there after 3 redirects"


@pytest.fixture(name="internet")
def _internet(monkeypatch: pytest.MonkeyPatch) -> None:
    """One address of this machine stands for the internet, so that all others are still refused."""
    monkeypatch.setattr(download, "is_public", lambda address: address == ip_address("127.0.0.1"))


@pytest.mark.usefixtures("internet")
@pytest.mark.parametrize(
    ("location", "message"),
    [
        ("https://10.0.0.1/secret", "`10.0.0.1` is 10.0.0.1, which is not on the public internet"),
        ("https://[64:ff9b::1]/", "`64:ff9b::1` is 64:ff9b::1, which is not on the public internet"),
        ("//169.254.169.254/latest", "policies are fetched over https, not http"),
        ("http://127.0.0.2/", "`127.0.0.2` is 127.0.0.2, which is not on the public internet"),
        ("http://policies.example/a", "policies are fetched over https, not http"),
        ("https://me:secret@policies.example/a", "an address must not hold a user name or password"),
        ("file:///etc/passwd", "`file:///etc/passwd` is no address of policies"),
        ("https://policies.example/a b", "`https://policies.example/a b` is no address of policies"),
    ],
)
def test_where_a_redirect_leads_is_looked_at_like_the_first_address(location: str, message: str) -> None:
    with serving({"/": redirect(location)}) as server:
        found = refusal(f"{server.address}/", allow_private=False)
    assert found.startswith("a redirect leads to ")
    assert found.endswith(message)


@pytest.mark.usefixtures("internet")
def test_a_redirect_to_nothing_at_all_is_refused() -> None:
    with serving({"/": redirect("https://[")}) as server:
        message = refusal(f"{server.address}/", allow_private=False)
    assert message == "a redirect leads to `https://[`, which is no address"


def test_more_than_the_limit_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "CHUNK", 1000)
    sent = list[int]()

    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            sent.append(handler.wfile.write(b"x" * 1000))

    with serving(
        {"/stated": file(BIG), "/unstated": file(BIG, **{"Content-Length": ""}), "/endless": endless}
    ) as server:
        for path in ("stated", "unstated", "endless"):
            assert refusal(f"{server.address}/{path}") == "the file has more than 100,000 bytes"
    assert sum(sent) < 50_000_000


def test_what_a_redirect_holds_besides_is_not_read() -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("Location", "/there")
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 1000)

    with serving({"/": endless, "/there": file(b"here")}) as server:
        assert fetch(f"{server.address}/", LIMITS, allow_private=True) == b"here"


def test_what_breaks_off_is_not_taken_for_the_whole() -> None:
    with serving({"/": file(b"half", **{"Content-Length": "8"})}) as server:
        assert refusal(f"{server.address}/").startswith("the connection broke off: ")


def dripping(start: bytes) -> Answer:
    """Writes a letter now and then, often enough that the connection does not seem dead."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(start)
        for _ in range(60):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.05)

    return answer


@pytest.mark.parametrize("start", [b"", b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_a_server_that_drips_is_left_when_the_time_is_over(start: bytes) -> None:
    with serving({"/": dripping(start)}) as server:
        began = time.monotonic()
        message = refusal(f"{server.address}/", Limits(100_000, seconds=0.5, patience=0.3))
        assert time.monotonic() - began < 2
    assert message == "the file did not arrive within 0.5 seconds"


def test_a_server_that_says_nothing_is_left_sooner() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        message = refusal(f"http://127.0.0.1:{silent.getsockname()[1]}/", Limits(100_000, seconds=5, patience=0.2))
    assert "does not answer" in message


@pytest.mark.parametrize("code", [204, 304, 401, 404, 500])
def test_another_answer_than_the_file_is_named(code: int) -> None:
    with serving({"/": status(code)}) as server:
        assert refusal(f"{server.address}/").startswith(f"the server answers {code} ")


def raw(content: bytes) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(content)

    return answer


@pytest.mark.parametrize(
    "answer", [b"", b"\x00\x01\x02", b"HTTP/9.9 banana\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"]
)
def test_an_answer_that_is_none_is_an_error_or_empty(answer: bytes) -> None:
    with serving({"/": raw(answer)}) as server:
        try:
            assert fetch(f"{server.address}/", LIMITS, allow_private=True) == b""
        except InvalidInput as error:
            assert [found.code for found in error.diagnostics] == ["PG322"]  # noqa: PT017 - either is right


def test_a_machine_that_is_not_there_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    message = refusal(f"http://127.0.0.1:{port}/")
    assert message == f"`127.0.0.1:{port}` does not answer: connection refused"


def test_a_name_that_leads_nowhere_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*_: Any, **__: Any) -> Any:  # noqa: ANN401 - as the library has it
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    assert refusal("https://policies.example/") == "there is no machine called `policies.example`"


def test_http_is_for_this_machine_whatever_its_name_leads_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "addresses_of", lambda *_: (ip_address("10.0.0.1"),))
    assert refusal("http://localhost/") == "`localhost` is 10.0.0.1, which is not this machine"


class Names:
    """A register of names that gives another answer each time it is asked."""

    def __init__(self, *answers: tuple[str, ...]) -> None:
        self.answers = iter(answers)

    def __call__(self, host: str, port: int) -> tuple[Address, ...]:
        del host, port
        return tuple(ip_address(address) for address in next(self.answers))


@pytest.fixture(name="certificate", scope="module")
def _certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate of `policies.example` that signs itself."""
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("openssl makes the certificate")
    path = tmp_path_factory.mktemp("certificate") / "both.pem"
    ask = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=policies.example"
    extension = ["-addext", "subjectAltName=DNS:policies.example"]
    subprocess.run(  # noqa: S603 - the program that was found
        [program, *ask.split(), *extension, "-keyout", path, "-out", f"{path}.crt"], check=True, capture_output=True
    )
    path.write_bytes(path.read_bytes() + Path(f"{path}.crt").read_bytes())
    return path


@pytest.fixture(name="tls")
def _tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@pytest.mark.usefixtures("internet")
def test_the_machine_that_was_looked_at_is_the_one_that_is_asked(
    tls: ssl.SSLContext, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name may lead elsewhere a moment later; the certificate is still that of the name."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    monkeypatch.setattr(download, "addresses_of", Names(("127.0.0.1",), ("127.0.0.2",), ("127.0.0.1", "10.0.0.1")))
    with serving({"/": file(b"here")}, tls) as server:
        address = f"https://policies.example:{server.server_port}/"
        assert fetch(address, LIMITS) == b"here"
        assert server.asked[0][1]["Host"] == f"policies.example:{server.server_port}"
        assert refusal(address, allow_private=False).startswith("`policies.example` is 127.0.0.2, which is not")
        assert refusal(address, allow_private=False).startswith("`policies.example` is 10.0.0.1, which is not")
    assert len(server.asked) == 1


@pytest.mark.usefixtures("internet")
def test_another_address_of_a_machine_is_tried_if_one_is_deaf(
    tls: ssl.SSLContext, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    monkeypatch.setattr(download, "is_public", lambda _: True)
    monkeypatch.setattr(download, "addresses_of", Names(("127.0.0.9", "127.0.0.1")))
    with serving({"/": file(b"here")}, tls) as server:
        assert fetch(f"https://policies.example:{server.server_port}/", LIMITS) == b"here"


@pytest.mark.usefixtures("internet")
def test_a_certificate_of_another_name_or_of_nobody_is_not_trusted(
    tls: ssl.SSLContext, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "addresses_of", Names(("127.0.0.1",), ("127.0.0.1",)))
    with serving({"/": file(b"here")}, tls) as server:
        assert "certificate" in refusal(f"https://policies.example:{server.server_port}/", allow_private=False)
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
        assert "does not answer" in refusal(f"https://another.example:{server.server_port}/", allow_private=False)
    assert server.asked == []


def test_a_proxy_is_used_only_where_private_machines_are_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy looks names up itself, so nobody could tell which machine it asks."""
    monkeypatch.setattr(download, "addresses_of", Names(("127.0.0.1",), ("127.0.0.1",)))
    with serving({"policies.example:443": status(403)}) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.address)
        with pytest.raises(InvalidInput) as raised:
            fetch("https://policies.example/", LIMITS)
        assert raised.value.diagnostics[0].hint == "if this is a machine of your own, say `--allow-private`"
        assert proxy.asked == []
        assert "does not answer" in refusal("https://policies.example/")
    assert [path for path, _ in proxy.asked] == ["policies.example:443"]


def test_who_is_behind_a_proxy_is_told_how_to_use_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    monkeypatch.setattr(download, "addresses_of", lambda *_: (_ for _ in ()).throw(OSError()))
    with pytest.raises(InvalidInput) as raised:
        fetch("https://policies.example/", LIMITS)
    assert "your proxy is used with `--allow-private` only" in str(raised.value.diagnostics[0].hint)


def test_passwords_that_lie_about_on_this_machine_are_not_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    with serving({"/": redirect("/there"), "/there": file(b"")}) as server:
        fetch(f"{server.address}/", LIMITS, allow_private=True)
    assert [headers.get("Authorization") for _, headers in server.asked] == [None, None]
