// Part of every page (put in by cchc/server.py, with ROOT and PAGE_PARAMETERS before it).
// Streamlit's script is told where the server is, else it first looks below the page's own address and reports errors.
window.__streamlit = { BACKEND_BASE_URL: window.location.origin + ROOT };

// Calendars speak the browser's language, which on an office machine is often English; the pages speak Vietnamese.
Object.defineProperty(navigator, "language", { configurable: true, get: () => "vi-VN" });

// Links between pages stay in the session: no reload, and the address is all that changes. Streamlit follows the
// address as it does for the browser's back button. Links of the navigation carry the filters of the address along.
document.addEventListener("click", function (event) {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element && event.target.closest("a[href]");
  if (!link || link.hasAttribute("download") || link.origin !== window.location.origin) return;
  const own = link.closest(".stHtml") !== null;
  const navigation = link.closest("header, [data-testid=stSidebarNav]") !== null;
  if (!own && !navigation) return;
  const target = new URL(link.href);
  if (own && target.hash && target.pathname === window.location.pathname) return;
  if (navigation && !target.search) {
    const query = new URLSearchParams(window.location.search);
    for (const name of PAGE_PARAMETERS) query.delete(name);
    target.search = query.toString();
  }
  event.preventDefault();
  event.stopPropagation();
  window.history.pushState({}, "", target);
  window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
}, true);

// A cell of a grid reaches the server only some moments after it was closed (Streamlit waits 150 ms for more), so a press
// on «Lưu», Ctrl+S or a way to another view would go before it and what was typed last would be lost. Such a press closes
// the cell that is open, and is done when everything typed has been sent and the server's run of it has ended.
const SENT = 400;  // ms after the last touch of a grid in which nothing was changed
const LONGEST = 4000;  // ms that a press waits for what was changed: then it was as before, and nothing is sent
const RUN = 30000;  // ms that a press waits for the run
const GRID = "[data-testid=stDataFrame], #portal";
const EDITOR = "#portal textarea, #portal input";
const PRESSED = "button, a[href], label, input[type=radio], [role=radio], [role=tab], [role=option]";
let touched = -Infinity, unsent = false, sent = false;
const isOpen = () => document.querySelector(EDITOR) !== null;
const runs = () => document.querySelector("[data-testid=stApp]")?.dataset.testScriptState !== "notRunning";
for (const kind of ["keydown", "input", "paste", "pointerdown", "pointerup"]) {
  window.addEventListener(kind, function (event) {
    const inGrid = event.target instanceof Element && event.target.closest(GRID) !== null;
    // A press beside an open cell closes it, before the click comes.
    if (inGrid || (kind === "pointerdown" && isOpen())) touched = performance.now();
    if (!inGrid) return;
    if (kind === "input" || kind === "paste" || event.key === "Delete" || event.key === "Backspace") unsent = true;
    if (event.key === "Escape" && isOpen()) unsent = false;
  }, true);
}
// What is sent while no cell is open holds all that was changed. On a slow machine that comes long after the cell closed.
const send = WebSocket.prototype.send;
WebSocket.prototype.send = function () {
  if (!isOpen()) {
    sent ||= unsent;
    unsent = false;
  }
  return send.apply(this, arguments);
};
// After each key the grid looks, in a timer, whether the cell was told to close, and then closes it: with its content only
// when that key was Enter or Tab itself. So Enter and Tab go to it when the timers of the keys before have run, and no key
// between.
let keys = 0, closing = null;
window.addEventListener("keydown", function (event) {
  if (!event.isTrusted || event.isComposing || !(event.target instanceof Element) || !event.target.matches(EDITOR)) return;
  const finishes = keys > 0 && (event.key === "Enter" || event.key === "Tab");
  if (finishes || event.target === closing) {
    event.preventDefault();
    event.stopPropagation();
    if (finishes) pressKey(event.target, event);
    return;
  }
  keys += 1;
  window.setTimeout(() => window.setTimeout(() => { keys -= 1; }, 0), 0);  // the first is set before that of the grid
}, true);
function pressKey(cell, { key, code, keyCode, shiftKey }) {
  if (cell === closing) return;
  closing = cell;
  window.setTimeout(function () {
    closing = null;
    cell.dispatchEvent(new KeyboardEvent("keydown", { key, code, keyCode, shiftKey, bubbles: true, cancelable: true }));
  }, 0);
}
function closeCell() {
  const cell = document.querySelector(EDITOR);
  if (!cell) return;
  touched = performance.now();
  pressKey(cell, { key: "Enter", code: "Enter", keyCode: 13, shiftKey: false });
}
// Whether the press has to wait; `press` is done afterwards, those that wait in their order. The same one again (`what`)
// is one press.
const waiting = new Map();
function waits(what, press) {
  closeCell();
  const rest = function () {
    if (!unsent && !runs()) sent = false;
    return (unsent ? LONGEST : sent ? RUN : SENT) - (performance.now() - touched);
  };
  if (rest() <= 0 && waiting.size === 0) return false;
  waiting.set(what, press);
  if (waiting.size > 1) return true;
  const timer = window.setInterval(function () {
    if (rest() > 0) return;
    window.clearInterval(timer);
    touched = -Infinity;
    unsent = sent = false;
    const presses = [...waiting.values()];
    waiting.clear();
    for (const each of presses) each();
  }, 50);
  return true;
}
// A way to what is pressed that also holds when it was drawn anew meanwhile: by the key of its part of the page.
function found(target) {
  const part = target.closest("[class*=st-key-]");
  const key = part && [...part.classList].find((name) => name.startsWith("st-key-"));
  const at = part ? [...part.querySelectorAll(target.tagName)].indexOf(target) : -1;
  return () => target.isConnected || at < 0 ? target
    : document.querySelectorAll(`.${CSS.escape(key)} ${target.tagName}`)[at];
}
window.addEventListener("click", function (event) {
  if (!(event.target instanceof Element) || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const target = event.target.closest(PRESSED);
  if (!target || target.closest(GRID) || !document.querySelector(GRID.split(",")[0])) return;
  const again = found(target);
  if (waits(target, () => again()?.click())) { event.preventDefault(); event.stopImmediatePropagation(); }
}, true);
window.addEventListener("keydown", function (event) {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
  const save = document.querySelector(".st-key-update_save button");
  if (!save) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!waits(save, () => document.querySelector(".st-key-update_save button")?.click())) save.click();
}, true);

