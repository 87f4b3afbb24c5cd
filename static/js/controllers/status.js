// The status line: whether this page still hears the room, in words.

export function connect(line) {
  const { here, offline, online } = line.dataset;
  let calm;

  document.addEventListener("link", ({ detail }) => {
    clearTimeout(calm);
    line.dataset.link = detail;
    line.textContent = detail === "offline" ? offline : online;
    if (detail === "online") calm = setTimeout(() => (line.textContent = here), 4000);
  });
}
