// Covers stand where the stage is until a person has read them: consent, the interruption page, a break. No swap removes them.
import { post } from "../net.js";
import { note } from "../note.js";

export function connect(covers) {
  const cover = (name) => covers.querySelector(`[data-cover="${name}"]`);
  const confirmed = () => (document.body.dataset.confirmed ?? "").split(" ");

  function show(name) {
    const focused = document.getElementById("stage").contains(document.activeElement);
    cover(name).hidden = false;
    if (focused || name === "break") cover(name).querySelector("h1").focus();
  }

  function hide(name) {
    cover(name).hidden = true;
    check();
    const next = covers.querySelector(".cover:not([hidden]) h1") ?? document.querySelector("#stage h1");
    next?.focus();
  }

  // The stage is drawn once for everybody, so it says what it needs, and each phone knows what it has confirmed.
  function check() {
    const needs = document.getElementById("stage")?.dataset.needs;
    if (needs && cover(needs)?.hidden && confirmed().includes("consent") && !confirmed().includes(needs)) show(needs);
  }

  covers.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { cover: name } = event.target.closest("[data-cover]").dataset;
    const fields = new FormData(event.target);
    fields.set("as", event.submitter?.value ?? "join");
    const reply = await post("/w/ready", fields).catch(() => null);
    if (reply?.status === 410) return location.replace("/w");
    event.target.querySelector("[data-error]").textContent = reply?.ok ? "" : event.target.dataset.lost;
    if (!reply?.ok) return;
    if (event.submitter?.value === "watch") note(event.target.dataset.watching);
    document.body.dataset.confirmed = [...confirmed(), name].join(" ").trim();
    hide(name);
  });

  document.addEventListener("click", (event) => {
    const way = event.target.closest?.("[data-break]");
    if (!way) return;
    event.preventDefault();
    if (way.dataset.break === "start") show("break");
    else hide("break");
  });

  document.addEventListener("swapped", check);
  check();
}
