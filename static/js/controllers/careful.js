// Before a text leaves the phone: asks when it may show who somebody is. The phone asks; it never forbids.
import { given } from "../given.js";

const TELLING = [
  /[^\s@]+@[^\s@]+\.\w{2,}/,
  /(^|\s)@\w{2,}/,
  /\b(https?:\/\/|www\.)\S+/i,
  /(?:\d[\s().-]?){7,}/,
  /\b(my name is|i am called|i'm called)\b/i,
  /\b\p{Lu}\w+ (street|road|lane|avenue|square) \d+|\d+ \p{Lu}\w+ (street|road|lane|avenue|square)\b/iu,
];

export function connect(form) {
  const ask = form.querySelector("[data-careful]");
  const fields = [...form.querySelectorAll("textarea, input[type=text]")];
  let agreed = "";

  const written = () => fields.map((field) => field.value).join("\n");

  form.addEventListener("submit", (event) => {
    const text = written();
    const error = form.querySelector("[data-error]");
    const telling = text !== agreed && TELLING.some((pattern) => pattern.test(text.normalize("NFKC")));
    error.textContent = given(form) ? "" : form.dataset.nothing;
    ask.hidden = !telling;
    if (telling) ask.querySelector("button").focus();
    if (telling || !given(form)) event.preventDefault();
  });

  ask.addEventListener("click", ({ target }) => {
    if (!target.closest("button")) return;
    ask.hidden = true;
    if (!target.closest("[data-anyway]")) return fields[0].focus();
    agreed = written();
    form.requestSubmit();
  });
}
