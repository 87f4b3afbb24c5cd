// Sends the newest answer to each question until the server has stored or refused it.
import { request } from "./net.js";
import { parse, put } from "./regions.js";

const PAUSES = [1, 2, 4, 5];
const boxes = new Map();

document.addEventListener("leave", () => boxes.forEach((box) => (box.newest = null)));

/** Send `fields` as this phone's answer to `question` ("step/round/phase"); `report(state, sentence)` hears how it went. */
export function send(question, fields, bucket, report) {
  if (!boxes.has(question)) boxes.set(question, { question, newest: null, running: false, rev: null });
  const box = boxes.get(question);
  box.newest = { fields, bucket, report };
  report("saving");
  if (!box.running) empty(box);
}

// The same rev with the same payload is safe to repeat; a newer choice waits here for its turn, so the last one wins.
async function empty(box) {
  box.running = true;
  for (let failures = 0; box.newest; ) {
    const sent = box.newest;
    const reply = await attempt(box, sent);
    const paused = reply?.header("X-Attune-Code") === "paused"; // it is sent when the room goes on
    if (!reply || paused || reply.status === 429 || reply.status >= 500) {
      sent.report(reply && !paused ? "saving" : "waiting");
      await pause(reply?.header("Retry-After") ?? PAUSES[Math.min(failures++, PAUSES.length - 1)]);
      continue;
    }
    failures = 0;
    box.rev = reply.header("X-Attune-Next") ?? box.rev;
    if (reply.header("X-Attune-Code") === "stale" || box.newest !== sent) continue;
    box.newest = null;
    conclude(sent, reply);
  }
  box.running = false;
}

async function attempt(box, { fields, bucket }) {
  const mine = document.getElementById("mine");
  const known = mine?.dataset.question === box.question ? Number(mine.dataset.next) : 1;
  const [step, round, phase] = box.question.split("/");
  box.rev ??= known;
  const body = padded([["step", step], ["round", round], ["phase", phase], ["rev", box.rev], ...fields], bucket);
  return request("/w/answer", { method: "POST", body }).catch(() => null);
}

// Every answer to a question has one length on the wire, a pass included: who listens on the Wi-Fi cannot tell them apart.
function padded(fields, bucket) {
  const body = new URLSearchParams([...fields, ["pad", ""]]);
  const length = body.toString().length;
  body.set("pad", "x".repeat(Math.ceil(length / bucket) * bucket - length));
  return body;
}

function pause(seconds) {
  return new Promise((resolve) => {
    setTimeout(resolve, Number(seconds) * 1000 * (0.75 + Math.random() / 2));
    document.addEventListener("link", ({ detail }) => detail === "online" && resolve(), { once: true });
  });
}

function conclude({ report }, reply) {
  if (reply.status === 410) location.replace("/w");
  else if (!reply.ok) report(reply.status === 409 ? "late" : "refused", reply.text);
  else {
    parse(reply.text).forEach((region) => put(region, { again: true }));
    report("saved");
  }
}
