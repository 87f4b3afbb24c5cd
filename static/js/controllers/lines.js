// One line at a time. A tap on a place goes on by itself; the keyboard goes on when it says so, by Enter or Next.
import { shuffle } from "../shuffle.js";

const SEEN = 250; // milliseconds in which somebody sees what they have chosen
const placed = new Map(); // what was chosen here, in case the facilitator swaps a line meanwhile

export function connect(box) {
  const form = box.closest("form");
  const question = document.getElementById("stage").dataset.question;
  const error = form.querySelector("[data-error]");
  const [back, next] = box.querySelectorAll("[data-by]");
  const name = (line) => line.querySelector("input").name;
  const chosen = (line) => [...line.querySelectorAll("input")].every((one) => line.querySelector(`[name="${one.name}"]:checked`));
  let lines = [...box.querySelectorAll(":scope > fieldset")];
  let at = 0;
  let later = 0;

  function show(index, { focus = true } = {}) {
    clearTimeout(later);
    at = index;
    lines.forEach((line, i) => (line.hidden = i !== at));
    back.hidden = at === 0;
    next.hidden = at === lines.length - 1;
    error.textContent = "";
    if (focus) lines[at].querySelector("legend").focus();
  }

  const settle = () => box.toggleAttribute("data-left", !lines.every(chosen));

  function goOn(index) {
    if (chosen(lines[at])) show(index);
    else error.textContent = form.dataset.nothing;
  }

  function tapped() {
    if (chosen(lines[at]) && at < lines.length - 1) show(at + 1);
    else if (!box.hasAttribute("data-left")) form.querySelector("button:not([type])").scrollIntoView({ block: "nearest" });
  }

  box.addEventListener("change", ({ target }) => {
    placed.set(`${question} ${target.name}`, target.value);
    error.textContent = "";
    settle();
  });

  box.addEventListener("click", ({ detail, target }) => {
    const by = Number(target.closest("[data-by]")?.dataset.by);
    if (by < 0) show(at - 1);
    else if (by > 0) goOn(at + 1);
    else if (detail > 0 && target.closest(".choice")) {
      clearTimeout(later);
      later = setTimeout(tapped, SEEN);
    }
  });

  form.addEventListener("submit", (event) => {
    if (!box.isConnected || !box.hasAttribute("data-left")) return;
    event.preventDefault();
    goOn(lines.findIndex((line) => !chosen(line)));
  }, true);

  form.addEventListener("forgotten", () => {
    placed.clear();
    settle();
    show(0, { focus: false });
  });

  if (box.dataset.order !== "as_written") lines = shuffle(question, lines, name);
  lines.forEach((line, i) => {
    line.querySelector("small").textContent = box.dataset.count.replace("{n}", i + 1).replace("{all}", lines.length);
    for (const way of line.querySelectorAll("input")) way.checked ||= way.value === placed.get(`${question} ${way.name}`);
  });
  back.parentElement.hidden = false;
  settle();
  show(Math.max(0, lines.findIndex((line) => !chosen(line))), { focus: false });
}
