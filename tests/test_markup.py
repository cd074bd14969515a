"""Nothing of a document becomes markup."""

from __future__ import annotations

import ast
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc import config
from cchc.markup import Safe, as_markdown, el, join, text

MODULES = [
    config.ROOT / "app.py",
    *sorted((config.ROOT / "pages").glob("*.py")),
    *sorted((config.ROOT / "cchc").rglob("*.py")),
]


class Reader(HTMLParser):
    """What a browser would see: tags, attributes and text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.extend(attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> Reader:
    """The HTML as parsed."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


HOSTILE = st.text(alphabet=st.sampled_from("<>&\"'`=/ aịđ;-!#(){}script\n")) | st.text()


@given(HOSTILE)
def test_text_stays_text(value: str) -> None:
    seen = read(el("p", value))
    assert seen.tags == ["p"]
    assert seen.text == value.replace("\x00", "\ufffd") or "\x00" in value or "\r" in value


@given(HOSTILE)
def test_an_attribute_stays_one_attribute(value: str) -> None:
    seen = read(el("a", "x", title=value, href="/van-ban"))
    assert [name for name, _ in seen.attributes] == ["title", "href"]
    assert seen.text == "x"


def test_what_was_built_here_is_not_escaped_again() -> None:
    assert el("p", el("b", "a<b"), " & ") == "<p><b>a&lt;b</b> &amp; </p>"
    assert join(["a<", el("br")], "; ") == "a&lt;; <br>"
    assert text(None) == ""
    assert isinstance(join([]), Safe)


def test_names_of_attributes() -> None:
    assert el("td", "1", class_="a", data_label="Hạn", aria_label="b", tabindex=0, open=True, title=None) == (
        '<td class="a" data-label="Hạn" aria-label="b" tabindex="0" open>1</td>'
    )


@pytest.mark.parametrize("tag", ["script", "style", "iframe", "img", "svg", "object", "form", "input", "a onclick"])
def test_tags_that_can_do_harm_are_refused(tag: str) -> None:
    with pytest.raises(ValueError, match="tag"):
        el(tag, "x")


@pytest.mark.parametrize("name", ["onclick", "src", "srcdoc", "action", "formaction", "target"])
def test_attributes_that_can_do_harm_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="attribute"):
        el("a", "x", **{name: "y"})


@pytest.mark.parametrize(
    "address", ["http://example.com", "//example.com", "/\\example.com", "javascript:alert(1)", "data:text/html,x", ""]
)
def test_addresses_elsewhere_are_refused(address: str) -> None:
    with pytest.raises(ValueError, match="address"):
        el("a", "x", href=address)


@pytest.mark.parametrize(
    ("given_", "shown"),
    [
        ("**đậm**", r"\*\*đậm\*\*"),
        ("![x](http://a)", r"\!\[x\]\(http:small[]\:\/\/a\)"),
        ("nvb@so.vn", r"nvb:small[]\@so\.vn"),
        ("www.so.vn", r"www:small[]\.so\.vn"),
        (":material/home:", r"\::small[]material\/home\:"),
        ("a -> b", r"a \-:small[]\> b"),
        ("10:30", r"10\:30"),
        ("A/B: c", r"A\/B\: c"),
        ("a\n# b", r"a \# b"),
        ("<b>", r"\<b\>"),
        ("Sở Tư pháp", "Sở Tư pháp"),
    ],
)
def test_signs_of_markdown_are_escaped(given_: str, shown: str) -> None:
    assert as_markdown(given_) == shown


MESSAGES = ("success", "info", "warning", "error", "toast", "markdown", "caption", "write", "expander", "popover")


def shows_data(node: ast.expr) -> bool:
    """Whether what a message says can hold more than words of the program: neither a constant nor escaped."""
    if isinstance(node, ast.Constant):
        return False
    if isinstance(node, ast.Name | ast.Attribute):
        return not (node.id if isinstance(node, ast.Name) else node.attr).isupper()
    if isinstance(node, ast.IfExp):
        return shows_data(node.body) or shows_data(node.orelse)
    if isinstance(node, ast.JoinedStr):
        return any(shows_data(part.value) for part in node.values if isinstance(part, ast.FormattedValue))
    if isinstance(node, ast.Call):
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name == "format":
            return any(shows_data(part.value) for part in node.keywords)
        if name == "join" and isinstance(node.args[0], ast.GeneratorExp):
            return shows_data(node.args[0].elt)
        return name not in ("as_markdown", "len")
    return True


def messages_with_data(source: str) -> list[str]:
    """The calls of a module that show a message whose words are not escaped."""
    found = []
    for call in ast.walk(ast.parse(source)):
        if not (isinstance(call, ast.Call) and call.args):
            continue
        named = [call.func] if isinstance(call.func, ast.Attribute) else []
        if isinstance(call.func, ast.IfExp):
            named = [f for f in (call.func.body, call.func.orelse) if isinstance(f, ast.Attribute)]
        of_streamlit = [f for f in named if f.attr in MESSAGES and ast.unparse(f.value) == "st"]
        if of_streamlit and shows_data(call.args[0]):
            found.append(f"line {call.lineno}: {ast.unparse(call)[:120]}")
    return found


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("st.info(WORDS)", 0),
        ("st.info(as_markdown(str(error)))", 0),
        ("st.info(TOLD.format(count=len(files)))", 0),
        ("st.info(TOLD.format(name=name))", 1),
        ("st.success(told)", 1),
        ("st.info(' '.join(as_markdown(one) for one in names))", 0),
        ("st.info(' '.join(one for one in names))", 1),
        ("st.info(' '.join(names))", 1),
        ("st.expander(f'{TITLE} ({len(files)})')", 0),
        ("st.expander(f'{TITLE} {label}')", 1),
        ("(st.info if good else st.error)(told)", 1),
        ("log.error(told)", 0),
    ],
)
def test_messages_with_data_are_found(source: str, count: int) -> None:
    assert len(messages_with_data(source)) == count


# Markdown that the program ships, and nothing else.
OWN_WORDS = {"huong_dan": "st.markdown(piece)"}  # pieces of docs/so-tay.md


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_every_message_escapes_what_it_shows(path: Path) -> None:
    found = messages_with_data(path.read_text(encoding="utf-8"))
    own = OWN_WORDS.get(path.stem)
    assert [call for call in found if call.partition(": ")[2] != own] == []
