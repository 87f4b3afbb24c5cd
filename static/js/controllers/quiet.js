// "I'd like a quiet word": sent to the facilitator only, and taken back as easily.
import { post } from "../net.js";

export function connect(form) {
  const parts = { ask: form.querySelector("[data-ask]"), sent: form.querySelector("[data-sent]") };
  const error = form.querySelector("[data-error]");

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const fields = new FormData(form);
    const undo = event.submitter?.name === "undo";
    if (undo) fields.set("undo", "1");
    const reply = await post("/w/flag", fields).catch(() => null);
    error.textContent = reply?.ok ? "" : reply?.text || form.dataset.lost;
    if (!reply?.ok) return;
    form.reset();
    parts.ask.hidden = !undo;
    parts.sent.hidden = undo;
    form.querySelector("[data-ask]:not([hidden]) button, [data-sent]:not([hidden]) button").focus();
  });
}
