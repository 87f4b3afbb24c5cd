// The line under the stage: a word about what was pressed on this phone. The next swap of the stage takes it away.

const line = () => document.querySelector("[data-note]");
let until = 0;

/** Say something; for `stay` milliseconds even if the stage changes, as it does when something came too late for it. */
export function note(words, stay = 0) {
  line().textContent = words;
  until = performance.now() + stay;
}

document.addEventListener("swapped", ({ target }) => {
  if (target.id !== "stage" || !line()) return;
  const words = line().textContent;
  setTimeout(() => line()?.textContent === words && (line().textContent = ""), until - performance.now());
});
