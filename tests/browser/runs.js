// Part of every page under test, before anything of its own: which run of the script the page has asked for, and whether
// the server has told its end. What Streamlit shows of it (data-test-script-state) still says «notRunning» between the
// click and the answer. Messages are protocol buffers: a field's number and kind stand before its value.
(({ NEW_SESSION, SCRIPT_FINISHED, EARLY, RERUN_SCRIPT }) => {
  const runs = (window.cchcRuns = { asked: 0, began: false, ended: false, still: 0 });
  const fields = (bytes) => {
    const found = new Map();
    let at = 0;
    const number = () => {
      let sum = 0, weight = 1, byte;
      do { byte = bytes[at++]; sum += (byte & 127) * weight; weight *= 128; } while (byte & 128);
      return sum;
    };
    while (at < bytes.length) {
      const key = number(), kind = key & 7;
      const value = kind === 0 ? number() : kind === 1 ? 8 : kind === 5 ? 4 : number();
      if (kind !== 0) at += value;
      found.set(key >>> 3, value);
    }
    return found;
  };
  const Plain = window.WebSocket;
  window.WebSocket = class extends Plain {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", ({data}) => {
        if (!(data instanceof ArrayBuffer)) return;
        const told = fields(new Uint8Array(data));
        if (told.has(NEW_SESSION)) runs.began = true;
        if (runs.began && told.has(SCRIPT_FINISHED) && told.get(SCRIPT_FINISHED) !== EARLY) runs.ended = true;
      });
    }
    send(data) {
      if (data instanceof Uint8Array && fields(data).has(RERUN_SCRIPT)) {
        runs.asked += 1;
        runs.began = runs.ended = false;
      }
      super.send(data);
    }
  };
})