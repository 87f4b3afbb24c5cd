// Rebuilds what the front end vendors, byte for byte. Maintainers only, its output is committed:
// npm ci && npm run vendor          (npm run vendor:check compares without writing)
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import subset from "subset-font";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const ATKINSON = "@fontsource-variable/atkinson-hyperlegible-next";
const DIGITS = "@fontsource-variable/public-sans";
const MODULES = {
  "socket.io-client": "export { io } from 'socket.io-client';",
  idiomorph: "export { Idiomorph } from 'idiomorph';",
};
const FONTS = ["latin", "latin-ext"].map((range) => `atkinson-hyperlegible-next-${range}-wght-normal.woff2`);
const ICONS = [
  "alert-triangle", "arrow-left", "arrow-right", "check", "clock", "copy", "download", "eye", "eye-off", "heart-handshake",
  "lock", "lock-open", "maximize", "message-circle", "player-pause", "player-play", "plus", "qrcode", "trash", "upload",
  "user", "users", "x",
];

const inPackage = (name, file) => path.join(ROOT, "node_modules", name, file);

// Browsers connect by WebSocket or ask by GET (static/js/live.js): the other transports stay out of the bundle.
const websocketOnly = {
  name: "websocket-only",
  setup({ onLoad }) {
    onLoad({ filter: /engine\.io-client\/build\/esm\/transports\/index\.js$/ }, () => ({
      contents: "import { WS } from './websocket.js'; export const transports = { websocket: WS };",
      resolveDir: inPackage("engine.io-client", "build/esm/transports"),
    }));
  },
};

async function bundle(contents) {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: ROOT }, absWorkingDir: ROOT, bundle: true, minify: true, format: "esm", target: "es2022",
    legalComments: "none", treeShaking: true, write: false, metafile: true, plugins: [websocketOnly],
  });
  const used = Object.keys(metafile.inputs).map((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1]);
  return { bytes: Buffer.from(outputFiles[0].contents), used: used.filter(Boolean) };
}

async function sprite() {
  const drawn = await Promise.all(ICONS.map(async (name) => {
    const svg = await readFile(inPackage("@tabler/icons", `icons/outline/${name}.svg`), "utf8");
    const shapes = svg.replace(/<!--.*?-->/gs, "").replace(/<\/?svg[^>]*>/g, "").replace(/\s+/g, " ").trim();
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${shapes}</symbol>`;
  }));
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">\n${drawn.join("\n")}\n</svg>\n`);
}

// Atkinson has only a slashed zero, which people type as an 8 or a letter: codes take their digits from this face.
async function digits() {
  const face = await readFile(inPackage(DIGITS, "files/public-sans-latin-wght-normal.woff2"));
  return subset(face, "0123456789", { targetFormat: "woff2", variationAxes: { wght: { min: 400, max: 700 } } });
}

async function licence(name) {
  const { version, license } = JSON.parse(await readFile(inPackage(name, "package.json"), "utf8"));
  for (const file of ["LICENSE", "LICENSE.md", "LICENSE.txt"]) {
    const text = await readFile(inPackage(name, file), "utf8").catch(() => null);
    if (text) return `## ${name} ${version} (${license})\n\n${text.trim()}\n`;
  }
  return `## ${name} ${version} (${license})\n`;
}

async function everything() {
  const out = new Map();
  const packages = new Set([ATKINSON, DIGITS, "@tabler/icons"]);
  for (const [name, contents] of Object.entries(MODULES)) {
    const { bytes, used } = await bundle(contents);
    out.set(`static/vendor/${name}.js`, bytes);
    used.forEach((one) => packages.add(one));
  }
  out.set("static/vendor/icons.svg", await sprite());
  for (const file of FONTS) out.set(`static/fonts/${file}`, await readFile(inPackage(ATKINSON, `files/${file}`)));
  out.set("static/fonts/digits.woff2", await digits());
  const licences = await Promise.all([...packages].sort().map(licence));
  out.set("static/vendor/LICENSES.md", Buffer.from(`# Licences of vendored files\n\n${licences.join("\n")}`));
  const sum = (bytes) => createHash("sha256").update(bytes).digest("hex");
  const sums = [...out].sort(([a], [b]) => (a < b ? -1 : 1)).map(([file, bytes]) => `${sum(bytes)}  ${file}\n`);
  return out.set("static/vendor/SHA256SUMS", Buffer.from(sums.join("")));
}

async function differs(file, bytes) {
  const stored = await readFile(path.join(ROOT, file)).catch(() => null);
  if (stored?.equals(bytes)) return false;
  console.error(`differs: ${file}`);
  return true;
}

async function save(file, bytes) {
  await mkdir(path.dirname(path.join(ROOT, file)), { recursive: true });
  await writeFile(path.join(ROOT, file), bytes);
}

const check = process.argv.includes("--check");
for (const [file, bytes] of await everything()) {
  if (!check) await save(file, bytes);
  else if (await differs(file, bytes)) process.exitCode = 1;
}
