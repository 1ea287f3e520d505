// The filter of the index: narrows the list as one types. Its data lies beside the page as scripts, in parts, so that it works from disk too.
(() => {
  "use strict";
  const SHOWN = 100;
  const ROWS_IN_PART = 50;
  // How much a word counts in a name, among the terms, in a summary, in a heading.
  const WEIGHTS = [8, 5, 3, 1];
  const form = document.querySelector("[data-filter]");
  const body = document.querySelector("table.agents tbody");
  if (!form || !body) return;
  const input = form.querySelector("input");
  const status = form.querySelector("output");
  const wordParts = Number(form.dataset.words);
  const total = Number(form.dataset.agents);
  const number = new Intl.NumberFormat("en");
  const unfiltered = body.innerHTML;
  const pages = document.querySelector("nav.pages");

  // Text as it is compared: no case, no accents, words apart.
  const wordsOf = (text) => text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase()
    .split(/[^\p{L}\p{N}+#]+/u).filter(Boolean);

  // Each word with where it stands: the agent times four, plus the field.
  const places = new Map();
  let vocabulary = [];
  const rows = new Map();
  let loaded = 0;
  let offset = 0;

  globalThis.rosterFilter = {
    words(part, agents) {
      agents.forEach((fields, index) => fields.forEach((field, kind) => {
        for (const word of new Set(wordsOf(field))) {
          const place = (offset + index) * 4 + kind;
          const known = places.get(word);
          if (known) known.push(place); else places.set(word, [place]);
        }
      }));
      offset += agents.length;
      vocabulary = [...places.keys()].sort();
    },
    rows(part, html) { rows.set(part, html); },
  };

  const load = (name) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `filter/${name}.js`;
    script.onload = resolve;
    script.onerror = () => reject(new Error(name));
    document.head.append(script);
    script.remove();
  });

  // One part after the other: each is of use as soon as it is there.
  let reading;
  const readWords = () => reading ??= (async () => {
    while (loaded < wordParts) {
      await load(`words.${loaded}`);
      loaded += 1;
      await show();
    }
  })();
  const reads = new Map();
  const readRows = (part) => {
    if (!reads.has(part)) reads.set(part, load(`rows.${part}`));
    return reads.get(part);
  };

  const startingWith = (prefix) => {
    let low = 0;
    let high = vocabulary.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (vocabulary[middle] < prefix) low = middle + 1; else high = middle;
    }
    let end = low;
    while (end < vocabulary.length && vocabulary[end].startsWith(prefix)) end += 1;
    return vocabulary.slice(low, end);
  };

  // Whether a word can be had from the beginning of another by so many letters put in, left out, replaced or swapped.
  const isNear = (word, other, limit) => {
    if (other.length < word.length - limit) return false;
    let before = [];
    let last = Array.from({ length: other.length + 1 }, (_, index) => index);
    for (let i = 1; i <= word.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= other.length; j += 1) {
        const cost = word[i - 1] === other[j - 1] ? 0 : 1;
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost);
        if (i > 1 && j > 1 && word[i - 1] === other[j - 2] && word[i - 2] === other[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      if (Math.min(...row) > limit) return false;
      before = last;
      last = row;
    }
    return Math.min(...last.slice(Math.max(0, word.length - limit))) <= limit;
  };

  // The words of the catalog that one of the query may mean, each with how well it fits.
  const meanings = (word) => {
    const found = startingWith(word).map((known) => [known, known === word ? 2 : 1]);
    if (found.length) return found;
    // In the middle of words too: compounds, and scripts that do not part them.
    const inside = word.length > 1 ? vocabulary.filter((known) => known.includes(word)) : [];
    if (inside.length) return inside.map((known) => [known, 0.6]);
    const limit = word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0;
    if (!limit) return [];
    return vocabulary.filter((known) => isNear(word, known, limit)).map((known) => [known, 0.4]);
  };

  // The agents that have every word, the best first; where none has, those that have the most.
  const matches = (words) => {
    const scores = new Map();
    for (const word of words) {
      const own = new Map();
      for (const [known, fit] of meanings(word)) {
        for (const place of places.get(known)) {
          const agent = place >> 2;
          const score = WEIGHTS[place & 3] * fit;
          if ((own.get(agent) || 0) < score) own.set(agent, score);
        }
      }
      for (const [agent, score] of own) {
        const [count, sum] = scores.get(agent) || [0, 0];
        scores.set(agent, [count + 1, sum + score]);
      }
    }
    const most = Math.max(0, ...new Set([...scores.values()].map(([count]) => count)));
    const best = [...scores].filter(([, [count]]) => count === most);
    best.sort((a, b) => b[1][1] - a[1][1] || a[0] - b[0]);
    return { most, found: best.map(([agent]) => agent) };
  };

  let turn = 0;
  const show = async () => {
    turn += 1;
    const own = turn;
    const words = [...new Set(wordsOf(input.value))];
    const isOn = words.length > 0;
    if (pages) pages.hidden = isOn;
    if (!isOn) {
      body.innerHTML = unfiltered;
      status.textContent = "";
      return;
    }
    const { most, found } = matches(words);
    const shown = found.slice(0, SHOWN);
    await Promise.all([...new Set(shown.map((agent) => Math.floor(agent / ROWS_IN_PART)))].map(readRows));
    // Somebody typed on while rows were read.
    if (own !== turn) return;
    body.innerHTML = shown.map((agent) => rows.get(Math.floor(agent / ROWS_IN_PART))[agent % ROWS_IN_PART]).join("");
    let some = found.length ? `${number.format(found.length)} of ${number.format(total)}` : "No agent fits";
    if (found.length && most < words.length) some = `No agent has all of these words; ${number.format(found.length)} with ${most} of ${words.length}`;
    const rest = found.length > SHOWN ? `, the first ${SHOWN} shown` : "";
    status.textContent = `${some}${rest}${loaded < wordParts ? " so far …" : ""}`;
  };

  const remember = () => {
    const address = new URL(location.href);
    if (input.value.trim()) address.searchParams.set("filter", input.value.trim()); else address.searchParams.delete("filter");
    try { history.replaceState(null, "", address); } catch { /* not from disk, in some browsers */ }
  };

  const apply = async () => {
    try {
      remember();
      await show();
      await readWords();
    } catch {
      status.textContent = "The filter’s data could not be read.";
    }
  };

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  input.addEventListener("input", apply);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !input.value) return;
    event.preventDefault();
    input.value = "";
    apply();
  });
  addEventListener("keydown", (event) => {
    const isTyping = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName || "");
    if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    input.focus();
  });
  const asked = new URLSearchParams(location.search).get("filter");
  if (asked) input.value = asked;
  if (input.value) apply();
})();
