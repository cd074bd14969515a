"""The server around the pages: routes beside them, headers, the page's language, what people read when it fails.

`app.py` gives `options()` to Streamlit's ASGI application, so `streamlit run app.py` serves all of it.

| address           | answer                                                                          |
| /healthz          | 200 and the data version as JSON; 503 when the catalog cannot be opened         |
| /api/targets.csv  | the list of targets, with the filters of the pages' addresses                   |
| /api/tasks.csv    | the list of tasks                                                               |
| /api/matrix.csv   | agencies by areas                                                               |
| /calendar.ics     | the deadlines of the filtered tasks (cchc/feeds.py)                             |
| /tong-quan        | the first page, whose own address is /                                          |
"""

from __future__ import annotations

import asyncio
import base64
import gc
import hashlib
import json
import logging
import re
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime.pages_manager import PagesManager

from cchc import access, config, engine, exports, feeds, office, queries, visitor, words
from cchc.filters import Filters
from cchc.ledger import LedgerError
from cchc.markup import as_markdown

log = logging.getLogger("cchc")

BROKEN_ADDRESS = "Địa chỉ có tham số không dùng được, nên không có tệp nào được tạo:"
READ_ON_PAGES = "Mở trang, đăng nhập rồi tải lại địa chỉ này, hoặc tải danh sách ngay trên trang."
NO_CATALOG = "Chưa đọc được dữ liệu văn bản."
NO_SCRIPT = "Trang này cần JavaScript. Hãy bật JavaScript trong trình duyệt rồi tải lại trang."
ERROR_TITLE = "Trang này chưa hiển thị được"
ERROR_TEXT = (
    "Đã có lỗi khi chuẩn bị nội dung. Văn bản và số liệu không bị ảnh hưởng. "
    "Hãy {what}; nếu vẫn lỗi, báo cho người quản trị kèm mã {code}."
)
RELOAD = "tải lại trang"
RELOAD_OR_CLEAR = f"tải lại trang hoặc bấm «{words.CLEAR_FILTERS}»"


# The lists that other programs can fetch, and where their rows come from.
LISTS: dict[exports.Kind, Callable[[engine.Engine, Filters], pd.DataFrame]] = {
    "targets": queries.targets,
    "tasks": queries.tasks,
    "matrix": queries.matrix_area,
}


def options() -> dict[str, Any]:
    """The arguments of `st.App` beside the script."""
    return {
        "routes": [
            Route("/healthz", _health, methods=["GET", "HEAD"]),
            Route("/tong-quan", _first_page, methods=["GET", "HEAD"]),
            *(Route(f"/api/{kind}.csv", reading(_download(kind)), methods=["GET"]) for kind in LISTS),
            Route("/calendar.ics", reading(feeds.answer, feeds.KEY), methods=["GET"]),
        ],
        "middleware": [Middleware(PageMiddleware)],
        "lifespan": _lifespan,
        "on_script_error": on_script_error,
    }


# --- routes -------------------------------------------------------------------------------------------------------


def reading(answer: Callable[[Request], Any], key: str = "") -> Callable[[Request], Any]:
    """The endpoint of a route that gives data: where reading needs sign-in, only to a browser that is signed in as
    somebody who may read, or (with `key`, the name of a parameter) to a program that brings such a person's key
    (cchc/visitor.py). Nobody shall have without a name what the pages only show by name."""

    async def guarded(request: Request) -> Response:
        if not config.reading_is_open() and (refusal := await asyncio.to_thread(_refusal, request, key)):
            refused = {"Cache-Control": "no-store"}
            return PlainTextResponse(f"{refusal} {READ_ON_PAGES}\n", status_code=403, headers=refused)
        answered: Response = await answer(request)
        return answered

    return guarded


def _refusal(request: Request, key: str) -> str:
    """Why whoever asks may not read, in Vietnamese; "" when they may."""
    given = request.query_params.get(key, "") if key else ""
    try:
        identity = visitor.by_key(given) if given else visitor.of_request(request)
    except LedgerError as error:
        return str(error)
    return access.may_read(identity, open_reading=False).reason


async def _health(request: Request) -> Response:
    try:
        version = (await asyncio.to_thread(engine.get_engine)).data_version
    except Exception:
        log.exception("the catalog cannot be opened")
        return JSONResponse({"status": "unavailable", "message": NO_CATALOG}, status_code=503)
    return JSONResponse({"status": "ok", "data_version": version})


async def _first_page(request: Request) -> Response:
    """The first page's address is the root; this one leads there with its parameters."""
    root = request.scope.get("root_path", "")
    return RedirectResponse(f"{root}/?{request.url.query}" if request.url.query else f"{root}/", status_code=307)


def _download(kind: exports.Kind) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        query = {name: request.query_params.getlist(name) for name in request.query_params}
        try:
            data, name, messages = await asyncio.to_thread(_csv, kind, query)
        except Exception:
            log.exception("the list %s cannot be made", kind)
            return PlainTextResponse(NO_CATALOG + "\n", status_code=503)
        if messages:
            return PlainTextResponse("\n".join([BROKEN_ADDRESS, *messages]) + "\n", status_code=400)
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        return Response(data, media_type="text/csv; charset=utf-8", headers=headers)

    return answer


def _csv(kind: exports.Kind, query: dict[str, list[str]]) -> tuple[bytes, str, list[str]]:
    """The file, its name (plain ASCII), and messages about the address; with messages there is no file."""
    office.refresh()
    opened = engine.get_engine()
    filters, messages = Filters.from_query(query)
    filters, unknown = queries.checked(opened, filters)
    if messages or unknown:
        return b"", "", messages + unknown
    frame = LISTS[kind](opened, filters)
    data, name = exports.make(kind, frame, filters, extension="csv", names=queries.names(opened), demo=opened.is_demo)
    return data, name, []


