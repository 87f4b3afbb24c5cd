// An order of this phone's own: made here, told to nobody, and the same until the page is loaded again.
const drawn = new Map();

/** Put `parts` of a page, siblings in a row, into the order that `name` has here; `key(part)` tells one from the others. */
export function shuffle(name, parts, key) {
  const place = (part) => {
    const id = `${name} ${key(part)}`;
    if (!drawn.has(id)) drawn.set(id, Math.random());
    return drawn.get(id);
  };
  const end = parts.at(-1)?.nextSibling ?? null;
  const sorted = [...parts].sort((one, other) => place(one) - place(other));
  for (const part of sorted) part.parentNode.insertBefore(part, end);
  return sorted;
}
