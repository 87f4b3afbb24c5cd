// Keeps the display on while this page is looked at, where the browser allows it.

export function connect() {
  const ask = () => document.hidden || navigator.wakeLock?.request("screen").catch(() => null);
  document.addEventListener("visibilitychange", ask);
  ask();
}
