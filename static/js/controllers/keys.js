// The presenter's keys and clickers. Forward and back go to the console, where this browser is signed in as its facilitator.
import { post } from "../net.js";

const HASTE = 400; // a second press so soon is not meant for what has come meanwhile
let pressed = -HASTE;
let asked = null; // what the room stood at when a press was held back: few have answered, or texts are unread

const part = (id) => document.getElementById(id);

// In the lobby the code stands there anyway, and has no dialog.
function toggle(id) {
  if (part(id)?.open) part(id).close();
  else part(id)?.showModal();
}

async function press(page, verb) {
  const hasty = performance.now() - pressed < HASTE;
  pressed = performance.now();
  if (hasty || !page.dataset.console) return;
  const { mark = "", state } = document.getElementById("stage").dataset;
  const sure = asked === mark ? [["sure", "1"]] : [];
  const reply = await post(`${page.dataset.console}/${verb}`, [["mark", mark], ...sure]).catch(() => null);
  asked = reply?.status === 409 && ["open", "closed"].includes(state) ? mark : null;
  part("once-more").hidden = asked === null;
}

const forward = (page) => press(page, "forward");
const back = (page) => press(page, "back");
const blank = (page) => page.toggleAttribute("data-blank");
const quit = (page) => {
  page.removeAttribute("data-blank");
  document.querySelectorAll("dialog[open]").forEach((one) => one.close());
};

function fullscreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.().catch(() => {});
}

const KEYS = {
  ArrowRight: forward, PageDown: forward, " ": forward, ArrowLeft: back, PageUp: back, b: blank, ".": blank, f: fullscreen,
  F5: fullscreen, q: () => toggle("qr"), c: () => part("chime").click(), "?": () => toggle("keys"), Escape: quit,
};

export function connect(page) {
  document.addEventListener("swapped", ({ target }) => {
    if (target.id === "stage") part("once-more").hidden = asked !== target.dataset.mark;
  });
  document.addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, altKey, repeat } = event;
    const act = KEYS[key.length === 1 ? key.toLowerCase() : key];
    if (!act || ctrlKey || metaKey || altKey || event.target.closest?.("a, button")) return;
    event.preventDefault();
    if (!repeat) act(page);
  });
}
