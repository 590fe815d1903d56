"""Every diagnostic code, once, with what it means. Codes are stable: one that is retired is not used again."""

from collections.abc import Mapping

from procureguard.source.code import Code
from procureguard.source.policy_codes import LINT_CODES, POLICY_CODES

_READING: dict[str, Code] = {
    "PG100": Code(
        "file cannot be opened",
        "There is no file or folder of that name, it holds nothing to read, or the system refuses to open or write it. "
        "Look at the spelling, at the folder you are in, and at the permissions.",
    ),
    "PG101": Code(
        "file is not UTF-8 text",
        "Files are read as UTF-8, and this one contains bytes that are not. Open it in an editor and save it again "
        "with the encoding UTF-8; spreadsheets and older editors often save UTF-16 or Windows-1252 instead.",
    ),
    "PG102": Code(
        "file is too large",
        "A file may have at most 1 MiB, an inventory or an export to import 16 MiB. A register that outgrows this can "
        "be split, for instance one vendor a file.",
    ),
    "PG103": Code(
        "file is empty",
        "There is nothing in the file but perhaps comments. Begin it with its kind, for instance `kind: purchase`, "
        "and a line `version: 1`.",
    ),
    "PG104": Code(
        "file is not valid YAML",
        "The text breaks the rules of YAML at the place shown. Most often a text needs quotes because it contains "
        "`: ` or begins with a special character, a quote or bracket is not closed, or a line is indented "
        "differently from its neighbours.",
    ),
    "PG105": Code(
        "file is not valid JSON",
        "The text breaks the rules of JSON at the place shown. Keys and texts need double quotes, entries are "
        "separated by commas with none after the last, and comments are not allowed; YAML is more forgiving.",
    ),
    "PG106": Code(
        "key is given twice",
        "One mapping has the same key twice, so one of the two values would be lost without anybody noticing. "
        "Keep the one that is meant and remove the other.",
    ),
    "PG107": Code(
        "key is not text",
        "YAML reads this key as a number, as true, false or null, or as a list. Put it in quotes, "
        'as in `"2026": planned`.',
    ),
    "PG108": Code(
        "tag is not supported",
        "A text that begins with `!` is a type tag in YAML, and no file here needs one. If the exclamation mark "
        "belongs to the text or expression, put the whole in quotes.",
    ),
    "PG109": Code(
        "anchor or alias is not supported",
        "`&name` and `*name` make one place of a YAML file stand for another, which makes facts hard to trace to "
        "where they were stated. Write the value out in both places; put a text such as `*.example` in quotes.",
    ),
    "PG110": Code(
        "merge key is not supported",
        "`<<` copies keys from elsewhere in the file, and was dropped from YAML 1.2. Write the keys out.",
    ),
    "PG111": Code(
        "more than one document",
        "A line `---` begins a second document in the same file, and only one can be read. Put each in its own file.",
    ),
    "PG112": Code(
        "values are nested too deep",
        "Values are nested more than 64 levels deep, which no real file needs. Look for brackets that are not closed.",
    ),
    "PG113": Code(
        "number cannot be kept",
        "The number is infinite, not a number, or needs more than 64 bits. If it is an account number or another "
        "name made of digits, put it in quotes.",
    ),
    "PG114": Code(
        "control character",
        "The file contains a character that cannot be seen, or an escape that stands for one; it usually comes from "
        "copying out of another program. Delete it and type the text again.",
    ),
    "PG115": Code(
        "tab as indentation",
        "YAML allows spaces only at the beginning of a line. Let the editor replace tabs by spaces.",
    ),
    "PG116": Code(
        "file is not formatted",
        "`procureguard fmt` changes blanks and line breaks only, and checks that the file still says the same. Here it "
        "would not, so the file was left as it is. Write the place in a plainer way, for instance without `? ` before "
        "keys, or report it.",
    ),
    "PG120": Code(
        "cache is not private",
        "Compiled policies are kept in a folder that only you may write to. The folder found is not such a one, so "
        "nothing is read from it or written to it; checks take a little longer. Set PROCUREGUARD_CACHE to a folder of "
        "your own, or to nothing for no cache at all.",
    ),
    "PG119": Code(
        "more errors than are listed",
        "The first hundred errors of a file are listed. Mend these and check the file again.",
    ),
}

