from hypothesis import given
from hypothesis import strategies as st

from procureguard.stack.inventory import Inventory, load_inventory
from procureguard.stack.shelf import Shelf, packed
from procureguard.stack.vendors import Catalogue
from written import Data, catalogue, kind, tool

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(plain))
def test_what_is_taken_off_the_shelf_is_what_was_put_on_it(things: list[object]) -> None:
    shelf: Shelf[object] = Shelf((packed(thing) for thing in things), lambda data: [data])
    assert [opened[0] for opened in shelf] == things  # type: ignore[index] # opened in a list
    assert len(shelf) == len(things)
    assert shelf[1:] == [shelf[place] for place in range(1, len(things))]
    assert all(shelf[place] is shelf[place] for place in range(len(things)))


def test_an_inventory_from_the_cache_is_the_inventory() -> None:
    entries: list[Data] = [tool("a", vendor="v", capabilities={"crm": "full"}, name="A"), tool("b")]
    read = load_inventory(kind("inventory", {"as_of": "2026-11-01", "tools": entries}), [])
    assert read is not None
    again = Inventory.from_bytes(read.to_bytes())
    assert list(again.tools) == list(read.tools)
    assert (again.origin, again.as_of, again.index) == (read.origin, read.as_of, read.index)
    assert [found.identity for found in again.doing({"crm"})] == ["a"]


def test_a_catalogue_from_the_cache_is_the_catalogue() -> None:
    first: Data = {
        "id": "a",
        "aliases": ["x"],
        "vendor": {"domains": ["a.example"]},
        "family": [{"parent": "b", "kind": "merged", "closed": "2026-01-01"}],
        "products": [{"id": "p", "capabilities": {"crm": "full"}, "plans": [{"id": "q"}]}],
    }
    known = catalogue(first, {"id": "b"})
    again = Catalogue.from_bytes(known.to_bytes())
    assert list(again.manifests) == list(known.manifests)
    assert again.index == known.index
    assert again.families == known.families
    assert list(again.doing({"crm"})) == list(known.doing({"crm"}))
