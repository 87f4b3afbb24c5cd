// Keeps a live page current: by socket while there is one, by asking every five seconds while there is none.
import { io } from "../vendor/socket.io-client.js";
import { request } from "./net.js";
import { parse, put } from "./regions.js";

const SILENCE = 12_000;
const POLL = 5_000;
const GRACE = 1_500;

export function listen({ dataset: { page, home = location.pathname, refresh = home, token, live } }) {
  const socket = io(`/${page}`, {
    transports: ["websocket"], auth: { token, live }, timeout: 6_000, reconnectionDelay: 500, reconnectionDelayMax: 4_000,
  });
  let heard = performance.now();
  let asked = heard;
  let link = "online";
  let keeping;

  const say = (state) => {
    document.documentElement.dataset.link = state;
    if (state !== link) document.dispatchEvent(new CustomEvent("link", { detail: (link = state) }));
  };

  const hear = () => {
    heard = performance.now();
    say("online");
  };

  async function ask() {
    asked = performance.now();
    const slow = setTimeout(() => socket.connected || say("offline"), GRACE);
    try {
      const v = document.getElementById("stage")?.dataset.v ?? "";
      const reply = await request(`${refresh}?v=${v}`);
      if (reply.redirected || [401, 403, 404, 410].includes(reply.status)) return location.replace(home);
      if (!reply.ok && reply.status !== 304) throw new Error(`status ${reply.status}`);
      clearTimeout(slow);
      say("online");
      parse(reply.text).forEach((region) => put(region));
    } catch {
      if (!socket.connected) say("offline");
    } finally {
      clearTimeout(slow);
    }
  }

  // What a phone was sent it has yet to keep: by an answer of the server, and a whole room at different times.
  function keep() {
    clearTimeout(keeping);
    keeping = setTimeout(ask, 1_000 + Math.random() * 9_000);
  }

  // A phone that slept has missed what was said: it asks at once, and does not trust a socket that has been silent.
  function wake() {
    if (document.hidden) return;
    ask();
    if (performance.now() - heard > SILENCE || !socket.active) socket.disconnect().connect();
  }

  function tick() {
    const now = performance.now();
    if (socket.connected && now - heard > SILENCE) {
      heard = now;
      socket.disconnect().connect();
    }
    if (socket.connected || document.hidden || now - asked < POLL) return;
    ask();
    if (!socket.active) socket.connect();
  }

  socket.on("connect", hear);
  socket.onAny(hear);
  socket.io.on("ping", hear);
  socket.on("swap", ({ target, html }) => {
    parse(html).forEach((region) => put(region));
    if (target === "mine") keep();
  });
  socket.on("bye", () => location.replace(home));
  socket.on("disconnect", () => document.body.dataset.page && ask());
  document.addEventListener("visibilitychange", wake);
  addEventListener("pageshow", ({ persisted }) => persisted && wake());
  document.addEventListener("link", ({ detail }) => (link = detail)); // a control may notice a dropped link first
  addEventListener("online", wake);
  addEventListener("offline", () => say("offline"));
  const clock = setInterval(tick, 1_000);
  document.addEventListener("leave", () => {
    clearInterval(clock);
    delete document.body.dataset.page;
    socket.disconnect();
  });
}