// Charts are as wide as the window they were drawn for; on paper they are made as wide as the sheet (A4, style.css).
const SHEET = 700;  // px between its margins
window.addEventListener("beforeprint", function () {
  const main = document.querySelector("[data-testid=stMainBlockContainer]");
  if (!main) return;
  const edges = getComputedStyle(main);
  const width = main.clientWidth - parseFloat(edges.paddingLeft) - parseFloat(edges.paddingRight);
  const scale = Math.min(1, SHEET / width);
  for (const chart of document.querySelectorAll(".stElementContainer:has(.js-plotly-plot)")) {
    chart.style.setProperty("--cchc-paper", String(scale));
    chart.style.setProperty("--cchc-paper-height", `${chart.offsetHeight * scale}px`);
  }
});

// The sentence (on the page of scores: the sum) an address leads to comes into sight when it is drawn (Streamlit may draw it twice), and is then left
// alone, so that reading on is not disturbed.
let drawn = null;
function toSentence() {
  const here = document.getElementById("cau-goc") || document.getElementById("vi-sao");
  if (!here || here === drawn || here.getClientRects().length === 0) return;
  drawn = here;
  const box = here.closest(".cchc-text");
  if (box && box.scrollHeight > box.clientHeight + 1) {
    box.scrollTop += here.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
  } else {
    here.scrollIntoView({ block: "center" });
  }
}
new MutationObserver(function () { window.requestAnimationFrame(toSentence); })
  .observe(document.documentElement, { childList: true, subtree: true });

// Charts are laid out for the width of the window: Python learns it from this cookie when the session begins.
const tellWidth = () => { document.cookie = `cchc_width=${window.innerWidth}; path=${ROOT}; SameSite=Strict`; };
window.addEventListener("resize", tellWidth);
tellWidth();

