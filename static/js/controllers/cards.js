// Three cards of a longer list, dealt on the phone; "Swap card" deals another, as often as somebody likes, and nobody asks
// why. People who were dealt together see the same three. In memory only, nothing is sent.

// A small generator (mulberry32), so that phones of one group shuffle alike.
function chance(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const dealt = () => (document.querySelector("[data-partners]") && document.getElementById("mine").dataset.group) || undefined;

function shuffled(things, random) {
  for (let i = things.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [things[i], things[j]] = [things[j], things[i]];
  }
  return things;
}

export function connect(deck) {
  const cards = [...deck.querySelectorAll("[data-card]")];
  const few = Number(deck.dataset.picked);
  const tools = deck.querySelector("[data-tools]");
  const all = deck.querySelector("[data-all]");
  let order = [];
  let group;

  function show() {
    cards.forEach((card) => card.toggleAttribute("data-aside", order.indexOf(card) >= few));
  }

  function deal() {
    group = dealt();
    order = shuffled([...cards], group ? chance(Number(group)) : Math.random);
    show();
  }

  // The one that is open, or else the one that was there first, goes to the end of the pile.
  function swap() {
    const open = cards.find((card) => card.open);
    const at = Math.max(0, order.indexOf(open));
    const [gone] = order.splice(at < few ? at : 0, 1);
    const [fresh] = order.splice(few - 1, 1);
    order.splice(at < few ? at : 0, 0, fresh);
    order.push(gone);
    show();
    if (!open) return;
    open.open = false;
    fresh.hidden = false;
    fresh.open = true;
  }

  function follow() {
    if (!deck.isConnected) return document.removeEventListener("swapped", follow);
    if (dealt() !== group && !cards.some((card) => card.open)) deal();
  }

  tools.hidden = false;
  deck.querySelector("[data-swap]").addEventListener("click", swap);
  all.addEventListener("click", () => {
    deck.toggleAttribute("data-every");
    all.setAttribute("aria-pressed", deck.hasAttribute("data-every"));
  });
  document.addEventListener("swapped", follow);
  deal();
}
