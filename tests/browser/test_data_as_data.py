"""A message shows foreign text letter by letter: whatever it looks like, it is no link, picture or formatting."""

from __future__ import annotations

from urllib.parse import urlencode

from playwright.sync_api import expect

from tests.browser.rig import Open

# Each as short as a message shows it whole; the address is where anybody can put a text into a message.
TEXTS = (
    "nvb@sonoivu.vn",
    "xmpp:a@b.vn",
    "https://e.vn/a",
    "<http://e.vn>",
    "WWW.e.vn/x",
    "[x](http://e.vn)",
    "![x](http://e.vn/x.png)",
    "**a** _b_ ~~c~~ `d`",
    ":red[x] :small[y]",
    ":smile: :material/home: :streamlit:",
    "$x$ $$y$$",
    "a -> b <- c <-> d -- e >= f <= g ~= h",
    "<b>x</b> &amp; &#64;",
    "| a | b |",
    "# a 1. b - c > d + e",
)


def test_a_message_shows_text_as_it_is(visit: Open) -> None:
    page = visit("/?" + urlencode([(text, "1") for text in TEXTS]))
    alerts = page.get_by_test_id("stAlert")
    expect(alerts).to_have_count(1)  # one message names everything the address holds that is not known
    shown = alerts.all_inner_texts()
    assert [text for text in TEXTS if not any(f"«{text}»" in words for words in shown)] == []
    assert (
        alerts.locator(
            "a, img, strong, em, del, code, .katex, span[role=img]:not([data-testid=stIconMaterial])"
        ).count()
        == 0
    )
