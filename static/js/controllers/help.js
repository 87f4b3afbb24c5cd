// Help is a dialog that is already in the page, so it works when the link is down.

export function connect(link) {
  const dialog = document.getElementById("help");

  link.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.showModal();
  });

  dialog.addEventListener("click", ({ target }) => target.closest("[data-close]") && dialog.close());
}
