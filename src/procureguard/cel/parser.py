"""Tokens to a tree, by precedence climbing.

Grammar (EBNF; the CEL specification's, less what the profile leaves out):

    expression  = or [ "?" or ":" expression ] ;
    or          = and { "||" and } ;
    and         = relation { "&&" relation } ;
    relation    = sum { ( "==" | "!=" | "<" | "<=" | ">" | ">=" | "in" ) sum } ;
    sum         = product { ( "+" | "-" ) product } ;
    product     = unary { ( "*" | "/" | "%" ) unary } ;
    unary       = { "!" } member | { "-" } member ;
    member      = primary { "." name [ "(" arguments ")" ] | "[" expression "]" } ;
    primary     = literal | name [ "(" arguments ")" ] | "(" expression ")" | "[" arguments "]" ;
    arguments   = [ expression { "," expression } ] ;

Repeated operators other than `||` and `&&` lean to the left. Mistakes whose meaning is plain (`and` for `&&`) are
reported and read as meant, so that one run reports several of them; the first other mistake ends the reading.
"""

from typing import Final, NoReturn

from procureguard.cel.cursor import MAXIMUM_DEPTH, Cursor, UnreadableError
from procureguard.cel.lexer import Token, tokenize
from procureguard.cel.problem import Problem
from procureguard.cel.tree import (
    LEVELS,
    ORDERING,
    Binary,
    Call,
    Comprehension,
    Conditional,
    Field,
    Index,
    ListLiteral,
    Literal,
    Logical,
    Node,
    Path,
    Unary,
    Variable,
)
from procureguard.cel.types import BOOL, DOUBLE, INT, INT_MAXIMUM, STRING, Type

MAXIMUM_LENGTH: Final = 16_384
"""How many characters an expression may have."""

MACROS: Final = ("all", "exists", "exists_one", "filter")

_LOGICAL: Final = ("||", "&&")
_UNARY_LEVEL: Final = 7
_LITERAL_TYPES: Final[dict[str, Type]] = {"int": INT, "double": DOUBLE, "string": STRING}
_RESERVED: Final = frozenset(
    {
        "as",
        "break",
        "const",
        "continue",
        "else",
        "false",
        "for",
        "function",
        "if",
        "import",
        "in",
        "let",
        "loop",
        "package",
        "namespace",
        "null",
        "return",
        "true",
        "var",
        "void",
        "while",
    }
)
_SPELLINGS: Final = {
    "and": ("&&", "write `&&` instead of `and`"),
    "or": ("||", "write `||` instead of `or`"),
    "=": ("==", "write `==` to compare"),
    "<>": ("!=", "write `!=` instead of `<>`"),
    "is": ("==", "write `==` instead of `is`"),
    "AND": ("&&", "write `&&` instead of `AND`"),
    "OR": ("||", "write `||` instead of `OR`"),
    "&": ("&&", "write `&&`"),
    "|": ("||", "write `||`"),
}
_NAMES: Final = {
    "True": (True, "write `true`"),
    "False": (False, "write `false`"),
    "TRUE": (True, "write `true`"),
    "FALSE": (False, "write `false`"),
}
_NOTHING_HINT: Final = "a missing fact is unknown by itself and becomes a question; an expression cannot test for it"


def parse(text: str) -> Node | tuple[Problem, ...]:
    """Tree of an expression, or everything found wrong with it, in the order of the text."""
    if len(text) > MAXIMUM_LENGTH:
        message = f"the expression has more than {MAXIMUM_LENGTH} characters"
        return (Problem(MAXIMUM_LENGTH, len(text), message, "move parts of it into definitions"),)
    problems: list[Problem] = []
    parser = _Parser(tokenize(text, problems), problems)
    try:
        tree = parser.whole()
    except UnreadableError:
        return tuple(sorted(problems, key=lambda problem: problem.start))
    return tuple(sorted(problems, key=lambda problem: problem.start)) or tree


