// One tap for all lines: what it sends can be seen in the form, while it is on its way.

export function connect(form) {
  form.addEventListener("submit", ({ submitter }) => {
    if (submitter?.name !== "all") return;
    form.querySelectorAll("input[value=ok]").forEach((choice) => (choice.checked = true));
  });
}
