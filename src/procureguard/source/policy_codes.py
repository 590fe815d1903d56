"""Diagnostic codes about policies: PG3xx for what is wrong, PG4xx for what could be better."""

from procureguard.source.code import Code

POLICY_CODES: dict[str, Code] = {
    "PG301": Code(
        "expression cannot be read",
        "The expression breaks the rules of the expression language at the place shown. Combine conditions with "
        "`&&` and `||`, compare with `==`, and put texts in quotes.",
    ),
    "PG302": Code(
        "expression does not fit its facts",
        "The expression uses a fact that does not exist, or compares values of different types. Correct the name, "
        "or compare the fact with a value of its own type.",
    ),
    "PG303": Code(
        "two policies with one id",
        "Findings, waivers and overrides name a policy by its id, so an id can be used only once. "
        "Rename one of the two policies and its file. The same goes for the names of definitions, and a policy set has "
        "one form; your own counts in place of the shipped one.",
    ),
    "PG304": Code(
        "definition refers to itself",
        "It depends on itself, directly or through others, so it has no value. Write one of them without the others.",
    ),
    "PG305": Code(
        "examples are missing",
        "A policy must show a case that passes, one that fails and one where a fact is missing, and one it does not "
        "apply to if it has a `when`. Add an example with the outcome that is named.",
    ),
    "PG306": Code(
        "example does not come out as stated",
        "Evaluating the policy with the facts of the example gives another outcome than `expect` or `asks` states. "
        "Either the policy or the example does not say what is meant.",
    ),
    "PG307": Code(
        "id is not the file name",
        "A policy is found by its file name, so its id must be the same. Rename the file, or change the id: "
        "`single-sign-on` belongs in `single-sign-on.yaml`.",
    ),
    "PG308": Code(
        "overridden policy is not known",
        "The organisation file changes a policy that is in none of the loaded packs. Correct the id, or remove the "
        "entry below `policies:`.",
    ),
    "PG309": Code(
        "parameter is wrong",
        "The parameter is not declared by the policy, or its value is not of the declared type. "
        "Use a name and type that stand below `params:` in the policy.",
    ),
    "PG310": Code(
        "named fact is not known",
        "An example states or asks for a fact that does not exist, or `never_suggest` names one. "
        "Correct its section and name.",
    ),
    "PG311": Code(
        "placeholder is not known",
        "The text names a fact or parameter in braces that does not exist. "
        "Write a known path, as in `{product.name}`, or remove the braces.",
    ),
    "PG312": Code(
        "dates of effect are wrong",
        "`effective_to` lies before `effective_from`, or one of them is not a day. Exchange or correct the dates.",
    ),
    "PG313": Code(
        "today outside a date comparison",
        "`today` may only be compared with dates, so that upcoming changes of a verdict can be found and announced. "
        "Write, for instance, `contract.dpa_expires > today`.",
    ),
    "PG314": Code(
        "pack is not known",
        "`packs` in the organisation file names a pack that is not among the policies in use. Correct the id; "
        "`procureguard policy list` names all packs.",
    ),
    "PG315": Code(
        "form asks for something else",
        "A question of the form names a fact that does not exist, that no buyer can state, or that is asked before, or "
        "`quick` counts more questions than there are. Name facts of a purchase, each once.",
    ),
    "PG320": Code(
        "source of policies is wrong",
        "Policies that are kept elsewhere are named by an `https` address and the digest of the pack that lies there: "
        "`https://…#sha256=…`. The digest is what makes sure that every repository has the same policies, those that "
        "somebody has looked at.",
    ),
    "PG321": Code(
        "policies have not been fetched",
        "The organisation file says where its policies come from, and they are not on this machine, or no longer as "
        "they were. A check never goes to the network by itself: run `procureguard policy pull` once.",
    ),
    "PG322": Code(
        "policies cannot be fetched",
        "The address leads to a machine that must not be asked, or does not deliver what its digest promises in time "
        "and in size. Nothing was taken over; what was fetched before is still there.",
    ),
    "PG323": Code(
        "pack is not sound",
        "The archive is damaged, or holds what no policy set holds, such as a link, a path out of it or far too much. "
        "Nothing of it is used. Packs are made by `procureguard policy bundle`.",
    ),
}

