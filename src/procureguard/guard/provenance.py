"""What went into a report: digests of all inputs, and where the documents that it names lie."""

import hashlib

from procureguard.policy.model import PolicySet
from procureguard.stack.stack import Stack


def digests(role: str, text: str, stack: Stack, policies: PolicySet) -> dict[str, str]:
    """SHA-256 of everything that went in, by role: the text of the document checked, and all it is checked against."""
    texts = {
        role: text,
        "policies": policies.digest,
        "preset": stack.organisation.preset.source.text,
        "vendors": stack.catalogue.index.digest,
    }
    if stack.organisation.document is not None:
        texts["organisation"] = stack.organisation.document.source.text
    if stack.inventory is not None and stack.inventory.origin is not None:
        texts["inventory"] = stack.inventory.origin.digest
    if stack.requests is not None:
        texts["requests"] = "".join(sorted(request.origin.digest for request in stack.requests))
    for name, register in (("decisions", stack.decisions), ("card_payments", stack.card_payments)):
        if register is not None and register.origin is not None:
            texts[name] = register.origin.digest
    return {name: hashlib.sha256(content.encode()).hexdigest() for name, content in texts.items()}


def files_around(stack: Stack, policies: PolicySet) -> dict[tuple[str, str], str]:
    """Names of the files of stack and policies, by role and id of the document."""
    files = {("vendor", identity): name for identity, name in stack.catalogue.index.files.items()}
    if stack.organisation.document is not None:
        files["organisation", "organisation"] = stack.organisation.document.source.name
    if stack.inventory is not None and stack.inventory.origin is not None:
        files["inventory", "inventory"] = stack.inventory.origin.name
    return files | {("policy", policy.identity): policy.file for policy in policies.policies}
