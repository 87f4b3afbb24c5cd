// What somebody typed or drew for themselves alone is forgotten when their step is over, on Leave, and with the page.

/** Calls `forget` once, as soon as `element` is gone for good; a pause of the room only puts it aside. */
export function onceGone(element, forget) {
  const over = new AbortController();
  const { signal } = over;
  const paused = () => document.getElementById("stage")?.dataset.state === "paused";

  function end() {
    over.abort(); // the listeners would keep the element, and what is in it
    forget();
  }

  document.addEventListener("swapped", () => element.isConnected || paused() || end(), { signal });
  document.addEventListener("leave", end, { signal });
  addEventListener("pagehide", end, { signal });
}
