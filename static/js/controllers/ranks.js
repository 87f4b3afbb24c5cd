// A list in somebody's order: by buttons, by dragging its grip, or both. What stands first is written into the places.
import { shuffle } from "../shuffle.js";

export function connect(box) {
  const form = box.closest("form");
  const list = box.querySelector("ol");
  const voice = box.querySelector("[role=status]");
  const places = [...box.querySelectorAll("select")];
  const rows = () => [...list.children];
  const name = (row) => row.querySelector(".what").textContent;
  let moved = false;

  function settle() {
    rows().forEach((row, i, all) => {
      row.toggleAttribute("data-top", i < places.length);
      row.querySelector(".place").textContent = i < places.length ? i + 1 : "";
      for (const button of row.querySelectorAll("[data-by]")) {
        button.setAttribute("aria-disabled", String(!all[i + Number(button.dataset.by)]));
      }
    });
    places.forEach((place, i) => (place.value = moved ? rows()[i].dataset.id : ""));
  }

  // The neighbour is moved, not the row itself: a row that leaves the page for a moment loses its focus and its pointer.
  function pass(row, by) {
    const neighbour = by < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!neighbour) return;
    if (by < 0) row.after(neighbour);
    else row.before(neighbour);
    moved = true;
    form.querySelector("[data-error]").textContent = "";
    settle();
  }

  function tell(row) {
    const at = rows().indexOf(row) + 1;
    voice.textContent = `${name(row)}: ${box.dataset.count.replace("{n}", at).replace("{all}", list.children.length)}`;
  }

  list.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-by]");
    if (!button) return;
    const row = button.closest("li");
    pass(row, Number(button.dataset.by));
    tell(row);
  });

  list.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (!grip || event.button > 0) return;
    event.preventDefault();
    const row = grip.closest("li");
    let from = event.clientY;

    function drag({ clientY }) {
      const by = Math.sign(clientY - from);
      const neighbour = by < 0 ? row.previousElementSibling : row.nextElementSibling;
      if (neighbour && Math.abs(clientY - from) > neighbour.offsetHeight / 2) {
        const before = row.offsetTop;
        pass(row, by);
        from += row.offsetTop - before;
      }
      row.style.translate = `0 ${clientY - from}px`;
    }

    function drop() {
      row.style.translate = "";
      row.removeAttribute("data-held");
      grip.removeEventListener("pointermove", drag);
      tell(row);
    }

    row.toggleAttribute("data-held", true);
    grip.setPointerCapture(event.pointerId);
    grip.addEventListener("pointermove", drag);
    grip.addEventListener("lostpointercapture", drop, { once: true });
  });

  // Nobody's order is sent by mistake: a list that was never touched is asked about once.
  form.addEventListener("submit", (event) => {
    const sure = moved;
    moved = true;
    settle();
    if (sure) return;
    event.preventDefault();
    form.querySelector("[data-error]").textContent = box.dataset.unmoved;
  }, true);

  if (box.dataset.order !== "as_written") shuffle(document.getElementById("stage").dataset.question, rows(), ({ dataset }) => dataset.id);
  const first = rows();

  function begin() {
    moved = false;
    list.append(...first);
    settle();
  }

  form.addEventListener("forgotten", begin);
  box.querySelector("[data-places]").hidden = true;
  list.hidden = box.querySelector("[data-hint]").hidden = false;
  begin();
}
