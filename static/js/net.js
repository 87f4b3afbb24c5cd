// One way to ask the server: a fragment, never from a cache, given up after six seconds.

const PATIENCE = 6000;

/** Resolves to {status, ok, text, header(name), redirected, url}; rejects when the link is down or too slow. */
export async function request(url, options = {}) {
  const cut = new AbortController();
  const timer = setTimeout(() => cut.abort(), PATIENCE);
  try {
    const reply = await fetch(url, {
      cache: "no-store", signal: cut.signal, ...options, headers: { Accept: "text/html-fragment" },
    });
    const { status, ok, redirected } = reply;
    return { status, ok, redirected, url: reply.url, text: await reply.text(), header: (name) => reply.headers.get(name) };
  } finally {
    clearTimeout(timer);
  }
}

export const post = (url, fields) => request(url, { method: "POST", body: new URLSearchParams(fields) });
