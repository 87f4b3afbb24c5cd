// Starts the controllers that elements name in data-controller, in the page and in every swap.

const RETRY = 2_000;
const started = new WeakSet();

const tell = (state) => document.dispatchEvent(new CustomEvent("link", { detail: state }));

// The link may drop while a module is on its way: the next swap, or the link's return, tries again.
async function start(element) {
  if (started.has(element)) return;
  started.add(element);
  const wanted = element.dataset.controller.split(" ").map((name) => import(`./controllers/${name}.js`));
  const modules = await Promise.all(wanted).catch(() => null);
  if (!modules) started.delete(element);
  else if (element.isConnected) modules.forEach(({ connect }) => connect(element));
}

function startAll(root) {
  const own = root.matches?.("[data-controller]") ? [root] : [];
  return Promise.all([...own, ...root.querySelectorAll("[data-controller]")].map(start));
}

// A page that hears nothing must not look as if it did.
async function live(page, late = false) {
  const [module] = await Promise.all([import("./live.js").catch(() => null), startAll(document)]);
  module?.listen(page);
  if (late || !module) tell(module ? "online" : "offline");
  if (!module) setTimeout(live, RETRY, page, true);
}

document.addEventListener("swapped", ({ target }) => startAll(target));
document.addEventListener("link", ({ detail }) => detail === "online" && startAll(document));
if (document.body.dataset.page) live(document.body);
else startAll(document);

// Phones get their typefaces last: the words matter more.
const { fonts } = document.documentElement.dataset;
const dress = () => document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: fonts }));
if (fonts) addEventListener("load", () => setTimeout(dress), { once: true });
