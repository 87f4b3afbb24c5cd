// Before a room is opened: says what follows from the answers as soon as one changes.
import { post } from "../net.js";
import { parse, put } from "../regions.js";

export function connect(form) {
  let asked = 0;
  let plain = false;

  async function look() {
    const mine = ++asked;
    const fields = new FormData(form);
    fields.set("look", "1");
    const reply = await post(form.getAttribute("action"), fields).catch(() => null);
    if (mine !== asked) return true; // a later answer is on its way
    const [region] = reply ? parse(reply.text) : [];
    if (region) put(region, { again: true });
    return Boolean(region);
  }

  form.addEventListener("change", look);
  form.addEventListener("submit", async (event) => {
    const { submitter } = event;
    if (submitter?.name !== "look" || plain) return;
    event.preventDefault();
    plain = !(await look());
    if (plain) form.requestSubmit(submitter); // as without any script
  });
}
