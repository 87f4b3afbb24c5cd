// A small plan. What is written stays in this page: starters fill it, sheets show it, and nothing here sends anything.
import { onceGone } from "../gone.js";
import { keep, kept, lay } from "../keepsake.js";
import { save } from "../picture.js";

export function connect(plan) {
  const part = (name) => plan.querySelector(`[data-${name}]`);
  const blanks = [...plan.querySelectorAll("[data-blank]")];
  const { step } = document.getElementById("stage").dataset;
  const sheets = lay(part("sheets"));

  const words = ({ value }) => value.trim().replace(/\s+/g, " ");
  const written = () => blanks.map((blank) => [blank.dataset.blank, blank.dataset.label, words(blank)]);

  function settle() {
    keep(step, written());
    part("home").hidden = !kept(step).length;
  }

  function fill(given) {
    for (const blank of blanks) blank.value = given[blank.dataset.blank] ?? blank.value;
    settle();
  }

  // The list folds up again, so that what it filled in is in sight.
  function start(given) {
    fill(given);
    part("starters").open = false;
    part("starters").querySelector("summary").focus();
  }

  function act({ target }) {
    const { fill: starter, remember, open } = target.closest("button")?.dataset ?? {};
    if (starter) start(JSON.parse(starter));
    if (remember) part("said").textContent = remember;
    if (open) document.getElementById(open).showModal();
  }

  function sure({ target: { name, value } }) {
    if (name !== "sure") return;
    const { small } = plan.querySelector("[data-small]").dataset;
    const line = part("smaller");
    line.textContent = Number(value) < Number(small) ? line.dataset.smaller : "";
  }

  plan.addEventListener("input", settle);
  plan.addEventListener("change", sure);
  plan.addEventListener("click", act);
  if (!sheets.dataset.ready) ready(sheets);
  part("starters")?.removeAttribute("hidden");
  fill(Object.fromEntries(kept(step).map(([id, , text]) => [id, text])));
  onceGone(plan, () => {
    plan.querySelectorAll("textarea").forEach((field) => (field.value = ""));
    plan.querySelectorAll("[name=sure]").forEach((point) => (point.checked = false));
  });
}

// Sheets outlive the step, so what is on them works by itself.
function ready(sheets) {
  sheets.dataset.ready = "";
  sheets.addEventListener("click", ({ target }) => {
    const { open, close, picture } = target.closest("button")?.dataset ?? {};
    if (open) document.getElementById(open).showModal();
    if (picture !== undefined) save(kept().map(sentence));
    if (close !== undefined || picture !== undefined) target.closest("dialog").close();
  });
}

// "When ..." opens a sentence; any other label stands before a colon.
function sentence([, label, words]) {
  const opening = label.replace(/[\s.…]+$/, "");
  return opening === label ? `${label}: ${words}` : `${opening} ${words}`;
}
