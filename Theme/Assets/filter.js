// Filters a list of agents by typed words and by facets. Its data are scripts beside the pages, in parts, so that it
// also works from disk.
(() => {
  "use strict";
  const ROWS_IN_PART = 50;
  // How many rows are inserted at once, how many are shown after a pause in typing and added by each click on “Show
  // more”, and the pause in milliseconds.
  const [AT_ONCE, AT_FIRST, PAUSE] = [24, 100, 120];
  const form = document.querySelector("[data-filter]");
  const table = document.querySelector("table.agents");
  if (!form || !table) return;
  const { stem, folded, isCommon } = globalThis.rosterWords;
  const { load, element } = globalThis.rosterChoice;
  const rosterFacets = globalThis.rosterFacets;
  const { facet, section } = rosterFacets;
  const isInFolder = Boolean(form.dataset.root);
  const body = table.tBodies[0];
  const input = form.querySelector("input");
  const status = form.querySelector("output");
  const chips = document.querySelector("[data-chips]");
  const aside = document.querySelector("[data-facets]");
  const opener = form.querySelector("[data-narrow]");
  const pages = document.querySelector("nav.pages");
  const unfiltered = [...body.rows];
  const number = new Intl.NumberFormat(document.documentElement.lang || "en");
  const within = (form.dataset.within || "").split("/");
  const partNumbers = form.dataset.parts.split(",").filter(Boolean).flatMap((run) => {
    const [first, last = first] = run.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });

  // MARK: Data

  // The agents of this list: the position of their rows, their texts and their values. A value is an index into
  // `values`.
  const agents = [];
  const values = [];
  const facets = new Map();
  const PART_LENGTH = 1000;
  // The place of a word is `agent * FIELDS + field`.
  const FIELDS = 5;
  // The weight of a word by field: name, terms, summary, rest of the description, headings.
  const WEIGHTS = [8, 5, 3, 2, 1];
  // The facets whose values can be found by typing.
  const SPOKEN = new Set(["topics", "categories", "tools", "models", "tags", "owners", "collections"]);
  const places = new Map();
  const stems = new Map();
  let vocabulary = [];
  let letters = new Map();
  const rows = new Map();

  // The letters of a word as bits, in 32 classes. Comparing them quickly excludes words that are too different.
  const lettersOf = (word) => {
    let kinds = 0;
    for (let index = 0; index < word.length; index += 1) kinds |= 1 << (word.charCodeAt(index) & 31);
    return kinds;
  };
  const bits = (kinds) => {
    let count = 0;
    for (let rest = kinds; rest; rest &= rest - 1) count += 1;
    return count;
  };

  const valueNumber = (facet, [slug, title]) => {
    let value = facet.values.get(slug);
    if (!value) {
      value = { slug, title, facet, index: values.length, total: 0, count: 0, words: SPOKEN.has(facet.id) && slug !== "not-stated" ? folded(title) : [] };
      facet.values.set(slug, value);
      values.push(value);
    }
    return value.index;
  };
  const note = (word, place) => {
    const known = places.get(word);
    if (!known) places.set(word, [place]);
    else if (known[known.length - 1] !== place) known.push(place);
  };

  globalThis.rosterFilter = {
    agents(part, groups, list) {
      const numbers = groups.flatMap(([id, title, isMultiple, own]) => {
        if (!facets.has(id)) facets.set(id, { id, title, isMultiple, values: new Map() });
        return own.map((value) => valueNumber(facets.get(id), value));
      });
      list.forEach(([name, summary, rest, headings, own, head, ...keys], index) => {
        const agentValues = own.map((value) => numbers[value]);
        if (within[1] && !agentValues.some((value) => values[value].facet.id === within[0] && values[value].slug === within[1])) return;
        for (const value of agentValues) values[value].total += 1;
        const place = agents.length * FIELDS;
        const words = folded(name);
        agents.push({ row: part * PART_LENGTH + index, words, name, summary, values: agentValues, head, keys });
        for (const word of words) note(word, place);
        for (const value of agentValues) for (const word of values[value].words) note(word, place + 1);
        [summary, rest, headings].forEach((text, field) => { for (const word of folded(text)) note(word, place + 2 + field); });
      });
      isListed = false;
    },
    rows(part, html) { rows.set(part, isInFolder ? html.map((row) => row.replaceAll("href=\"", "href=\"../")) : html); },
  };

  // Indexes the words of all loaded parts: sorted, by stem, and with their letters. Runs only when a query needs it.
  let isListed = false;
  const list = () => {
    if (isListed) return;
    isListed = true;
    vocabulary = [...places.keys()].sort();
    letters = new Map(vocabulary.map((word) => [word, lettersOf(word)]));
    stems.clear();
    for (const word of vocabulary) {
      const own = stem(word);
      if (stems.has(own)) stems.get(own).push(word); else stems.set(own, [word]);
    }
  };

  // Loads the parts one after another. Results are shown each time the number of loaded parts has doubled.
  let loaded = 0;
  let reading;
  // After a failure, the next action continues with the failed part.
  const read = () => reading ??= (async () => {
    while (loaded < partNumbers.length) {
      await load(`filter/agents.${partNumbers[loaded]}.js`);
      loaded += 1;
      // Rows that fail to load here are requested again when all parts are loaded.
      if (loaded < partNumbers.length && (loaded & (loaded - 1)) === 0) Promise.resolve(show()).catch(() => {});
    }
  })().finally(() => { reading = undefined; });
  const isRead = () => loaded === partNumbers.length;
  const partOf = (agent) => Math.floor(agents[agent].row / ROWS_IN_PART);
  const readRows = (part) => load(`filter/rows.${part}.js`);
  const rowOf = (agent) => rows.get(partOf(agent))[agents[agent].row % ROWS_IN_PART];

  // MARK: Copies

  // How many copies a row lists at most.
  const NAMED = 20;
  // Groups copies into one row each, at the position of the first copy.
  const grouped = (list) => {
    const groups = new Map();
    for (const agent of list) {
      const { head } = agents[agent];
      const known = groups.get(head);
      if (known) known.push(agent); else groups.set(head, [agent]);
    }
    return [...groups.values()];
  };
  const parsed = (agent) => {
    const template = element("template");
    template.innerHTML = rowOf(agent);
    return template.content.firstElementChild;
  };
  // The row of a group: that of its first agent, with a list of all copies.
  const rowOfGroup = (group) => {
    if (group.length === 1) return rowOf(group[0]);
    const row = parsed(group[0]);
    const links = group.slice(0, NAMED).map((agent) => parsed(agent).querySelector("th a"));
    const same = row.querySelector("th .times");
    const copies = element("details", { className: "copies" }, element("summary", { textContent: `${number.format(group.length)} copies` }), element("ul", {}, ...links.map((link) => element("li", {}, link))));
    if (same) copies.append(same);
    row.querySelector("th").append(" ", copies);
    return row.outerHTML;
  };

  // MARK: Words

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

  // Whether a word is within `limit` edits of the beginning of another. An edit inserts, deletes or replaces a letter,
  // or swaps two adjacent letters.
  const isNear = (word, other, limit) => {
    if (other.length < word.length - limit) return false;
    const width = Math.min(other.length, word.length + limit) + 1;
    let [older, old, now] = [new Uint8Array(width), Uint8Array.from({ length: width }, (_, index) => index), new Uint8Array(width)];
    for (let i = 1; i <= word.length; i += 1) {
      now[0] = i;
      let least = i;
      for (let j = 1; j < width; j += 1) {
        const isSame = word.charCodeAt(i - 1) === other.charCodeAt(j - 1);
        let steps = Math.min(old[j] + 1, now[j - 1] + 1, old[j - 1] + (isSame ? 0 : 1));
        if (i > 1 && j > 1 && word.charCodeAt(i - 1) === other.charCodeAt(j - 2) && word.charCodeAt(i - 2) === other.charCodeAt(j - 1)) steps = Math.min(steps, older[j - 2] + 1);
        now[j] = steps;
        if (steps < least) least = steps;
      }
      if (least > limit) return false;
      [older, old, now] = [old, now, older];
    }
    return old.subarray(Math.max(0, word.length - limit)).some((steps) => steps <= limit);
  };

  // The words of the catalog that a typed word may mean, with a score for each, and whether they are guesses.
  const meanings = (word) => {
    const found = new Map();
    const same = stem(word);
    for (const known of startingWith(word)) found.set(known, known === word ? 2 : 0.5 + (0.5 * word.length) / known.length);
    for (const known of stems.get(same) ?? []) if (known !== word) found.set(known, 1.8);
    if (found.size) return { found };
    // Also matches inside words: for compounds, and for scripts without spaces.
    if (word.length > 1) for (const known of vocabulary) if (known.includes(word)) found.set(known, 0.6);
    if (found.size) return { found };
    const limit = word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0;
    if (!limit) return { found };
    const own = lettersOf(word);
    for (const known of vocabulary) {
      if (bits(own & ~letters.get(known)) <= limit && isNear(word, known, limit)) found.set(known, 0.4);
    }
    return { found, isGuess: true };
  };

  // The agents that match the typed text, best first. For a few words, agents must match as many as the best agent
  // does. For a sentence, they must match a fifth of it by weight.
  const matches = (text) => {
    list();
    const typed = [...new Set(folded(text))];
    const telling = typed.filter((word) => !isCommon(stem(word)));
    const words = telling.length ? telling : typed;
    const isSentence = words.length > 3 || (words.length > 1 && words.length < typed.length);
    const scores = new Float64Array(agents.length);
    const shares = new Float64Array(agents.length);
    const counts = new Uint8Array(agents.length);
    const inName = new Uint8Array(agents.length);
    const guesses = [];
    let whole = 0;
    // The best score of the current word for each agent.
    const fits = new Float64Array(agents.length);
    for (const word of words.slice(0, 200)) {
      const { found, isGuess } = meanings(word);
      const own = [];
      let best;
      for (const [known, fit] of found) {
        for (const place of places.get(known)) {
          const field = place % FIELDS;
          const agent = (place - field) / FIELDS;
          const score = WEIGHTS[field] * fit;
          if (!fits[agent]) own.push(agent);
          if (fits[agent] < score) fits[agent] = score;
        }
        if (!best || places.get(known).length > places.get(best).length) best = known;
      }
      if (isGuess && best) guesses.push([word, best]);
      // The fewer agents have a word, the more it counts.
      const rarity = Math.log(1 + agents.length / (own.length || 0.5));
      whole += rarity;
      for (const agent of own) {
        scores[agent] += fits[agent] * rarity;
        shares[agent] += rarity;
        counts[agent] += 1;
        if (fits[agent] >= WEIGHTS[0] * 0.9) inName[agent] += 1;
        fits[agent] = 0;
      }
    }
    const most = counts.reduce((best, count) => Math.max(best, count), 0);
    const least = isSentence ? 0.2 * whole : 0;
    const found = [];
    for (let agent = 0; agent < agents.length; agent += 1) {
      if (!counts[agent] || (isSentence ? shares[agent] < least : counts[agent] < most)) continue;
      // A name that consists of the typed words ranks higher.
      const named = inName[agent] ? inName[agent] / Math.max(agents[agent].words.length, inName[agent]) : 0;
      scores[agent] *= 1 + named;
      found.push(agent);
    }
    found.sort((one, other) => scores[other] - scores[one] || one - other);
    return { found, most, wanted: words.length, isSentence, guesses };
  };

  // MARK: State

  // The current query: text, values by facet, facets whose values must all match, and the sort column.
  let state = { text: "", chosen: new Map(), all: new Set(), sort: "" };
  const isOn = () => Boolean(state.text.trim() || state.chosen.size || state.sort);
  const RESERVED = new Set(["filter", "all", "sort"]);
  const fromAddress = () => {
    const query = new URLSearchParams(location.search);
    const chosen = new Map();
    for (const [id, text] of query) if (!RESERVED.has(id) && text) chosen.set(id, new Set(text.split(",").filter(Boolean)));
    return { text: query.get("filter") ?? "", chosen, all: new Set((query.get("all") ?? "").split(",").filter(Boolean)), sort: query.get("sort") ?? "" };
  };
  const address = () => {
    const parts = [];
    const add = (name, list) => parts.push(`${encodeURIComponent(name)}=${list.map(encodeURIComponent).join(",")}`);
    if (state.text.trim()) add("filter", [state.text.trim()]);
    for (const [id, slugs] of state.chosen) add(id, [...slugs]);
    const all = [...state.all].filter((id) => state.chosen.get(id)?.size > 1);
    if (all.length) add("all", all);
    if (state.sort) add("sort", [state.sort]);
    return `${location.pathname}${parts.length ? `?${parts.join("&")}` : ""}${location.hash}`;
  };
  // Typing replaces the current history entry. A choice adds an entry.
  const remember = (isStep) => {
    try { history[isStep ? "pushState" : "replaceState"](null, "", address()); } catch { /* Some browsers refuse this for pages from disk. */ }
  };

  // MARK: Narrowing

  // The candidates that match the selected values, in the given order. Also counts the agents of each value under the
  // selections in other facets, and in its own facet if all values must match.
  const narrowed = (candidates) => {
    for (const value of values) value.count = 0;
    const wanted = [...state.chosen].map(([id, slugs]) => ({ id, facet: facets.get(id), isAll: state.all.has(id), numbers: new Set([...slugs].map((slug) => facets.get(id)?.values.get(slug)?.index ?? -1)) }));
    const kept = [];
    for (const agent of candidates) {
      const own = agents[agent].values;
      let failed;
      let failures = 0;
      for (const { facet, isAll, numbers } of wanted) {
        let has = 0;
        for (const value of own) if (numbers.has(value)) has += 1;
        if (isAll ? has === numbers.size : has > 0) continue;
        failures += isAll ? 2 : 1;
        failed = facet;
      }
      if (failures > 1) continue;
      if (!failures) kept.push(agent);
      for (const value of own) if (!failures || values[value].facet === failed) values[value].count += 1;
    }
    return kept;
  };

  const KEYS = ["reach", "tools", "examples", "tokens", "findings"];
  const sorted = (list) => {
    const isDown = state.sort.startsWith("-");
    const column = state.sort.replace("-", "");
    if (!column) return list;
    const termOf = (agent, id) => values[agents[agent].values.find((value) => values[value].facet.id === id && values[value].slug !== "not-stated")]?.title ?? "";
    const key = {
      name: (agent) => agents[agent].name, summary: (agent) => agents[agent].summary,
      category: (agent) => termOf(agent, "categories"), model: (agent) => termOf(agent, "models"), collection: (agent) => termOf(agent, "collections"),
      runtime: (agent) => termOf(agent, "runtimes"), approval: (agent) => termOf(agent, "approval"),
    }[column];
    const place = KEYS.indexOf(column);
    if (!key && place < 0) return list;
    const collator = new Intl.Collator(undefined, { numeric: true });
    const keyed = list.map((agent) => [key ? key(agent) : agents[agent].keys[place], agent]);
    const sign = isDown ? -1 : 1;
    keyed.sort(([one, first], [other, second]) => sign * (key ? collator.compare(one, other) : one - other) || first - second);
    return keyed.map(([, agent]) => agent);
  };

  // MARK: Display

  let limit = AT_FIRST;
  let turn = 0;
  let later;
  const more = element("button", { type: "button", className: "more", hidden: true });
  table.parentElement.after(element("p", { className: "rest" }, more));

  const put = async (list, own) => {
    clearTimeout(later);
    table.ariaBusy = "true";
    const shown = list.slice(0, limit);
    const missing = [...new Set(shown.flatMap((group) => group.slice(0, NAMED).map(partOf)))].filter((part) => !rows.has(part));
    if (missing.length) await Promise.all(missing.map(readRows));
    // The user has typed on while rows were loading.
    if (own !== turn) return;
    body.innerHTML = shown.slice(0, AT_ONCE).map(rowOfGroup).join("");
    const rest = () => {
      if (own !== turn) return;
      table.ariaBusy = "false";
      body.insertAdjacentHTML("beforeend", shown.slice(AT_ONCE).map(rowOfGroup).join(""));
      more.textContent = `Show ${number.format(Math.min(AT_FIRST, list.length - limit))} more`;
      more.hidden = list.length <= limit;
    };
    more.hidden = true;
    if (shown.length > AT_ONCE) later = setTimeout(rest, PAUSE); else rest();
  };

  const said = ({ found, most, wanted, isSentence, guesses }, kept) => {
    const of = `${number.format(kept.length)} of ${number.format(agents.length)} agents`;
    const guessed = guesses.map(([typed, known]) => `“${known}” instead of “${typed}”`).join(", ");
    const soFar = isRead() ? "" : " so far …";
    if (!kept.length) return `${found.length || !state.text.trim() ? "No agents match all of this" : `No agents match “${state.text.trim()}”`}${soFar}`;
    if (!isSentence && most < wanted) return `No agent has all of these words; ${number.format(kept.length)} with ${most} of ${wanted}${soFar}`;
    return `${of}${guessed ? `, ${guessed}` : ""}${soFar}`;
  };

  const show = () => {
    turn += 1;
    // The address may contain other parameters. Any loaded part contains all facets.
    if (loaded) for (const id of state.chosen.keys()) if (!facets.has(id)) state.chosen.delete(id);
    drawChips();
    document.body.classList.toggle("filtered", isOn());
    if (pages) pages.hidden = isOn();
    if (!isOn()) {
      clearTimeout(later);
      if (body.firstElementChild !== unfiltered[0] || body.rows.length !== unfiltered.length) body.replaceChildren(...unfiltered);
      more.hidden = true;
      table.ariaBusy = "false";
      status.textContent = "";
      if (loaded) { narrowed(agents.keys()); drawFacets(); }
      mark();
      return undefined;
    }
    const asked = state.text.trim() ? matches(state.text) : { found: [...agents.keys()], guesses: [] };
    const kept = narrowed(asked.found);
    const list = grouped(sorted(kept));
    status.textContent = said(asked, kept);
    if (loaded) drawFacets();
    mark();
    if (!kept.length && isRead()) {
      body.replaceChildren(nothing());
      table.ariaBusy = "false";
      more.hidden = true;
      return undefined;
    }
    return put(list, turn);
  };
  more.addEventListener("click", async () => {
    const before = limit;
    limit += AT_FIRST;
    if (!(await draw())) { limit = before; return; }
    setTimeout(() => body.rows[before]?.querySelector("a")?.focus(), PAUSE * 2);
  });

  const nothing = () => {
    const again = element("button", { type: "button", textContent: "Clear the filter" });
    again.addEventListener("click", clear);
    const cell = element("td", { className: "nothing", colSpan: [...table.tHead.rows[0].cells].filter((head) => head.getClientRects().length).length }, element("p", { textContent: "No agents match. Try other words or remove a filter." }), again);
    return element("tr", { className: "none" }, cell);
  };

  // Marks the sort column in the table head.
  const mark = () => {
    const isDown = state.sort.startsWith("-");
    for (const head of table.tHead.rows[0].cells) {
      if (state.sort && head.dataset.sort === state.sort.replace("-", "")) head.setAttribute("aria-sort", isDown ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
  };

  // MARK: Facets

  const drawn = new Map();
  const toggle = (id, slug, isChosen) => {
    const chosen = new Map([...state.chosen].map(([one, slugs]) => [one, new Set(slugs)]));
    const slugs = chosen.get(id) ?? new Set();
    if (isChosen) slugs.add(slug); else slugs.delete(slug);
    if (slugs.size) chosen.set(id, slugs); else chosen.delete(id);
    change({ chosen }, true);
  };
  const drawOne = (id, title, section) => {
    const made = facet({
      id, title, section, few: id === "reach" ? 12 : 6, keepsNone: id === "reach", toggle: (slug, isChosen) => toggle(id, slug, isChosen),
      switchTo: (isAll) => {
        const all = new Set(state.all);
        if (isAll) all.add(id); else all.delete(id);
        change({ all }, true);
      },
      open: draw,
    });
    drawn.set(id, made);
    return made;
  };

  // Replaces the links of the page with checkboxes. Their counts are those of the unfiltered list.
  const adopt = () => {
    for (const section of aside.querySelectorAll("section[data-facet]")) {
      const title = section.querySelector("h2").firstElementChild.firstChild.textContent.trim();
      drawOne(section.dataset.facet, title, section).adopt(Number(section.dataset.count));
    }
  };

  // Whether a facet is informative in this list: no value applies to nearly all agents, and some value applies to
  // several. `Facets.tells` has the same rule.
  const NEARLY_ALL = 0.95;
  const ALWAYS_TOLD = new Set(["reach", "modes", "loads", "risk", "approval", "lately"]);
  const tells = ({ id, values: own }) => {
    const all = [...own.values()];
    if (ALWAYS_TOLD.has(id)) return all.length > 1;
    return all.every(({ total }) => total < NEARLY_ALL * agents.length) && all.some((value) => !isUnstated(value) && value.total > 1);
  };
  // How many facets are unfolded at first.
  const OPEN = 4;

  // Values are sorted by their count in the whole list, so that they don't move while the user selects.
  const drawFacets = () => {
    for (const one of facets.values()) {
      if (one.id === within[0] && !one.isMultiple) continue;
      const chosen = state.chosen.get(one.id) ?? new Set();
      if (!drawn.has(one.id) && !chosen.size && !(isRead() && tells(one))) continue;
      const own = drawn.get(one.id) ?? drawOne(one.id, one.title, section(aside, one.id, one.title, drawn.size >= OPEN));
      if (one.order?.length !== one.values.size || !one.isWhole) {
        one.order = [...one.values.values()]
          .sort((left, right) => isUnstated(left) - isUnstated(right) || right.total - left.total || (left.title < right.title ? -1 : 1));
        one.isWhole = isRead();
      }
      own.update(one.order.filter(({ slug }) => one.id !== within[0] || slug !== within[1])
        .map(({ slug, title, count }) => ({ value: slug, title, count, isChosen: chosen.has(slug) })), one.isMultiple ? state.all.has(one.id) : undefined);
    }
  };
  const isUnstated = ({ slug }) => Number(slug === "not-stated" || slug === "none");

  const clear = () => { change({ text: "", chosen: new Map(), all: new Set() }, true); input.focus(); };
  const drawChips = () => {
    const list = [...state.chosen].flatMap(([id, slugs]) => [...slugs].map((slug) => {
      const known = facets.get(id);
      return { id, slug, facet: known?.title ?? id, title: known?.values.get(slug)?.title ?? slug };
    }));
    const remove = ({ id, slug }) => { toggle(id, slug, false); (chips.querySelector("button") ?? input).focus(); };
    rosterFacets.chips(chips, list, remove, list.length > 1 || (list.length && state.text.trim()) ? clear : undefined);
    opener.lastElementChild.textContent = list.length ? ` (${list.length})` : "";
  };

  // MARK: Events

  let draws = 0;
  // Loads what is needed and shows it. Returns whether that succeeded. The next action retries a failed load.
  async function draw() {
    draws += 1;
    const own = draws;
    try {
      if (!isRead()) {
        if (isOn() && !loaded) status.textContent = "Reading …";
        await read();
      }
      await show();
      return true;
    } catch {
      // Ignore the failure if the user has already started another action.
      if (own === draws) {
        status.textContent = "The filter could not be loaded.";
        table.ariaBusy = "false";
      }
      return false;
    }
  }
  const change = (changes, isStep) => {
    state = { ...state, ...changes };
    if (input.value.trim() !== state.text.trim()) input.value = state.text;
    limit = AT_FIRST;
    remember(isStep);
    draw();
  };

  input.addEventListener("input", () => change({ text: input.value }, false));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (isOn()) body.querySelector("th a")?.click();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && (input.value || state.chosen.size)) {
      event.preventDefault();
      // First clear the text, then the values.
      change(input.value ? { text: "" } : { chosen: new Map(), all: new Set() }, !input.value);
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      body.querySelector("th a")?.focus();
    }
  });
  // The arrow keys move through the rows and back to the text field.
  body.addEventListener("keydown", (event) => {
    const at = event.target.closest("tr");
    if (!at || !event.target.matches("th a")) return;
    if (event.key === "ArrowDown" && at.nextElementSibling) { event.preventDefault(); at.nextElementSibling.querySelector("th a")?.focus(); }
    if (event.key === "ArrowUp") { event.preventDefault(); (at.previousElementSibling?.querySelector("th a") ?? input).focus(); }
    if (event.key === "Escape") { event.preventDefault(); input.focus(); }
  });
  // Sorts the whole list, not only the visible rows, and by the values of the column.
  table.addEventListener("sorting", (event) => {
    const { column, order } = event.detail;
    if (!column) return;
    event.preventDefault();
    change({ sort: order ? (order === "descending" ? "-" : "") + column : "" }, true);
  });
  rosterFacets.opening(opener, aside, draw);
  addEventListener("popstate", () => {
    state = fromAddress();
    input.value = state.text;
    draw();
  });

  state = fromAddress();
  if (input.value && !state.text) state.text = input.value;
  input.value = state.text;
  adopt();
  if (isOn()) draw(); else drawChips();
})();