_FACTS: dict[str, Code] = {
    "PG201": Code(
        "required key is missing",
        "A key that every file of this kind needs is not there. Add it at the place shown, for instance `version: 1`.",
    ),
    "PG202": Code(
        "key is not known",
        "No key of this name exists at this place, so its value would be ignored. Usually it is misspelt or stands "
        "in the wrong section; facts of your own go below `ext:`.",
    ),
    "PG203": Code(
        "value is of the wrong type",
        "The value is, say, a text where a number is expected. Numbers, true and false are written without quotes, "
        "lists as `[a, b]` or with a `-` before each entry.",
    ),
    "PG204": Code(
        "value is not one of those allowed",
        "Only certain words can stand here, and this is none of them. Choose one of the listed words, written "
        "exactly so; `procureguard schema` prints all of them.",
    ),
    "PG205": Code(
        "text has the wrong form",
        "The text is too short, too long, or not of the form that is expected, such as an id in lower-case letters. "
        "Compare it with the example in the hint.",
    ),
    "PG206": Code(
        "not a calendar day",
        "A date is written year-month-day, and the day must exist. Write 30 November 2026 as `2026-11-30`.",
    ),
    "PG207": Code(
        "number is out of range",
        "The number is smaller or larger than makes sense here, or not a multiple of the step that is expected. "
        "Check its sign and unit, for instance months and not days.",
    ),
    "PG208": Code(
        "list has the wrong entries",
        "The list names something twice, or has too few or too many entries. Remove the repetition, or leave the "
        "key out if nothing is known about it.",
    ),
    "PG209": Code(
        "value does not fit",
        "The value breaks a rule of the file's schema for which there are no plainer words. "
        "Compare it with the documentation of the key.",
    ),
    "PG210": Code(
        "kind is not known",
        "The word that says what sort of thing is described is none of those allowed here. "
        "Choose one of the listed words, for instance `kind: purchase`.",
    ),
    "PG220": Code(
        "capability is not known",
        "The list of capabilities has no such id. Look for the id in your own words, as in "
        "`procureguard capability find newsletters`; `procureguard capability list` shows all of them.",
    ),
    "PG221": Code(
        "too many decimal places",
        "Amounts and shares are kept to four decimal places so that all evaluators agree. Round the number, "
        "for instance 0.33333 to 0.3333.",
    ),
    "PG222": Code(
        "vendor, product or plan is not known",
        "The file refers to a vendor, product or plan that no vendor manifest describes. Correct the id, or add a "
        "manifest for the vendor.",
    ),
    "PG223": Code(
        "two documents with one id",
        "Two files describe things under the same id, so it would be unclear which is meant. "
        "Give one of them another id, or remove it.",
    ),
    "PG224": Code(
        "schema of own facts is wrong",
        "The JSON Schema below `ext:` in the organisation file is not valid or uses what facts cannot have. "
        "Declare each fact with a type, for instance `{type: boolean}`.",
    ),
    "PG225": Code(
        "file of another kind",
        "The file is of another kind than is expected here, say a vendor manifest where a purchase belongs. "
        "Pass it where its kind belongs, or correct its line `kind:`.",
    ),
    "PG226": Code(
        "preset is not known",
        "No named set of thresholds of this name comes with the package. Choose one of the listed names, "
        "for instance `preset: mid-us-eu`.",
    ),
    "PG227": Code(
        "fact cannot be set",
        "`check --set contract.dpa=signed` changes what the purchase says of one fact for one check, `answer FILE "
        "contract.dpa=signed` in the file. Here the fact does not exist, is computed from others or stated in another "
        "file, or the value is not one it can have.",
    ),
    "PG228": Code(
        "own capability is wrong",
        "Below `capabilities:` in the organisation file, a new id has no title, an area does not exist, or a word "
        "leads to another capability already. Each leads to one only: choose another, or add to that capability.",
    ),
    "PG230": Code(
        "domain of two vendors",
        "Two vendor manifests list the same web domain, so it tells neither vendor from the other. "
        "Keep the domain with the vendor whose it is.",
    ),
    "PG231": Code(
        "vendor belongs to itself",
        "The family ties of several manifests lead from a vendor back to itself on some day. "
        "Correct the days, or say with `ended` when an earlier tie ended.",
    ),
    "PG232": Code(
        "open request says too little",
        "A list of open requests counts as complete, so each of its purchases must state `request.department` and "
        "`request.must`, by which it is compared. While one does not, nobody is told of another department's wish.",
    ),
    "PG233": Code(
        "nothing to compare",
        "A comparison needs to know what is needed, and each candidate must be an owned tool, a plan of a vendor "
        "manifest or a purchase file. State `request.capabilities`, and name candidates by their ids.",
    ),
    "PG234": Code(
        "observations contradict each other",
        "By one source and on one day, a manifest says two things of one fact. Give the day or source that counts.",
    ),
    "PG236": Code(
        "investment plan is wrong",
        "The plan of the organisation reaches less than 18 months ahead, is not agreed by marketing and IT both, or "
        "stands beside a list of plan items. Its lines count once both have agreed; `plan_items` can then be left out.",
    ),
    "PG237": Code(
        "exchange rates have no day",
        "Prices are compared in one currency, at the rates the organisation states, and nobody can tell how old these "
        "are. Write them as `{value: {EUR: 1.16}, as_of: 2026-10-01}`.",
    ),
    "PG238": Code(
        "metric is not defined",
        "A metric counts the same for everybody only if its definition is whole: what it is called, its kind, formula, "
        "unit, source and owner. Add what is missing, or remove it.",
    ),
    "PG239": Code(
        "approval does not say what it rests on",
        "An approval holds as long as the facts it was given on. Without any, nothing that changes could end it. "
        "List them under `facts`, as a purchase states them.",
    ),
    "PG235": Code(
        "days of a family tie are out of order",
        "A tie between vendors is announced, then closed, and perhaps ended. Correct the day that comes too early.",
    ),
    "PG240": Code(
        "mapping profile does not fit its rows",
        "A mapping profile says what one row of an export is: a tool, an assignment or a payment. This one names "
        "headings for a field that such rows lack, or none for one they need, or a default that is no such value.",
    ),
    "PG241": Code(
        "export cannot be read as a table",
        "An export is a table in CSV, or JSON with one list of objects. Nothing of the kind was found in the file. "
        "Export it again, with headings, or open it in its own program and save it as CSV.",
    ),
    "PG242": Code(
        "inventory cannot be added to",
        "New tools are written behind the last one of an inventory, and everything else stays as it is. That works for "
        "a list with a hyphen before each tool, and for an empty one. Else write a file of its own with `--output`.",
    ),
    "PG243": Code(
        "mapping profile is not known",
        "No mapping profile of this name comes with the package, and there is no such file. Choose one of the listed "
        "names, or give the path of a profile of your own.",
    ),
    "PG250": Code(
        "answer cannot be written",
        "`procureguard answer` changes one place of a file and checks that the file says the same everywhere else. "
        "Here that is not sure, so the file was left as it is. Write the line in the hint into it by hand.",
    ),
    "PG251": Code(
        "answers about another purchase",
        "A file of answers names the purchase that it is about, as the questions did. The purchase that is answered "
        "has another reference. Look whether the right files are named; the answers are taken all the same.",
    ),
}

CODES: Mapping[str, Code] = {**_READING, **_FACTS, **POLICY_CODES, **LINT_CODES}
