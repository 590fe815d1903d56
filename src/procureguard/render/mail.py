"""Letters as mail: a message for mail programs, and links that begin one."""

from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import quote

from procureguard.render.letters import Letter
from procureguard.report.headline import number

LONGEST_LINK = 2_000
"""Characters that every browser and mail program takes in a link."""


def message(letter: Letter) -> str:
    """The letter as an RFC 5322 message in UTF-8, lines ending in CR LF.

    It has no sender, day or id: those are the mail program's to add when it is sent, and without them the same
    questions give the same message. By the unsent mark, programs that know it open it for writing.
    """
    mail = EmailMessage(policy=SMTP)
    if letter.to:
        mail["To"] = ", ".join(letter.to)
    mail["Subject"] = letter.subject
    mail["X-Unsent"] = "1"
    mail.set_content(letter.body(), charset="utf-8", cte="quoted-printable")
    return mail.as_bytes().decode("ascii")


def link(letter: Letter) -> str:
    """The letter as a `mailto:` link of at most 2,000 characters (RFC 6068); what is left out is said in it."""
    for count in range(len(letter.questions), -1, -1):
        found = _link(_cut(letter, count))
        if len(found) <= LONGEST_LINK:
            return found
    return _link(letter._replace(questions=(), opening="", subject=letter.subject[:100]))


def _cut(letter: Letter, count: int) -> Letter:
    rest = len(letter.questions) - count
    if not rest:
        return letter
    more = (
        f"({number(rest).capitalize()} more {'question follows' if rest == 1 else 'questions follow'} in another mail.)"
    )
    return letter._replace(questions=letter.questions[:count], closing=f"{more} {letter.closing}")


def _link(letter: Letter) -> str:
    to = ",".join(quote(address, safe="@") for address in letter.to)
    body = quote("\r\n".join(letter.lines()), safe="")
    return f"mailto:{to}?subject={quote(letter.subject, safe='')}&body={body}"
