"""Nothing of a document becomes markup."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.markup import Safe, as_markdown, el, join, text


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
        ("![x](http://a)", r"\!\[x\]\(http\:\/\/a\)".replace(r"\/", "/")),
        ("a\n# b", r"a \# b"),
        ("<b>", r"\<b\>"),
        ("Sở Tư pháp", "Sở Tư pháp"),
    ],
)
def test_signs_of_markdown_are_escaped(given_: str, shown: str) -> None:
    assert as_markdown(given_) == shown
