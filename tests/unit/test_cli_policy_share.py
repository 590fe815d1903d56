import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from serving import file, serving
from written import OF_THEIR_OWN, folder, policy

PROGRAM = "from procureguard.cli.main import main; import sys; main(sys.argv[1:])"
PURCHASE = {"kind": "purchase", "version": 1, "request": {"type": "new"}, "product": {"scim": False}}
DAY = ("--as-of", "2026-11-21")


def run(place: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    proxies = dict.fromkeys(("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "https_proxy", "http_proxy", "all_proxy"), "")
    environment = {**os.environ, **proxies, "PROCUREGUARD_CACHE": str(place / "cache"), "PYTHONUTF8": "1"}
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", PROGRAM, *arguments],
        cwd=place / "here",
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )


@pytest.fixture(name="place")
def _place(tmp_path: Path) -> Path:
    """A folder `house` where policies are made, and a folder `here` where they are used."""
    folder(tmp_path / "house", {**OF_THEIR_OWN, "policies/house/tested.yaml": policy(effect="deny")})
    folder(tmp_path / "here", {"a.purchase.yaml": PURCHASE})
    return tmp_path


def bundle(place: Path) -> bytes:
    done = run(place, "policy", "bundle", "../house/policies", "--output", "../house/house.tar.gz")
    assert (done.returncode, done.stderr) == (0, "")
    content = (place / "house" / "house.tar.gz").read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    assert done.stdout.startswith("../house/house.tar.gz: 1 policy in 2 files, revision ")
    assert done.stdout.endswith(f"policies: https://…/house.tar.gz#sha256={digest}\n")
    return content


def pin(place: Path, source: str) -> None:
    folder(place / "here", {"organisation.yaml": f"kind: organisation\nversion: 1\npolicies: {source}\n"})


def test_policies_are_bundled_pinned_pulled_and_used_without_a_network(place: Path) -> None:
    content = bundle(place)
    digest = hashlib.sha256(content).hexdigest()
    name = f"house.tar.gz@{digest[:8]}"
    with serving({"/house.tar.gz": file(content)}) as server:
        source = f"{server.address}/house.tar.gz#sha256={digest}"
        pin(place, source)
        absent = run(place, "check", "a.purchase.yaml", *DAY)
        assert (absent.returncode, absent.stdout) == (2, "")
        assert f"{name}: PG321 error: the policies have not been fetched yet" in absent.stderr
        assert "hint: run `procureguard policy pull`" in absent.stderr
        refused = run(place, "policy", "pull")
        assert (refused.returncode, refused.stdout) == (2, "")
        assert "PG322" in refused.stderr
        done = run(place, "policy", "pull", "--allow-private")
        assert (done.returncode, done.stdout.partition(", revision")[0]) == (0, f"{name}: pulled, 2 files")
    again = run(place, "policy", "pull")
    assert (again.returncode, again.stdout.partition(", revision")[0]) == (0, f"{name}: here already, 2 files")
    checked = run(place, "check", "a.purchase.yaml", *DAY)
    assert checked.returncode == 1
    assert "Accounts are made by hand." in checked.stdout
    assert f"{name}/house/tested.yaml" in run(place, "explain", "tested", "a.purchase.yaml").stdout + checked.stdout
    assert str(place / "cache") not in checked.stdout
    assert run(place, "policy", "list").stdout.count("\n") == 2
    assert "single-sign-on" in run(place, "policy", "list", "--policies", "shipped").stdout
    assert run(place, "policy", "test").stdout.startswith("1 policy, ")
    compared = run(place, "policy", "diff", "../house/policies")
    assert (compared.returncode, name in compared.stdout) == (0, True)
    assert run(place, "policy", "diff", source, "../house/policies").returncode == 0
    assert run(place, "policy", "list", "--policies", source).stdout.count("\n") == 2
    assert run(place, "validate", "organisation.yaml", "a.purchase.yaml").returncode == 0


def test_policies_beside_a_purchase_stand_beside_those_that_were_pulled(place: Path) -> None:
    content = bundle(place)
    examples = [
        {"name": "without AI", "given": {"ai": {"used": False}}, "expect": "pass"},
        {"name": "with AI", "given": {"ai": {"used": True}}, "expect": "fail"},
        {"name": "nobody knows", "given": {}, "expect": "unknown", "asks": ["ai.used"]},
    ]
    own = policy("of-our-own", require="!uses_ai", examples=examples)
    folder(place / "here", {"policies/of-our-own.yaml": own})
    with serving({"/house.tar.gz": file(content)}) as server:
        pin(place, f"{server.address}/house.tar.gz#sha256={hashlib.sha256(content).hexdigest()}")
        unpulled = run(place, "validate", "policies/of-our-own.yaml")
        assert (unpulled.returncode, "PG321" in unpulled.stderr) == (2, True)
        assert run(place, "policy", "pull", "--allow-private").returncode == 0
    listed = run(place, "policy", "list").stdout
    assert "of-our-own" in listed
    assert "tested" in listed
    assert "single-sign-on" not in listed
    for command in (("validate", "policies"), ("policy", "lint", "policies"), ("policy", "coverage", "policies")):
        done = run(place, *command)
        assert done.returncode == 0, done.stderr


def test_a_check_with_shared_policies_opens_no_connection_and_loads_nothing_for_it(place: Path) -> None:
    content = bundle(place)
    with serving({"/house.tar.gz": file(content)}) as server:
        pin(place, f"{server.address}/house.tar.gz#sha256={hashlib.sha256(content).hexdigest()}")
        assert run(place, "policy", "pull", "--allow-private").returncode == 0
        assert len(server.asked) == 1
        run(place, "check", "a.purchase.yaml", "--exit-zero")
        program = f"import atexit, sys; atexit.register(lambda: print(*sys.modules)); {PROGRAM}"
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-c", program, "check", "a.purchase.yaml", "--exit-zero"],
            cwd=place / "here",
            env={**os.environ, "PROCUREGUARD_CACHE": str(place / "cache")},
            capture_output=True,
            text=True,
            check=True,
        )
        assert len(server.asked) == 1
    loaded = set(done.stdout.split())
    assert "procureguard.guard.pulled" in loaded
    assert (
        loaded & {"requests", "urllib3", "ssl", "http.client", "procureguard.fetch", "procureguard.policy.load"}
        == set()
    )


def test_where_no_source_is_named_there_is_nothing_to_pull(place: Path) -> None:
    done = run(place, "policy", "pull")
    assert (done.returncode, done.stdout) == (2, "")
    assert "PG320 error: no source of policies is named here" in done.stderr
    folder(place / "here", {"organisation.yaml": "kind: organisation\nversion: 1\n"})
    assert run(place, "policy", "pull").stderr.startswith("organisation.yaml: PG320")
    assert "the address has no digest" in run(place, "policy", "pull", "https://policies.example/a").stderr
    pin(place, "https://policies.example/a")
    assert "organisation.yaml:3:11: PG320 error: the address has no digest" in run(place, "policy", "pull").stderr
    assert run(place, "validate", "organisation.yaml").returncode == 1


def test_policies_that_are_wrong_are_not_bundled_and_the_last_pack_stays(place: Path) -> None:
    content = bundle(place)
    folder(place / "house", {"policies/house/tested.yaml": policy(require="product.scmi")})
    done = run(place, "policy", "bundle", "../house/policies", "--output", "../house/house.tar.gz")
    assert (done.returncode, done.stdout) == (2, "")
    assert "tested.yaml" in done.stderr
    assert "did you mean `product.scim`?" in done.stderr
    assert (place / "house" / "house.tar.gz").read_bytes() == content
