// Choices: an exclusive option clears the others, no more than `data-most`, and nothing chosen gets a sentence.

export function connect(form) {
  const boxes = () => [...form.querySelectorAll("input[type=checkbox], input[type=radio]")];
  const error = form.querySelector("[data-error]");

  function alone(box) {
    for (const other of boxes()) {
      if (other !== box && (box.matches("[data-exclusive]") || other.matches("[data-exclusive]"))) other.checked = false;
    }
  }

  function bounded(box) {
    const most = Number(form.dataset.most);
    if (!most || boxes().filter((one) => one.checked).length <= most) return;
    box.checked = false;
    error.textContent = form.dataset.mostText;
  }

  form.addEventListener("change", ({ target }) => {
    error.textContent = "";
    if (target.type !== "checkbox" || !target.checked) return;
    alone(target);
    bounded(target);
  });

  form.addEventListener("submit", (event) => {
    if (boxes().some((box) => box.checked)) return;
    event.preventDefault();
    error.textContent = form.dataset.nothing;
  });
}
