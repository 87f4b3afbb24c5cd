// An answer form: sends without leaving the page, says what is happening, and forgets the choice once it is stored.
import { note } from "../note.js";
import { send } from "../outbox.js";

const LATE = 8_000; // long enough to read, though the next question is there already
const OWN = new Set(["step", "round", "phase", "rev", "pad"]);

export function connect(form) {
  const saving = form.querySelector("[data-saving]");
  const error = form.querySelector("[data-error]");

  function report(state, sentence = "") {
    saving.textContent = { saving: saving.dataset.saving, waiting: saving.dataset.waiting }[state] ?? "";
    if (state === "late" || !form.isConnected) note(sentence, LATE);
    else error.textContent = sentence;
    if (state === "saved") forget();
  }

  function forget() {
    const focused = form.contains(document.activeElement);
    form.reset();
    form.dispatchEvent(new Event("forgotten"));
    if (focused) document.getElementById("mine")?.focus();
  }

  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return; // another controller has something to ask first
    event.preventDefault();
    const { name, value } = event.submitter ?? {};
    const fields = [...new FormData(form)].filter(([key]) => !OWN.has(key));
    if (name) fields.push([name, value]);
    send(document.getElementById("stage").dataset.question, fields, Number(form.dataset.bucket) || 256, report);
  });
}
