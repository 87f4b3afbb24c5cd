// Words that are shown only while they are held down. The keyboard toggles; "Keep open" keeps a whole list open.

const staying = new Set();
const handle = ({ target }) => target.closest("details.hold > summary");

export function connect(list) {
  const show = (open) => list.querySelectorAll("details.hold").forEach((place) => (place.open = open));
  const release = () => staying.has(list.id) || show(false);
  const settle = () => {
    const stays = staying.has(list.id);
    list.querySelector("[data-stay]")?.setAttribute("aria-pressed", String(stays));
    if (stays) show(true);
  };

  list.addEventListener("pointerdown", (event) => {
    const summary = handle(event);
    if (!summary || event.button > 0) return;
    summary.setPointerCapture(event.pointerId);
    summary.parentElement.open = true;
  });
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) list.addEventListener(end, release);

  list.addEventListener("click", (event) => {
    // The click of a pointer comes after the hold is over; a click without detail is the keyboard's, and may toggle.
    if (handle(event) && event.detail > 0) event.preventDefault();
    if (!event.target.closest("[data-stay]")) return;
    if (!staying.delete(list.id)) staying.add(list.id);
    release();
    settle();
  });
  list.addEventListener("contextmenu", (event) => handle(event) && event.preventDefault());
  document.addEventListener("visibilitychange", () => document.hidden && release());
  document.addEventListener("swapped", settle);
  settle();
}
