// Pass: the same way as an answer and the same bytes; with no question open there is nothing to send.
import { note } from "../note.js";
import { send } from "../outbox.js";

// Where partners are dealt, whoever passes would rather have none.
const alone = () => [...document.querySelectorAll("[data-pass]")].find((one) => one.offsetParent);

export function connect(form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { question, state } = document.getElementById("stage").dataset;
    const bucket = Number(document.querySelector("[data-form]")?.dataset.bucket) || 256;
    const report = (_, sentence = "") => note(sentence);
    if (question && (state === "open" || state === "closing")) send(question, [["pass", "1"]], bucket, report);
    else (alone() ?? { click: () => note(form.dataset.passed) }).click();
  });
}