class _Parser(Cursor):
    """Reads the grammar above, one method for each rule."""

    def whole(self) -> Node:
        if self.token.kind == "end":
            self.fail(self.token, "the expression is empty", "write `true` for what always holds")
        tree = self.expression()
        if self.token.kind != "end":
            self.fail_after()
        return tree

    def fail_after(self) -> NoReturn:
        """Something stands where an operator or the end was due."""
        if self.sees("not") and self.tokens[self.at + 1].text == "in":
            self.fail(self.token, "unexpected `not in`", "write `!(x in list)`")
        if self.sees("?:", "?."):
            self.fail_refused_operator()
        if self.token.kind in {"name", "int", "double", "string"}:
            self.fail_here("an operator such as `&&`, `==` or `in` is missing before it")
        self.fail_here()

    def fail_refused_operator(self) -> NoReturn:
        if self.token.text == "?:":
            self.fail(self.token, "`?:` needs a value between `?` and `:`", "write `condition ? value : other`")
        self.fail(self.token, "`?.` is not part of this language", "write `.`; a missing fact is unknown by itself")

    def expression(self) -> Node:
        self.depth += 1
        if self.depth > MAXIMUM_DEPTH:
            self.too_deep(self.token.start)
        condition = self.operators(2)
        if self.sees("?:"):
            self.fail_refused_operator()
        if self.sees("?"):
            condition = self.conditional(condition)
        self.depth -= 1
        return condition

    def conditional(self, condition: Node) -> Node:
        self.advance()
        chosen = self.operators(2)
        self.expect(":")
        otherwise = self.expression()
        parts = (condition, chosen, otherwise)
        identity = self.identity(condition.start, parts)
        return Conditional(*parts, identity=identity, start=condition.start, end=otherwise.end)

    def operator(self) -> str | None:
        """The binary operator here as meant, or None; slips of spelling are reported."""
        if self.token.kind not in {"operator", "name"}:
            return None
        text = self.token.text
        if text in _SPELLINGS:
            return _SPELLINGS[text][0]
        return text if text in LEVELS else None

    def take_operator(self, meant: str) -> None:
        token = self.advance()
        if token.text in _SPELLINGS:
            hint = _SPELLINGS[token.text][1]
            # `===`, `is not` and the like: one message about the whole spelling.
            while self.sees("=", "==", "&", "|") or (token.text == "is" and self.sees("not")):
                hint = "write `!=` instead of `is not`" if self.sees("not") else f"write `{meant}`"
                self.advance()
            self.report(token.start, self.tokens[self.at - 1].end, f"unexpected `{token.text}`", hint)

    def operators(self, lowest: int) -> Node:
        """Operands joined by binary operators of at least this level."""
        left = self.unary()
        while True:
            operator = self.operator()
            if operator is None or LEVELS[operator] < lowest:
                return left
            if operator in _LOGICAL:
                left = self.logical(left, operator)
                continue
            token = self.token
            self.take_operator(operator)
            right = self.operators(LEVELS[operator] + 1)
            self.refuse_chain(left, operator, token)
            identity = self.identity(left.start, (left, right))
            left = Binary(operator, left, right, identity=identity, start=left.start, end=right.end)

    def refuse_chain(self, left: Node, operator: str, token: Token) -> None:
        chained = isinstance(left, Binary) and left.operator in ORDERING and operator in ORDERING
        if chained and self.tokens[self.at - 1].start >= token.end and not self.bracketed(left):
            hint = "write both comparisons: `a < b && b < c`"
            self.report(token.start, token.end, "comparisons cannot be chained", hint)

    def bracketed(self, node: Node) -> bool:
        """Whether a node stands in brackets of its own: its end is followed by a closing one."""
        following = next(token for token in self.tokens if token.kind == "end" or token.start >= node.end)
        return following.text == ")"

    def logical(self, first: Node, operator: str) -> Node:
        operands = [first]
        while self.operator() == operator:
            self.take_operator(operator)
            operands.append(self.operators(LEVELS[operator] + 1))
        parts = tuple(operands)
        identity = self.identity(first.start, parts)
        return Logical(operator, parts, identity=identity, start=first.start, end=parts[-1].end)

    def unary(self) -> Node:
        token = self.token
        if self.sees("not"):
            self.report(token.start, token.end, "unexpected `not`", "write `!` instead of `not`")
        elif not self.sees("!", "-"):
            return self.member()
        self.depth += 1
        if self.depth > MAXIMUM_DEPTH:
            self.too_deep(token.start)
        self.advance()
        if token.text == "-" and self.token.kind in {"int", "double"}:
            node = self.suffixes(self.number(token))
        else:
            operand = self.unary()
            operator = "-" if token.text == "-" else "!"
            node = Unary(
                operator, operand, identity=self.identity(token.start, (operand,)), start=token.start, end=operand.end
            )
        self.depth -= 1
        return node

    def number(self, sign: Token | None = None) -> Literal:
        token = self.advance()
        if isinstance(token.value, str):
            self.fail_here("a number is expected")
        value = token.value if sign is None else -token.value
        if token.kind == "int" and value > INT_MAXIMUM:
            return self.fail(token, f"`{token.text}` does not fit into 64 bits")
        return self.literal(value, _LITERAL_TYPES[token.kind], token.start if sign is None else sign.start, token.end)

    def member(self) -> Node:
        return self.suffixes(self.primary())

    def suffixes(self, node: Node) -> Node:
        while True:
            if self.sees("?."):
                self.fail_refused_operator()
            if self.sees("["):
                node = self.indexed(node)
            elif self.sees("."):
                self.advance()
                node = self.selected(node)
            else:
                return node

    def indexed(self, node: Node) -> Node:
        self.advance()
        index = self.expression()
        end = self.expect("]").end
        return Index(node, index, identity=self.identity(node.start, (node, index)), start=node.start, end=end)

    def selected(self, node: Node) -> Node:
        """What follows a dot: a part of a path, a field, a macro or a member function."""
        name = self.token
        if name.kind != "name":
            self.fail_here("a name is expected after the dot")
        self.advance()
        if self.sees("("):
            return self.member_call(node, name)
        if isinstance(node, Path):
            path = f"{node.path}.{name.text}"
            return Path(path, identity=node.identity, start=node.start, end=name.end)
        if isinstance(node, Variable | Field):
            return Field(node, name.text, identity=self.identity(node.start, (node,)), start=node.start, end=name.end)
        return self.fail(
            name,
            f"`.{name.text}` needs a fact or a variable before it",
            "only facts and the items of a list have fields",
        )

    def member_call(self, node: Node, name: Token) -> Node:
        self.advance()
        if name.text in MACROS or name.text == "map":
            return self.comprehension(node, name)
        arguments = (node, *self.arguments(")"))
        end = self.tokens[self.at - 1].end
        identity = self.identity(node.start, arguments)
        return Call(name.text, arguments, member=True, identity=identity, start=node.start, end=end)

    def comprehension(self, items: Node, name: Token) -> Node:
        if name.text == "map":
            self.fail(name, "`map` is not part of this language", "test the items with `all` or `exists` instead")
        variable = self.token
        if variable.kind != "name" or variable.text in _RESERVED or self.tokens[self.at + 1].text != ",":
            self.fail(
                variable, f"`{name.text}` needs a variable and a condition", f"write `list.{name.text}(x, x == ...)`"
            )
        self.advance()
        self.advance()
        self.variables.append(variable.text)
        predicate = self.expression()
        self.variables.pop()
        if self.sees(","):
            self.fail(
                self.token,
                f"`{name.text}` takes one variable and one condition",
                "two-variable macros are not part of this language",
            )
        end = self.expect(")").end
        identity = self.identity(items.start, (items, predicate))
        return Comprehension(name.text, items, variable.text, predicate, identity=identity, start=items.start, end=end)

    def arguments(self, closing: str) -> tuple[Node, ...]:
        """Expressions up to the closing bracket, which is taken; the opening one was."""
        found: list[Node] = []
        while not self.sees(closing):
            found.append(self.expression())
            if not self.sees(closing):
                self.expect(",")
                if self.sees(closing) and closing == ")":
                    self.fail_here()
        self.advance()
        return tuple(found)

    def primary(self) -> Node:
        token = self.token
        if token.kind == "string":
            self.advance()
            return self.literal(token.value, STRING, token.start, token.end)
        if token.kind in {"int", "double"}:
            return self.number()
        if token.kind == "name":
            return self.named()
        if self.sees("("):
            self.advance()
            inner = self.expression()
            self.expect(")")
            return inner
        if self.sees("["):
            self.advance()
            items = self.arguments("]")
            end = self.tokens[self.at - 1].end
            return ListLiteral(items, identity=self.identity(token.start, items), start=token.start, end=end)
        return self.fail_primary()

    def fail_primary(self) -> NoReturn:
        if self.sees("{"):
            self.fail(
                self.token, "maps are not part of this language", "name the facts one by one, or use a list: `[1, 2]`"
            )
        if self.sees("."):
            self.fail(self.token, "a path does not begin with a dot", "write it without the dot")
        if self.sees("=", "=="):
            self.fail_here("write `==` to compare")
        self.fail_here()

    def named(self) -> Node:
        token = self.advance()
        if token.text in {"true", "false"}:
            return self.literal(token.text == "true", BOOL, token.start, token.end)
        if token.text in _NAMES and not self.sees(".", "("):
            value, hint = _NAMES[token.text]
            self.report(token.start, token.end, f"unexpected `{token.text}`", hint)
            return self.literal(value, BOOL, token.start, token.end)
        if token.text in {"null", "None", "nil", "NULL"}:
            self.fail(token, f"`{token.text}` is not part of this language", _NOTHING_HINT)
        if token.text in _RESERVED:
            self.fail(
                token,
                f"unexpected `{token.text}`",
                None if token.text == "in" else "the word is reserved; use another name",
            )
        if self.sees("("):
            self.advance()
            arguments = self.arguments(")")
            end = self.tokens[self.at - 1].end
            identity = self.identity(token.start, arguments)
            return Call(token.text, arguments, member=False, identity=identity, start=token.start, end=end)
        identity = self.identity(token.start, ())
        if token.text in self.variables:
            return Variable(token.text, identity=identity, start=token.start, end=token.end)
        return Path(token.text, identity=identity, start=token.start, end=token.end)
