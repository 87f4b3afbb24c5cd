// Choices: an exclusive option clears the others, no more than `data-most`, and nothing chosen gets a sentence.
import { given } from "../given.js";

export function connect(form) {
  const alike = (box) => [...form.querySelectorAll(`input[name="${box.name}"]`)];
  const error = form.querySelector("[data-error]");

  function alone(box) {
    for (const other of alike(box)) {
      if (other !== box && (box.matches("[data-exclusive]") || other.matches("[data-exclusive]"))) other.checked = false;
    }
  }

  function bounded(box) {
    const { most, mostText } = box.closest("[data-most]")?.dataset ?? {};
    if (!most || alike(box).filter((one) => one.checked).length <= Number(most)) return;
    box.checked = false;
    error.textContent = mostText;
  }

  form.addEventListener("change", ({ target }) => {
    error.textContent = "";
    if (target.type !== "checkbox" || !target.checked) return;
    alone(target);
    bounded(target);
  });

  form.addEventListener("submit", (event) => {
    if (given(form)) return;
    event.preventDefault();
    error.textContent = form.dataset.nothing;
  });
}
