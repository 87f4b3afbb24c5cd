// A clock that counts down to 0:00 and stays there. It advises; nothing closes by it.

const words = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

export function connect(clock) {
  const drawn = () => `${clock.dataset.left} ${clock.closest("[data-v]")?.dataset.v}`;
  let from = null;
  let end = 0;
  let before = 0;

  function tick() {
    if (!clock.isConnected) return clearInterval(beat);
    if (drawn() !== from) {
      from = drawn();
      end = performance.now() + Number(clock.dataset.left) * 1000;
    }
    const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    clock.textContent = clock.hasAttribute("data-plain") ? left : words(left);
    if (left === 0 && before > 0) clock.dispatchEvent(new Event("timeup", { bubbles: true }));
    before = left;
    clock.toggleAttribute("data-over", left === 0);
  }

  const beat = setInterval(tick, 250);
  tick();
}
