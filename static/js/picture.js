// A few lines as a picture, drawn and saved on this device: no request is made, and its name says nothing.

const WIDTH = 1080;
const EDGE = 96;
const FONT = "52px system-ui, sans-serif";
const LEADING = 76;
const LATER = 60_000;

/** Save `lines` as a picture among this device's downloads. */
export function save(lines) {
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  pen.font = FONT;
  const rows = lines.flatMap((line, i) => [...(i ? [""] : []), ...wrapped(pen, line)]);
  canvas.width = WIDTH;
  canvas.height = 2 * EDGE + rows.length * LEADING;
  const { direction } = getComputedStyle(document.body);
  Object.assign(pen, { fillStyle: "#fffdf8" });
  pen.fillRect(0, 0, canvas.width, canvas.height);
  Object.assign(pen, { font: FONT, fillStyle: "#14312b", textBaseline: "top", textAlign: "start", direction });
  rows.forEach((row, i) => pen.fillText(row, direction === "rtl" ? WIDTH - EDGE : EDGE, EDGE + i * LEADING));
  canvas.toBlob(download);
}

function wrapped(pen, text) {
  const rows = [""];
  for (const word of text.split(/\s+/)) {
    const longer = `${rows.at(-1)} ${word}`.trim();
    if (pen.measureText(longer).width > WIDTH - 2 * EDGE && rows.at(-1)) rows.push(word);
    else rows[rows.length - 1] = longer;
  }
  return rows;
}

function download(picture) {
  const href = URL.createObjectURL(picture);
  Object.assign(document.createElement("a"), { href, download: "notes.png" }).click();
  setTimeout(URL.revokeObjectURL, LATER, href); // some browsers ask first where to put it
}
