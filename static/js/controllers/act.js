// A control of the console: posts its form and shows the controls that come back.
import { post } from "../net.js";
import { parse, put } from "../regions.js";

export function connect(form) {
  let sent = null; // a second press before the answer is not a second wish, unless the room has moved on meanwhile

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const mark = form.elements.mark?.value ?? "";
    if (sent === mark) return;
    sent = mark;
    const button = event.submitter ?? form.querySelector("button");
    button?.setAttribute("aria-busy", "true");
    const fields = new FormData(form);
    if (event.submitter?.name) fields.set(event.submitter.name, event.submitter.value);
    const reply = await post(form.getAttribute("action"), fields).catch(() => null); // a field may be called `action`
    if (sent === mark) sent = null;
    button?.removeAttribute("aria-busy");
    if (!reply) return document.dispatchEvent(new CustomEvent("link", { detail: "offline" }));
    const regions = parse(reply.text);
    if (reply.redirected || !regions.length) location.assign(reply.redirected ? reply.url : location.pathname);
    else regions.forEach((region) => put(region, { again: true }));
  });
}
