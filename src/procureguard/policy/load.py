"""Loading policies: one file each, with its examples; everything wrong with any of them is reported at once."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import PurePath
from typing import Any

from procureguard.cel.types import BOOL, Environment
from procureguard.facts.derived import below, registers_of
from procureguard.facts.fact import Place
from procureguard.facts.schema import FactSchema
from procureguard.policy.definitions import load_definitions
from procureguard.policy.expression import Expression, load_expression
from procureguard.policy.form import Form, load_form
from procureguard.policy.marks import check_marks, marks
from procureguard.policy.mentioned import mentions
from procureguard.policy.model import PARAMETER_PREFIX, Effect, Pack, Policy, PolicySet, Turn
from procureguard.policy.packs import UNPACKED, folder_of, in_use, load_packs
from procureguard.policy.parameters import load_parameters, parameter_environment
from procureguard.policy.text import placeholders
from procureguard.policy.written import Definition, Example, WrittenPolicies, WrittenPolicy
from procureguard.source.diagnostic import Diagnostic, did_you_mean
from procureguard.source.document import Document
from procureguard.source.kind import check_kind, check_stated_kind, kind_of
from procureguard.source.mending import Mistake
from procureguard.stack.organisation import Organisation, Override

MUST_SHOW = ("pass", "fail", "unknown")
UNCHANGED = Override("", None, None, {})


@dataclass(frozen=True, slots=True)
class _Context:
    environment: Environment
    definitions: Mapping[str, Definition]
    packs: Mapping[str, Pack]
    organisation: Organisation
    schema: FactSchema
    problems: list[Diagnostic]

    def add(self, code: str, document: Document, pointer: str, message: str, hint: str | None) -> None:
        self.problems.append(Diagnostic.error(code, message, document.source, document.value_span(pointer), hint))


def load_policies(
    documents: list[Document], schema: FactSchema, organisation: Organisation, problems: list[Diagnostic]
) -> WrittenPolicies:
    """The policies, definitions and packs of the documents, with the organisation's changes; every problem is added."""
    by_kind = _by_kind(documents, problems)
    definitions, declared, roots = load_definitions(by_kind["definitions"], schema, problems)
    named = {definition.name: definition for definition in definitions}
    packs = load_packs(by_kind["pack"], problems)
    context = _Context({**schema.environment, **declared}, named, packs, organisation, schema, problems)
    loaded = [found for document in by_kind["policy"] if (found := _written(document, context)) is not None]
    written = tuple(sorted(_unique(loaded, problems), key=lambda found: found.policy.identity))
    _check_overrides({_stated_id(document) for document in by_kind["policy"]}, context)
    by_identity = {pack.identity: pack for pack in packs.values()}
    written = in_use(written, packs.values(), organisation, problems)
    policies = tuple(found.policy for found in written)
    form = load_form(by_kind["form"], schema, context.environment, problems)
    mentioned, asked = mentions(written, definitions, schema), _asked(form, named)
    policy_set = PolicySet(policies, by_identity, roots, _digest(documents, organisation), mentioned, asked)
    return WrittenPolicies(policy_set, written, definitions, tuple(documents), form)


def _asked(form: Form | None, definitions: Mapping[str, Definition]) -> Mapping[str, frozenset[str]]:
    """The facts of the form, each with those that decide whether it is asked."""
    if form is None:
        return {}
    read = {path: expression.checked.paths for path, expression in form.conditions().items()}
    return {
        path: frozenset(
            fact
            for named in read.get(path, ())
            for fact in (definitions[named].facts if named in definitions else (named, *below(named)))
        )
        for path in form.facts()
    }


def _by_kind(documents: list[Document], problems: list[Diagnostic]) -> dict[str, list[Document]]:
    kinds: dict[str, list[Document]] = {"policy": [], "definitions": [], "pack": [], "form": []}
    for document in documents:
        kind = kind_of(document)
        if kind in kinds:
            kinds[kind].append(document)
        elif check_stated_kind(document, problems) is not None:
            message = f"a file of kind `{kind}` does not belong among policies"
            span = document.value_span("/kind")
            problems.append(
                Diagnostic.error("PG225", message, document.source, span, "move it out of the folder of policies")
            )
    return kinds


