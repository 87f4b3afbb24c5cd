// Space presses the next thing a facilitator would do, wherever the focus is, except where space means something else.

const OWN = "input, textarea, select, button, a, summary, [contenteditable], dialog, [popover]";

export function connect() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== " " || event.repeat || event.target.closest?.(OWN)) return;
    event.preventDefault();
    document.querySelector("[data-primary]:not(:disabled)")?.click();
  });

  // A button that was clicked keeps the focus, and the next space would press it again instead of going on.
  document.addEventListener("click", ({ detail, target }) => detail && target.closest?.("button")?.blur());
}
