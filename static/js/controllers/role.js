// Tap your role, and only its card stays; tapping again brings the others back. In memory only, nothing is sent.

export function connect(deck) {
  deck.addEventListener("toggle", ({ target }) => {
    for (const other of target.parentElement.querySelectorAll(":scope > details")) {
      if (other !== target) other.hidden = target.open;
    }
  }, true);
}