# --- around every answer ------------------------------------------------------------------------------------------

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_SCRIPT = Path(__file__).with_name("page.js").read_text(encoding="utf-8")
_HOST = re.compile(r"[A-Za-z0-9.\-\[\]:]{1,255}", re.ASCII)
_NOSCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


class PageMiddleware:
    """Turns Streamlit's page into a Vietnamese one (`lang="vi"`, the root's address) and adds headers to every answer.

    The policy lets the page ask this server only: no font, script, picture or counter comes from elsewhere.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        # A page that changes on its way out must come whole and unpacked.
        is_page = scope["method"] == "GET" and "." not in scope["path"].rsplit("/", 1)[-1]
        if is_page:
            headers = [
                (k, v)
                for k, v in scope["headers"]
                if k not in (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")
            ]
            scope = {**scope, "headers": headers}
        start: Message | None = None
        chunks: list[bytes] = []

        async def out(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                message = {**message, "headers": _with_headers(message["headers"])}
                if is_page and _header(message, b"content-type").startswith(b"text/html"):
                    start = message
                    return
            elif start is not None and message["type"] == "http.response.body":
                chunks.append(message.get("body", b""))
                if message.get("more_body"):
                    return
                head, start_ = _page(b"".join(chunks), start, scope)
                await send(start_)
                await send({"type": "http.response.body", "body": head})
                start = None
                return
            await send(message)

        await self.app(scope, receive, out)


def _header(message: Message, name: bytes) -> bytes:
    return next((bytes(v) for k, v in message["headers"] if k.lower() == name), b"")


def _with_headers(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    present = {k.lower() for k, _ in headers}
    return [
        *headers,
        *((k.lower().encode(), v.encode()) for k, v in _HEADERS.items() if k.lower().encode() not in present),
    ]


def _page(body: bytes, start: Message, scope: Scope) -> tuple[bytes, Message]:
    """Body and start message of Streamlit's HTML as this program serves it."""
    text = body.decode("utf-8")
    root = scope.get("root_path", "").rstrip("/") + "/"
    own = ", ".join(_js_string(name) for name in sorted(words.PAGE_PARAMETERS))
    script = f"(function () {{\nconst ROOT = {_js_string(root)}, PAGE_PARAMETERS = [{own}];\n{_SCRIPT}}})();"
    text = text.replace('<html lang="en">', '<html lang="vi">', 1)
    text = text.replace("<title>Streamlit</title>", f"<title>{words.APP_NAME}</title>", 1)
    text = _NOSCRIPT.sub(f"<noscript><p>{NO_SCRIPT}</p></noscript>", text, count=1)
    text = text.replace("<head>", f"<head>\n    <script>{script}</script>", 1)
    body = text.encode("utf-8")
    headers = [(k, v) for k, v in start["headers"] if k.lower() not in (b"content-length", b"etag", b"last-modified")]
    headers.append((b"content-length", str(len(body)).encode()))
    headers.append((b"content-security-policy", _policy(text, scope).encode()))
    return body, {**start, "headers": headers}


def _js_string(text: str) -> str:
    return json.dumps(text).replace("<", "\\u003c")


def _policy(text: str, scope: Scope) -> str:
    hashes = " ".join(
        "'sha256-" + base64.b64encode(hashlib.sha256(code.encode()).digest()).decode() + "'"
        for code in _INLINE.findall(text)
    )
    host = next((v.decode("latin-1") for k, v in scope["headers"] if k == b"host"), "")
    sockets = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""  # 'self' does not cover sockets everywhere
    return (
        f"default-src 'self'; script-src 'self' blob: 'wasm-unsafe-eval' {hashes}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; media-src 'self' data: blob:; worker-src 'self' blob:; "
        f"connect-src 'self' blob: data:{sockets}; frame-src 'self' blob:; frame-ancestors 'self'; object-src 'none'; "
        "base-uri 'self'; form-action 'self'"
    )


# --- start, failure -----------------------------------------------------------------------------------------------


@asynccontextmanager
async def _lifespan(app: Any) -> AsyncIterator[None]:
    """Builds or opens the catalog before the first visitor comes, and tells on the console where the pages are."""
    try:
        await asyncio.to_thread(engine.get_engine)
    except Exception:
        log.exception("the catalog cannot be opened; the pages say so")
    # Until a first session has named the pages, Streamlit would take the files of pages/ for pages and tell the first
    # visitor of /van-ban that there is no such page.
    PagesManager.uses_pages_directory = False
    gc.collect()
    gc.freeze()  # what the start made stays; later collections need not look at it
    print(ready_line(), flush=True)
    yield


def ready_line() -> str:
    """What is printed when the pages can be opened."""
    address = config_of("server.address") or "127.0.0.1"
    host = "127.0.0.1" if address in ("0.0.0.0", "::") else address  # noqa: S104 - compared, not bound
    return f"Sẵn sàng. Mở trình duyệt tại http://{host}:{config_of('server.port')} (dừng: Ctrl+C)"


def config_of(option: str) -> Any:
    """A setting of the running server."""
    return st.get_option(option)


def on_script_error(error: BaseException) -> bool:
    """Tells the person what happened and what to do; the details go to the log. True: Streamlit shows nothing more."""
    code = secrets.token_hex(3)
    log.error("error %s on the page", code, exc_info=error)
    what = RELOAD_OR_CLEAR if st.session_state.get("bar_drawn") else RELOAD
    st.error(as_markdown(ERROR_TEXT.format(what=what, code=code)), title=ERROR_TITLE, icon=":material/error:")
    return True