def _written(document: Document, context: _Context) -> WrittenPolicy | None:
    before = len(context.problems)
    if not check_kind(document, "policy", context.problems):
        return None
    data: Any = document.data
    identity = str(data["id"])
    override = context.organisation.overrides.get(identity, UNCHANGED)
    parameters = data.get("params") or {}
    params = load_parameters(document, parameters, override, context.organisation.document, context.problems)
    environment = {**context.environment, **parameter_environment(parameters, params)}
    applies = data.get("when") is not None
    when = load_expression(document, "/when", environment, BOOL, context.problems) if applies else None
    require = load_expression(document, "/require", environment, BOOL, context.problems)
    examples = tuple(_examples(data))
    _check_name(document, identity, context)
    _check_dates(document, data, context)
    _check_texts(document, data, context)
    _check_examples(document, data, examples, context)
    check_marks(data, document, "", context.schema, context.problems)
    expressions = [found for found in (require, when) if found is not None]
    if require is None or len(context.problems) > before or not _sound(expressions, context):
        return None
    policy = _policy(document, override, params, expressions, context)
    return WrittenPolicy(policy, when, require, examples, document, marks(data))


def _policy(
    document: Document,
    override: Override,
    params: Mapping[str, Any],
    expressions: list[Expression],
    context: _Context,
) -> Policy:
    """What is known of the policy besides its expressions, of which the first is what must hold."""
    data: Any = document.data
    pack = context.packs.get(folder_of(document), UNPACKED)
    facts = _facts_of(expressions, context)
    return Policy(
        identity=data["id"],
        title=data["title"],
        effect=Effect.of(override.effect or data["effect"]),
        role=override.role or data["role"],
        pack=pack.identity,
        domain=pack.domain,
        params=params,
        message=data["message"],
        why=data["why"],
        remedy=data["remedy"],
        ask=data.get("ask"),
        due=data.get("due") or "before_go_live",
        evidence=data.get("evidence"),
        root=data.get("root"),
        references=tuple(data.get("references") or ()),
        effective_from=_day(data.get("effective_from")),
        effective_to=_day(data.get("effective_to")),
        required=expressions[0].checked.paths,
        facts=facts,
        proven=_provable(_facts_of(expressions[:1], context), context.schema),
        fresh_for_days=_fresh(facts, context.schema),
        turns=_turns(expressions, context),
        registers=frozenset[str]().union(*(registers_of(path) for path in facts)),
        never_suggest=frozenset(marks(data)).union(*(part.left_alone for part in _named(expressions, context))),
        place=Place.of(document, "policy", data["id"], ""),
        file=document.source.name,
        digest=hashlib.sha256(f"{document.source.text}{sorted(params.items())}".encode()).hexdigest(),
    )


def _sound(expressions: list[Expression], context: _Context) -> bool:
    """Whether every definition that is named is right; one that is wrong is reported where it stands."""
    known = context.schema.types.keys() | context.definitions.keys()
    return all(path in known for expression in expressions for path in expression.checked.paths)


def _facts_of(expressions: list[Expression], context: _Context) -> frozenset[str]:
    named = {path for expression in expressions for path in expression.checked.paths}
    below = (context.definitions[path].facts for path in named & context.definitions.keys())
    return frozenset(named - context.definitions.keys()).union(*below)


def _examples(data: Any) -> Iterator[Example]:  # noqa: ANN401 - a document that answers to the schema
    for place, entry in enumerate(data.get("examples") or ()):
        yield Example(
            entry["name"],
            entry.get("given") or {},
            entry["expect"],
            frozenset(entry.get("asks") or ()),
            _day(entry.get("as_of")),
            f"/examples/{place}",
        )


