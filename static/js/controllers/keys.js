// The presenter's keys and clickers. Forward and back go to the console, where this browser is signed in as its facilitator.
import { post } from "../net.js";

const dialog = (id) => document.getElementById(id);

function toggle(id) {
  if (dialog(id).open) dialog(id).close();
  else dialog(id).showModal();
}

async function press(page, verb) {
  if (!page.dataset.console) return;
  const { mark = "" } = document.getElementById("stage").dataset;
  await post(`${page.dataset.console}/${verb}`, [["mark", mark]]).catch(() => null);
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
  F5: fullscreen, q: () => toggle("qr"), "?": () => toggle("keys"), Escape: quit,
};

export function connect(page) {
  document.addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, altKey, repeat } = event;
    const act = KEYS[key.length === 1 ? key.toLowerCase() : key];
    if (!act || ctrlKey || metaKey || altKey || event.target.closest?.("a, button")) return;
    event.preventDefault();
    if (!repeat) act(page);
  });
}
