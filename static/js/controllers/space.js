// Space presses the next thing a facilitator would do, wherever the focus is, except where space means something else.
// A hasty second press comes when the next thing is there already, and is not meant for it; nor does impatience take a
// close back, which has to be meant.

const HASTE = 400;
const OWN = "input, textarea, select, button, summary, [contenteditable], dialog, [popover]";

export function connect() {
  let pressed = -HASTE;

  document.addEventListener("keydown", (event) => {
    if (event.key !== " " || event.repeat || event.target.closest?.(OWN)) return;
    event.preventDefault();
    const hasty = performance.now() - pressed < HASTE;
    pressed = performance.now();
    if (!hasty) document.querySelector("[data-primary]:not(:disabled, [data-meant])")?.click();
  });

  document.addEventListener("click", (event) => {
    if (event.detail > 1 && event.target.closest?.("[data-primary]")) event.preventDefault();
  }, true);

  // What was clicked keeps the focus, and the next space would press it again instead of going on.
  document.addEventListener("click", ({ detail, target }) => detail && target.closest?.("button, summary")?.blur());
}
