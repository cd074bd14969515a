// The text of a document, or a list: a press on a marked item opens it, selected words can become a new item.
// `data.html` was built and escaped by cchc/markup.py; every line carries in data-at where it begins in the text.
export default function (component) {
  const { parentElement, data, setTriggerValue } = component
  const root = parentElement.querySelector(".cchc-source")
  const add = parentElement.querySelector(".cchc-source-add")
  if (!root || !add) return

  if (root.dataset.version !== data.version) {
    root.innerHTML = data.html
    root.dataset.version = data.version
    add.textContent = data.add
    add.hidden = true
  }
  root.className = `cchc-source ${data.style}`
  root.setAttribute("aria-label", data.label)
  if (root.dataset.chosen !== data.chosen + data.version) {
    root.dataset.chosen = data.chosen + data.version
    let first = null
    for (const piece of root.querySelectorAll("[data-items]")) {
      const here = data.chosen !== "" && piece.dataset.items.split(" ").includes(data.chosen)
      piece.classList.toggle("cchc-here", here)
      if (here) first = first ?? piece
    }
    // Only the pane scrolls, and only to what is out of sight: the page stays where the reader put it. The list of files
    // does not: those that cannot be read stand first, and should be seen.
    const seen = first && first.getBoundingClientRect(), pane = root.getBoundingClientRect()
    const stays = root.classList.contains("cchc-lot")
    if (first && !stays && (seen.top < pane.top || seen.bottom > pane.bottom)) root.scrollTop += seen.top - pane.top - root.clientHeight / 3
  }

  // Where a place of the page stands in the text: the line's own place and the letters before it, labels left out.
  const place = (node, offset) => {
    const line = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-at]")
    if (!line || !root.contains(line)) return null
    const range = document.createRange()
    range.setStart(line, 0)
    range.setEnd(node, offset)
    const before = range.cloneContents()
    for (const label of before.querySelectorAll(".cchc-tag")) label.remove()
    return Number(line.dataset.at) + Array.from(before.textContent).length
  }
  const chosen = () => {
    const selection = window.getSelection()
    if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null
    const range = selection.getRangeAt(0)
    if (!root.contains(range.startContainer) || !root.contains(range.endContainer)) return null
    const start = place(range.startContainer, range.startOffset)
    const end = place(range.endContainer, range.endOffset)
    return start === null || end === null || end <= start ? null : { start, end }
  }

  root.onclick = (event) => {
    const item = event.target.closest("[data-item]")
    if (!item || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    if (!chosen()) setTriggerValue("opened", item.dataset.item)
  }
  root.onmouseup = root.onkeyup = root.ontouchend = () => {
    // The selection is whole only after this event.
    requestAnimationFrame(() => { add.hidden = !data.may_add || chosen() === null })
  }
  add.onmousedown = (event) => event.preventDefault() // keeps the selection
  add.onclick = () => {
    const span = chosen()
    add.hidden = true
    if (span) setTriggerValue("selected", span)
  }
}
