"""Pages in HTML as a browser and a reader take them."""

from html.parser import HTMLParser


class Elements(HTMLParser):
    """The elements of a page with their attributes, and its words with the elements around them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[tuple[tuple[str, ...], str]] = []
        self.never_closed: list[str] = []
        self._around: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag != "meta":
            self._around.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self._around or self._around.pop() != tag:
            self.never_closed.append(tag)

    def handle_data(self, data: str) -> None:
        if data.strip() and "style" not in self._around:
            self.words.append((tuple(self._around), data))

    def inside(self, tag: str) -> list[str]:
        """What stands inside each element of a kind, tags left out."""
        return [" ".join(text.split()) for around, text in self.words if tag in around]

    @property
    def text(self) -> str:
        """All words of the body, blanks made one."""
        return " ".join(" ".join(self.inside("body")).split())


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG counts it, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    shares = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
