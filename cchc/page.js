// Part of every page (put in by cchc/server.py, with ROOT and PAGE_PARAMETERS before it).
// Streamlit's script is told where the server is, else it first looks below the page's own address and reports errors.
window.__streamlit = { BACKEND_BASE_URL: window.location.origin + ROOT };

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
