// Starts the controllers that elements name in data-controller, in the page and in every swap.

const started = new WeakSet();

async function start(element) {
  if (started.has(element)) return;
  started.add(element);
  try {
    for (const name of element.dataset.controller.split(" ")) {
      const { connect } = await import(`./controllers/${name}.js`);
      if (element.isConnected) connect(element);
    }
  } catch (error) {
    started.delete(element); // the link dropped while a module was on its way: the next swap tries again
    console.error(error);
  }
}

function startAll(root) {
  if (root.matches?.("[data-controller]")) start(root);
  root.querySelectorAll("[data-controller]").forEach(start);
}

document.addEventListener("swapped", ({ target }) => startAll(target));
document.addEventListener("link", ({ detail }) => detail === "online" && startAll(document));
startAll(document);
if (document.body.dataset.page) import("./live.js").then(({ listen }) => listen(document.body));

// Phones get their typefaces last: the words matter more.
const { fonts } = document.documentElement.dataset;
const dress = () => document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: fonts }));
if (fonts) addEventListener("load", () => setTimeout(dress), { once: true });
