// Says how many votes are left while cards are chosen.

export function connect(hint) {
  const form = hint.closest("form");
  const most = Number(form.dataset.most);

  function count() {
    const left = most - form.querySelectorAll(":checked").length;
    hint.textContent = hint.dataset.words.replace("{n}", Math.max(left, 0));
  }

  form.addEventListener("change", count);
  form.addEventListener("forgotten", count);
  count();
}
