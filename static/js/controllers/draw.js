// A slow line with a finger, a pen or a mouse. Its points are in this page's memory, and nothing else has them.
import { onceGone } from "../gone.js";

export function connect(box) {
  const canvas = box.querySelector("canvas");
  const pen = canvas.getContext("2d");
  let lines = [];

  function draw() {
    const scale = devicePixelRatio;
    canvas.width = canvas.clientWidth * scale;
    canvas.height = canvas.clientHeight * scale;
    pen.scale(scale, scale);
    Object.assign(pen, { lineWidth: 5, lineCap: "round", lineJoin: "round", strokeStyle: getComputedStyle(canvas).color });
    lines.forEach(trace);
  }

  // Through the middles between points, so that a line is as smooth as the hand meant it.
  function trace(points) {
    const [[left, top]] = points;
    pen.beginPath();
    pen.moveTo(left, top);
    points.forEach(([x, y], i) => {
      const [nextX, nextY] = points[i + 1] ?? [x, y];
      pen.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2);
    });
    pen.stroke();
  }

  function clear() {
    lines = [];
    draw();
  }

  canvas.addEventListener("pointerdown", ({ isPrimary, button, pointerId, offsetX, offsetY }) => {
    if (!isPrimary || button > 0) return;
    canvas.setPointerCapture(pointerId);
    lines.push([[offsetX, offsetY]]);
    draw();
  });
  canvas.addEventListener("pointermove", ({ pointerId, offsetX, offsetY }) => {
    if (!canvas.hasPointerCapture(pointerId)) return;
    lines.at(-1).push([offsetX, offsetY]);
    draw();
  });
  box.querySelector("button").addEventListener("click", clear);
  new ResizeObserver(draw).observe(canvas); // unfolded, it has a size at last
  onceGone(box, clear);
  box.hidden = false;
}