// Streamlit's own few words in Vietnamese. Only what stands here word for word is replaced, nothing of the documents:
// what the pages build themselves (.stHtml) and charts are left alone.
const VIETNAMESE = new Map(Object.entries({
  "No results": "Không có lựa chọn nào khớp",
  "Skip to main content": "Đến nội dung chính",
  "Sidebar": "Bộ lọc",
  "Collapse sidebar": "Thu gọn bộ lọc",
  "Expand sidebar": "Mở bộ lọc",
  "App pages": "Các trang",
  "Pagination": "Chia trang",
  "Previous page": "Trang trước",
  "Next page": "Trang sau",
  "Open": "Mở danh sách",
  "Clear all": "Bỏ tất cả",
  "Clear value": "Bỏ giá trị",
  "Selected values": "Các giá trị đã chọn",
  "Choose date": "Chọn ngày",
  "Clear date": "Xóa ngày",
  "file upload": "Chọn tệp",
  "Previous month": "Tháng trước",
  "Next month": "Tháng sau",
  "month": "tháng",
  "year": "năm",
  "Dismiss": "Đóng",
  "Close": "Đóng",
  "Choose an option": "Chọn",
  "Use arrow keys to navigate dates. Enter to select. Escape to close.":
    "Dùng phím mũi tên để chuyển ngày, Enter để chọn, Escape để đóng.",
  "Next": "Sau",
  "Sort ascending": "Xếp tăng dần",
  "Sort descending": "Xếp giảm dần",
  "Autosize": "Rộng vừa nội dung",
  "Pin column": "Giữ cột bên trái",
  "Unpin column": "Thôi giữ cột",
  "Hide column": "Ẩn cột",
  "Copy column name": "Chép tên cột",
  "Connecting...": "Đang kết nối ...",
  "Stop": "Dừng",
  "Running...": "Đang xử lý ...",
  "Print": "In",
  "Settings": "Cài đặt",
  "Light": "Nền sáng",
  "Dark": "Nền tối",
  "System": "Theo máy",
  "Connection error": "Mất kết nối với máy chủ",
  "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:":
    "Máy chủ chưa trả lời. Số liệu không bị ảnh hưởng; trang tự kết nối lại khi máy chủ chạy lại.",
  "Streamlit server is not responding. Are you connected to the internet?":
    "Máy chủ chưa trả lời. Số liệu không bị ảnh hưởng; trang tự kết nối lại khi máy chủ chạy lại.",
  "Page not found": "Không có trang này",
  "The page that you have requested does not seem to exist. Running the app's main page.":
    "Địa chỉ này không dẫn đến trang nào, nên trang Tổng quan được mở.",
}));
// What Streamlit puts before a name, in the same places.
const BEFORE = [
  ["Remove ", "Bỏ tệp "], ["Help for ", "Giải thích: "], ["Shortcut ", "Phím tắt: "], ["Choose date, ", "Chọn ngày, "],
  ["day, ", "ngày, "], ["month, ", "tháng, "], ["year, ", "năm, "], ["Today, ", "Hôm nay, "],
];
const NAMED = ["aria-label", "title", "placeholder"];

// Vietnamese for the value of an attribute; undefined when it is none of Streamlit's.
function named(value) {
  if (!value) return undefined;
  const before = BEFORE.find(([english]) => value.startsWith(english));
  return VIETNAMESE.get(value) || (before && before[1] + value.slice(before[0].length));
}

function translate(node) {
  if (node.nodeType === Node.TEXT_NODE) {
    const said = node.nodeValue.trim();
    const word = VIETNAMESE.get(said) || (/^\d+ more$/.test(said) && `${parseInt(said)} trang nữa`)
      || (/^(Error: )?File must be [\d.]+MB or smaller\.$/.test(said) && `Tệp lớn hơn ${parseFloat(said.match(/[\d.]+/)[0])} MB`);
    if (word && !node.parentElement.closest(".stHtml, svg")) node.nodeValue = word;
    return;
  }
  if (node.nodeType !== Node.ELEMENT_NODE || node.closest(".stHtml, svg")) return;
  for (const name of NAMED) {
    const word = named(node.getAttribute(name));
    if (word) node.setAttribute(name, word);
  }
  for (const child of node.childNodes) translate(child);
}
new MutationObserver(function (changes) {
  for (const change of changes) {
    if (change.type === "attributes") {
      const word = named(change.target.getAttribute(change.attributeName));
      if (word) change.target.setAttribute(change.attributeName, word);
    } else if (change.type === "characterData") {
      translate(change.target);
    } else {
      change.addedNodes.forEach(translate);
    }
  }
}).observe(document.documentElement, {
  childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: NAMED,
});
