// Sharing is a choice: there is nothing to send until the box is ticked, and then one part of the plan, in sight.
import { note } from "../note.js";
import { send } from "../outbox.js";

export function connect(form) {
  const part = (name) => form.querySelector(`[data-${name}]`);
  const wish = part("wish");
  const field = form.querySelector("textarea, input[type=text]");

  function settle() {
    form.dataset.share = wish.checked ? "on" : "off";
    field.value = wish.checked ? document.getElementById(wish.dataset.wish).value.trim() : "";
    field.dispatchEvent(new Event("input"));
  }

  // To keep it is an answer too: a pass, the same bytes as a text, so nobody can tell who shares.
  function keep() {
    const { question } = document.getElementById("stage").dataset;
    send(question, [["pass", "1"]], Number(form.dataset.bucket), (state, sentence = "") => {
      note(sentence);
      if (state === "saved") document.getElementById("mine")?.focus(); // the button is hidden now
    });
  }

  wish.addEventListener("change", settle);
  form.addEventListener("forgotten", settle);
  part("keep-it").addEventListener("click", keep);
  for (const name of ["offer", "keep-it"]) part(name).hidden = false;
  part("plain").hidden = true;
  wish.checked ||= field.value !== ""; // written before this script had come
  form.dataset.share = wish.checked ? "on" : "off";
}
