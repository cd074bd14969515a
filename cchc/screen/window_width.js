// Tells Python when the window gets into another class of width (cchc/screen/controls.py) than charts were laid out for.
export default function ({ data, setStateValue }) {
  const place = () => (window.innerWidth < data.medium ? "narrow" : window.innerWidth < data.wide ? "medium" : "wide")
  let told = data.told
  let waiting = 0
  const tell = () => {
    const now = place()
    if (now === told) return
    told = now
    setStateValue("place", now)
  }
  const later = () => {
    window.clearTimeout(waiting)
    waiting = window.setTimeout(tell, 300) // not while a hand still drags the window's edge
  }
  window.addEventListener("resize", later)
  tell()
  return () => {
    window.clearTimeout(waiting)
    window.removeEventListener("resize", later)
  }
}
