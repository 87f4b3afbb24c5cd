// A person's own plan: in this page's memory and nowhere else, one tap away at its foot until Leave, the end, or a new page.

const plans = new Map();
let button = null;

const sheet = () => document.getElementById("my-plan");
const forget = () => plans.clear();

/** The plan of a step, as [id, label, words]; of all steps together without one. */
export const kept = (step) => (step === undefined ? [...plans.values()].flat() : (plans.get(step) ?? []));

/** Keep a step's plan as it is now; one without a word is none. */
export function keep(step, plan) {
  plans.set(step, plan.filter(([, , words]) => words));
  const lines = kept();
  if (lines.length && !button?.isConnected) offer();
  if (button) button.hidden = !lines.length;
  const parts = lines.flatMap(([, label, words]) => [made("dt", label), made("dd", words)]);
  sheet()?.querySelector("[data-lines]").replaceChildren(...parts);
}

/** Sheets of paper lie at the end of the page, where no step takes them away; there is one set of them at most. */
export function lay(sheets) {
  const there = document.querySelector("body > [data-sheets]");
  if (there) sheets?.remove();
  else document.body.append(sheets);
  return there ?? sheets;
}

function offer() {
  button = Object.assign(made("button", sheet().querySelector("h2").textContent), { type: "button", className: "button text" });
  button.addEventListener("click", () => sheet().showModal());
  document.querySelector(".foot").append(button);
}

function made(tag, words) {
  return Object.assign(document.createElement(tag), { textContent: words });
}

document.addEventListener("leave", forget);
addEventListener("pagehide", forget);