LINT_CODES: dict[str, Code] = {
    "PG401": Code(
        "sentence is too long",
        "A sentence that people read in a report has more than 25 words. Say one thing in it; what is left over "
        "often belongs into the way to a yes, or can go.",
    ),
    "PG402": Code(
        "sentences are hard to read",
        "A text of the policy needs more than nine years of school, by the formula of Flesch and Kincaid; what stands "
        "in brackets does not count. Shorter words and shorter sentences help.",
    ),
    "PG403": Code(
        "sentence names a policy by its id",
        "People read these sentences who have never seen a policy file, so an id tells them nothing. "
        "Say what the other policy asks instead.",
    ),
    "PG404": Code(
        "abbreviation is not explained",
        "Not every reader knows the abbreviation. Use the words it stands for, and put the abbreviation in brackets "
        "behind them where somebody needs it: `the audit report (SOC 2)`.",
    ),
    "PG405": Code(
        "sentence blames somebody",
        "The word reads as an accusation or as jargon, and the reader only wanted to buy a tool. "
        "Say what is missing and what would help.",
    ),
    "PG406": Code(
        "pack is due for review",
        "Law and prices move, so every pack names the day by which people look at it again. That day is past, or not "
        "named. Read the policies, agree on them and write a new `review_by`.",
    ),
    "PG407": Code(
        "pack is not agreed by both sides",
        "Policies work when marketing and IT both stand behind them. Have the other side read the pack, then list "
        "both under `agreed_by` with the day under `agreed_on`.",
    ),
    "PG408": Code(
        "policy has no references",
        "A policy on security, privacy or connections usually comes from a standard or a law. Name it under "
        "`references`, so that nobody has to wonder where the rule comes from.",
    ),
    "PG409": Code(
        "definition is not used",
        "No policy names this definition, directly or through another one. Remove it, or use it.",
    ),
    "PG410": Code(
        "root cause is not used",
        "No policy names this root cause. Remove it, or name it under `root` where it belongs.",
    ),
    "PG411": Code(
        "root cause is not known",
        "The policy names a root cause that no file of definitions declares, so its findings get no heading. "
        "Correct the id, or add it below `roots:`.",
    ),
    "PG412": Code(
        "parameter is not used",
        "Neither an expression nor a sentence of the policy names this parameter, so changing it changes nothing. "
        "Remove it, or name it as `params.` and its name.",
    ),
    "PG413": Code(
        "no example shows when it does not apply",
        "The policy has a `when`, but no example with `expect: not_applicable`. Such an example is the quickest way "
        "for a reader to see whom the policy leaves alone.",
    ),
    "PG414": Code(
        "two policies ask the same",
        "Two policies apply to the same purchases at the same time and ask the same, so each finding would stand in "
        "the report twice. Keep one, or say in `when` how they differ.",
    ),
    "PG415": Code(
        "expression has always the same value",
        "Whatever is known of a purchase, the expression comes out the same, so it decides nothing. "
        "Name the facts it should depend on, or remove the policy.",
    ),
    "PG416": Code(
        "policy has ended",
        "The last day on which the policy is in force is over, so it applies to no purchase any more. Remove it, or "
        "correct `effective_to`.",
    ),
    "PG417": Code(
        "policy is not silent in the lowest tier",
        "A purchase of the lowest risk tier is decided by the first questions of the form alone, and some answers "
        "leave this policy open. Let it apply from `risk.light` on, or rest it on facts that the form asks for. "
        "Where it points at `quick` of the form, no answers to so many questions were found that lead to that tier.",
    ),
    "PG418": Code(
        "text repeats a parameter",
        "An organisation may change the parameter, and the text would then say something else than the policy asks. "
        "Write `{params.name}` in a message, a way to yes or a question; leave the number out of titles and reasons.",
    ),
    "PG419": Code(
        "never_suggest changes nothing",
        "A fact stands under `never_suggest` that the expression does not read, or that nobody can change. It would "
        "not be suggested anyway, so the line misleads its reader. Take it out, or name the fact that is meant.",
    ),
}
