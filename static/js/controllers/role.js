// Tap your role, and only its card stays; tapping again brings the others back. Whoever was dealt a partner finds theirs
// open, and when roles change hands the next one is. In memory only, nothing is sent.

const turn = () => Number(document.querySelector("[data-turn]")?.dataset.turn ?? 0);
const byChance = () => document.querySelector("[data-partners]") !== null;
const group = () => (byChance() ? document.getElementById("mine").dataset : {});

// Two change places; of three, whoever watches asks next. Who has watched two that we know nothing of may choose.
function next(role) {
  if (role === null) return null;
  if (Number(group().size) === 3) return (role + 2) % 3;
  return role < 2 ? 1 - role : null;
}

export function connect(deck) {
  let at = 0;
  let place;
  let role = null;

  // One that is open hides its neighbours; who is on their own still picks a card.
  function settle(list) {
    const kept = byChance() || list.hasAttribute("data-cards") ? ":not([data-alone])" : "";
    const all = [...list.children].filter((one) => one.matches(`details${kept}`));
    const open = all.find((one) => one.open);
    for (const one of all) one.hidden = Boolean(open) && one !== open;
  }

  function offer() {
    if (deck.querySelector(":scope:not([data-cards]) > [data-alone][open]")) return;
    for (const one of deck.querySelectorAll("[data-role]")) {
      const inSight = !one.parentElement.closest("details:not([open])");
      one.open = inSight && Number(one.dataset.role) === role;
    }
  }

  function move() {
    if (!deck.isConnected) return document.removeEventListener("swapped", move);
    const alone = deck.querySelector(":scope > [data-alone]");
    if (alone?.open && byChance()) alone.open = false;
    const now = turn();
    const mine = group().size > 1 ? `${group().place} of ${group().size}` : undefined;
    if (now === at && mine === place) return;
    if (mine !== place) [role, at] = mine ? [Number(group().place), 0] : [null, now];
    for (; at < now; at += 1) role = next(role);
    place = mine;
    offer();
  }

  deck.addEventListener("toggle", ({ target }) => {
    settle(target.parentElement);
    if (target.open && target.dataset.role) role = Number(target.dataset.role);
    if (target.open && target.matches("[data-card]") && role !== null) offer();
  }, true);

  document.addEventListener("swapped", move);
  at = group().size > 1 ? 0 : turn();
  move();
}
