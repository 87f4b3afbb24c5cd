// The buttons of a reading: says on this phone what was chosen, and confirms the interruption page where it is one.
import { post } from "../net.js";

export function connect(form) {
  const done = form.querySelector("[data-done]");

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { value } = event.submitter;
    const fields = new FormData(form);
    fields.set("as", value);
    done.textContent = value === "watch" ? form.dataset.watching : form.dataset.waiting;
    const reply = await post("/w/ready", fields).catch(() => null);
    if (reply?.ok) document.body.dataset.confirmed = `${document.body.dataset.confirmed ?? ""} ${fields.get("cover")}`.trim();
  });
}
