// Before a text leaves the phone: asks when it may show who somebody is. The phone asks; it never forbids.
import { given } from "../given.js";
import { telling } from "../telling.js";

export function connect(form) {
  const ask = form.querySelector("[data-careful]");
  const fields = [...form.querySelectorAll("textarea, input[type=text]")];
  let agreed = "";

  const written = () => fields.map((field) => field.value).join("\n");

  form.addEventListener("submit", (event) => {
    const text = written();
    const error = form.querySelector("[data-error]");
    const tells = text !== agreed && telling(text);
    error.textContent = given(form) ? "" : form.dataset.nothing;
    ask.hidden = !tells;
    if (tells) ask.querySelector("button").focus();
    if (tells || !given(form)) event.preventDefault();
  });

  ask.addEventListener("click", ({ target }) => {
    if (!target.closest("button")) return;
    ask.hidden = true;
    if (!target.closest("[data-anyway]")) return fields[0].focus();
    agreed = written();
    form.requestSubmit();
  });
}
