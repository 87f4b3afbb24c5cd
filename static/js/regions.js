// Puts a region that the server drew into the page: never an older one over a newer, never over half-typed text.
import { Idiomorph } from "../vendor/idiomorph.js";

const FIELDS = "input, textarea, select";
const topic = ({ dataset }) => `${dataset.question ?? ""} ${dataset.step ?? ""}`;
const heading = (region) => region.querySelector("h1")?.textContent.trim() ?? "";
let shelf = null;

/** The regions in a piece of HTML, the stage before what this phone alone has to say about it. */
export function parse(html) {
  return [...new DOMParser().parseFromString(html, "text/html").querySelectorAll("[data-region]")].reverse();
}

/** Show a region. `again`: also when its version is the one shown, because somebody here asked for it. */
export function put(fresh, { again = false } = {}) {
  const shown = document.getElementById(fresh.id);
  if (!shown || Number(fresh.dataset.v) < Number(shown.dataset.v)) return;
  if (fresh.id === "mine") putMine(shown, fresh, again);
  else if (again || fresh.dataset.v === undefined || fresh.dataset.v !== shown.dataset.v) draw(shown, fresh);
}

function draw(shown, fresh) {
  const before = heading(shown);
  const focused = shown.contains(document.activeElement);
  const another = topic(shown) !== topic(fresh) || pausing(shown, fresh);
  const ignoreActiveValue = document.activeElement?.matches(FIELDS); // of a focused heading or button it would keep the old words
  if (another) shown.replaceWith(fresh);
  else Idiomorph.morph(shown, fresh, { morphStyle: "outerHTML", ignoreActiveValue, callbacks: kept });
  const region = document.getElementById(fresh.id);
  if (region.id === "stage") arrive(region, before);
  if (another && focused) region.querySelector("h1")?.focus();
  if (focused && document.activeElement === document.body) region.querySelector("[data-primary]")?.focus();
  region.dispatchEvent(new Event("swapped", { bubbles: true }));
}

// A pause takes the form away; what was half written comes back with it. In memory alone, and for the same question.
// Where more than the form is a person's own, all of it lies on the shelf.
const SHELVED = "[data-shelf], [data-form]";

function pausing(shown, fresh) {
  const form = shown.querySelector(SHELVED);
  const paused = fresh.dataset.state === "paused";
  if (paused && form) shelf = form;
  if (paused) return form !== null;
  const place = shelf && topic(shown) === topic(fresh) ? fresh.querySelector(SHELVED) : null;
  place?.replaceWith(shelf);
  shelf = null;
  return place !== null;
}

// What a person has typed, chosen, unfolded or folded here is theirs: idiomorph would set it to what the server knows.
const kept = {
  beforeNodeMorphed(old, fresh) {
    if (old.nodeType !== Node.ELEMENT_NODE || fresh.nodeType !== Node.ELEMENT_NODE) return true;
    if (old.matches("details, dialog")) fresh.toggleAttribute("open", old.open);
    if (old.matches(FIELDS) && old.type !== "hidden") keepValue(old, fresh);
    return !old.hasAttribute("data-own");
  },
  beforeAttributeUpdated(name, node) {
    return !node.dataset.keep?.split(" ").includes(name);
  },
};

function keepValue(old, fresh) {
  if (old.type === "checkbox" || old.type === "radio") fresh.toggleAttribute("checked", old.checked);
  else if (old.matches("input")) fresh.setAttribute("value", old.value);
  else fresh.value = old.value;
}

function arrive(stage, before) {
  const mine = document.getElementById("mine");
  const { question = "" } = stage.dataset;
  if (mine && (mine.dataset.question !== question || (mine.dataset.step ?? stage.dataset.step) !== stage.dataset.step)) {
    Object.assign(mine.dataset, { question, state: "none", next: "1" });
    for (const name of ["step", "group", "how", "place", "size"]) delete mine.dataset[name];
    mine.replaceChildren();
  }
  const title = heading(stage);
  const voice = document.querySelector("[data-voice]");
  if (voice && title !== before) voice.textContent = title;
}

function putMine(shown, fresh, again) {
  const stage = document.getElementById("stage");
  if (stage && (fresh.dataset.question ?? "") !== (stage.dataset.question ?? "")) return; // about a question that is over
  if (shown.hasAttribute("data-changing") && !again) shown.dataset.next = fresh.dataset.next;
  else if (!shown.isEqualNode(fresh)) drawMine(shown, fresh);
}

function drawMine(shown, fresh) {
  const said = (region) => [...region.querySelectorAll("[data-say]")].map((one) => one.textContent.trim()).join(". ");
  const before = said(shown);
  const near = document.activeElement?.closest("#mine, [data-partners]");
  Idiomorph.morph(shown, fresh, { morphStyle: "outerHTML", callbacks: kept });
  const region = document.getElementById("mine");
  const voice = document.querySelector("[data-voice]");
  if (voice && said(region) !== before) voice.textContent = said(region);
  region.dispatchEvent(new Event("swapped", { bubbles: true }));
  if (near && !document.activeElement?.offsetParent) region.focus();
}