def _check_examples(document: Document, data: Any, examples: tuple[Example, ...], context: _Context) -> None:  # noqa: ANN401
    shown = {example.expect for example in examples}
    missing = [outcome for outcome in MUST_SHOW if outcome not in shown]
    if missing:
        pointer = "/examples" if "examples" in data else ""
        message = f"examples are missing for: {', '.join(missing)}"
        context.add("PG305", document, pointer, message, "add one example for each, with `name`, `given` and `expect`")
    for example in examples:
        for section, facts in example.given.items():
            for path in (f"{section}.{name}" for name in facts):
                if context.schema.get(path) is None and not path.startswith("ext."):
                    pointer = f"{example.pointer}/given/{path.replace('.', '/')}"
                    hint = did_you_mean(path, context.schema.types)
                    context.add("PG310", document, pointer, f"there is no fact `{path}`", hint)


def _check_name(document: Document, identity: str, context: _Context) -> None:
    stem = PurePath(document.source.name).stem
    if stem not in (identity, "-"):
        message = f"the policy `{identity}` stands in a file named `{stem}`"
        context.add(
            "PG307", document, "/id", message, f"name the file `{identity}.yaml`, or give the policy the id `{stem}`"
        )


def _check_dates(document: Document, data: Any, context: _Context) -> None:  # noqa: ANN401
    first, last = _day(data.get("effective_from")), _day(data.get("effective_to"))
    if first and last and last < first:
        message = f"the policy ends on {last} before it begins on {first}"
        context.add("PG312", document, "/effective_to", message, "put the later day under `effective_to`")


def _check_texts(document: Document, data: Any, context: _Context) -> None:  # noqa: ANN401
    known = {*context.schema.types, *(f"{PARAMETER_PREFIX}{name}" for name in data.get("params") or {})}
    for field in ("message", "remedy", "ask"):
        for path in placeholders(data.get(field) or ""):
            if path not in known:
                message = f"the {field} names `{path}`, which is no fact"
                context.add("PG311", document, f"/{field}", message, did_you_mean(path, known))


def _unique(policies: list[WrittenPolicy], problems: list[Diagnostic]) -> Iterator[WrittenPolicy]:
    first: dict[str, WrittenPolicy] = {}
    for found in policies:
        identity, document = found.policy.identity, found.document
        other = first.setdefault(identity, found)
        if other is found:
            yield found
        else:
            message = f"the policy `{identity}` stands twice, first in {other.document.source.name}"
            hint = "give one of them another id, or remove it"
            problems.append(Diagnostic.error("PG303", message, document.source, document.value_span("/id"), hint))


def _stated_id(document: Document) -> str:
    """The id of a policy, whatever else is wrong with it."""
    return str(document.data.get("id")) if isinstance(document.data, dict) else ""


def _check_overrides(known: set[str], context: _Context) -> None:
    for identity, override in context.organisation.overrides.items():
        owner = context.organisation.document
        if identity not in known and owner is not None:
            message = f"there is no policy `{identity}` to change"
            mistake = Mistake("PG308", message, owner, override.pointer, of_key=True)
            context.problems.append(mistake.misspelt(identity, known))


def _digest(documents: list[Document], organisation: Organisation) -> str:
    texts = sorted(document.source.text for document in documents)
    changes = [organisation.changes, organisation.packs]
    return hashlib.sha256(json.dumps([texts, changes], sort_keys=True).encode()).hexdigest()


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _provable(facts: frozenset[str], schema: FactSchema) -> frozenset[str]:
    return frozenset(path for path in facts if schema[path].stated_by not in ("derived", "organisation"))


def _turns(expressions: list[Expression], context: _Context) -> tuple[Turn, ...]:
    own = (expression.turns for expression in expressions)
    return tuple(dict.fromkeys(chain(*own, *(part.turns for part in _named(expressions, context)))))


def _named(expressions: list[Expression], context: _Context) -> list[Definition]:
    """The definitions that the expressions name themselves."""
    paths = (path for expression in expressions for path in expression.checked.paths)
    return [context.definitions[path] for path in paths if path in context.definitions]


def _fresh(facts: frozenset[str], schema: FactSchema) -> dict[str, int]:
    kept = ((path, schema[path].fresh_for_days) for path in sorted(facts))
    return {path: days for path, days in kept if days is not None}
