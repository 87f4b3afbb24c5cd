// Help, and what the room agreed on, are dialogs that are already in the page, so they work when the link is down.

export function connect(link) {
  const dialog = document.getElementById(link.dataset.opens ?? "help");

  link.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.showModal();
  });

  dialog.addEventListener("click", ({ target }) => target.closest("[data-close]") && dialog.close());
}
