// Says how many letters are left, and only when that begins to matter.

export function connect(hint) {
  const field = document.getElementById(hint.dataset.for);
  const most = Number(field.maxLength);

  function count() {
    const left = most - [...field.value].length;
    hint.textContent = left <= most / 3 ? hint.dataset.left.replace("{n}", left) : "";
  }

  field.addEventListener("input", count);
  field.form?.addEventListener("forgotten", count);
  count();
}
