// Leave: empties the page at once, then goes to a plain one. Also Shift three times; a curtain when the page is put away.

const WITHIN = 5000;

function leave(event) {
  event?.preventDefault();
  document.body.replaceChildren();
  document.title = "Notes";
  document.dispatchEvent(new Event("leave"));
  location.replace("/x");
}

function onShiftThrice() {
  let presses = [];
  let alone = false;
  document.addEventListener("keydown", ({ key }) => {
    alone = key === "Shift";
    if (!alone) presses = []; // Shift for a capital letter is not a wish to leave
  });
  document.addEventListener("keyup", ({ key }) => {
    if (key !== "Shift" || !alone) return;
    presses = [...presses.filter((time) => performance.now() - time < WITHIN), performance.now()];
    if (presses.length === 3) leave();
  });
}

// The picture that a phone keeps of a page in its switcher, and the page that Back would bring, show nothing.
function curtain() {
  const root = document.documentElement;
  let gone = false;
  const draw = () => root.toggleAttribute("data-curtain", gone || document.hidden);
  addEventListener("pagehide", () => draw((gone = true)));
  addEventListener("pageshow", ({ persisted }) => (persisted ? location.replace("/w") : draw((gone = false))));
  document.addEventListener("visibilitychange", draw);
}

export function connect() {
  document.addEventListener("click", (event) => event.target.closest?.('a[href="/x"]') && leave(event));
  onShiftThrice();
  curtain();
}
