// The page search.html: asks Pagefind's index, which lies beside the site, and lists what it finds, as one types, narrowed by what one chooses.
(async () => {
  "use strict";
  const [PAGE, PAUSE, PLACES] = [20, 250, 3];
  const byId = (id) => document.getElementById(`page:${id}`);
  const [input, status, list, pages] = ["q", "status", "results", "pages"].map(byId);
  const aside = document.querySelector("[data-facets]");
  const chips = document.querySelector("[data-chips]");
  const opener = document.querySelector("[data-narrow]");
  const { element } = globalThis.rosterChoice;
  const { folded, stem, isCommon } = globalThis.rosterWords;
  const rosterFacets = globalThis.rosterFacets;
  const number = new Intl.NumberFormat(document.documentElement.lang || "en");
  // The filters of the pages, in the order in which they stand beside the results.
  const FILTERS = new Map([["kind", "Kinds"], ["model", "Models"], ["tool", "Tools"], ["topic", "Topics"], ["tag", "Tags"], ["runtime", "Runtimes"], ["category", "Categories"], ["collection", "Collections"]]);
  // A name says more than a summary, a summary more than a prompt; how long a prompt is says little.
  const RANKING = { metaWeights: { title: 12, summary: 4 }, pageLength: 0.3, termSimilarity: 4 };

  // MARK: State

  let state;
  const fromAddress = () => {
    const query = new URLSearchParams(location.search);
    const chosen = new Map([...FILTERS.keys()].map((id) => [id, query.getAll(id).filter(Boolean)]).filter(([, values]) => values.length));
    return { text: (query.get("q") ?? "").trim(), chosen, page: Math.max(1, Math.floor(Number(query.get("page"))) || 1) };
  };
  const address = ({ text, chosen, page }) => {
    const query = new URLSearchParams();
    if (text) query.set("q", text);
    for (const [id, values] of chosen) for (const value of values) query.append(id, value);
    if (page > 1) query.set("page", page);
    return `${location.pathname}${[...query].length ? `?${query}` : ""}`;
  };
  const change = (changes, isStep) => {
    state = { ...state, page: 1, ...changes };
    if (input.value.trim() !== state.text) input.value = state.text;
    try { history[isStep ? "pushState" : "replaceState"](null, "", address(state)); } catch { /* refused */ }
    return show();
  };
  const toggle = (id, value, isChosen) => {
    const chosen = new Map(state.chosen);
    const values = (chosen.get(id) ?? []).filter((one) => one !== value);
    if (isChosen) values.push(value);
    if (values.length) chosen.set(id, values); else chosen.delete(id);
    change({ chosen }, true);
  };

  // MARK: Searching

  // So few pages that have all of the words are joined by those that have some.
  const FEW = 5;
  const telling = (text) => {
    const typed = text.split(/\s+/).filter(Boolean);
    const words = typed.filter((word) => folded(word).some((one) => !isCommon(stem(one))));
    return words.length ? words : typed;
  };
  // Pagefind finds pages that have every word. Of a sentence hardly any page has them all: then each word is asked for by itself, and what few pages have says more.
  const search = async (text, filters) => {
    const words = telling(text);
    const whole = await pagefind.search(words.join(" ") || null, { filters });
    if (whole.results.length >= FEW || words.length < 2) return { ...whole, isPartial: false };
    const total = (await pagefind.search(null)).results.length;
    const found = new Map();
    for (const word of words.slice(0, 20)) {
      const { results } = await pagefind.search(word, { filters });
      const rarity = Math.log(1 + total / (results.length || total));
      for (const result of results) {
        const known = found.get(result.id) ?? { result, score: 0, share: 0 };
        known.score += result.score * rarity;
        known.share += rarity;
        found.set(result.id, known);
      }
    }
    const most = Math.max(0, ...[...found.values()].map(({ share }) => share));
    const some = [...found.values()].filter(({ share }) => share > 0.4 * most).sort((one, other) => other.share * other.score - one.share * one.score);
    const all = new Set(whole.results.map(({ id }) => id));
    return { ...whole, results: [...whole.results, ...some.map(({ result }) => result).filter(({ id }) => !all.has(id))], isPartial: some.length > whole.results.length, isMixed: whole.results.length > 0 };
  };
  // How much of a name the words are, where they all stand in it. Pagefind does not know that a name that says just this is what was meant.
  const named = (title, words) => {
    const own = folded(title).map(stem);
    const sought = words.flatMap(folded).map(stem);
    return sought.length && sought.every((word) => own.includes(word)) ? sought.length / own.length : 0;
  };

  // MARK: What is shown

  // Excerpts come as HTML with the words found in <mark>; only their text is used.
  const plain = (html) => new DOMParser().parseFromString(`<p>${html}`, "text/html").body.textContent;
  const excerpt = (html) => {
    const paragraph = element("p", { className: "excerpt" });
    html.split(/<mark>|<\/mark>/).forEach((part, index) => {
      paragraph.append(index % 2 ? element("mark", { textContent: plain(part) }) : plain(part));
    });
    return paragraph;
  };
  const result = (data) => {
    const facts = ["model", "collection"].map((name) => data.meta[name]).filter(Boolean);
    const item = element("li", {}, element("a", { href: data.url, textContent: data.meta.title }));
    if (facts.length) item.append(" ", element("span", { className: "quiet", textContent: facts.join(" · ") }));
    if (data.meta.summary) item.append(element("p", { className: "summary", textContent: data.meta.summary }));
    // The sections of the prompt that have the words, and the one that has most of them.
    const places = data.sub_results.filter(({ url }) => url.includes("#") && !url.includes("#page:"));
    const best = places.reduce((one, other) => (one && one.locations.length >= other.locations.length ? one : other), undefined);
    item.append(excerpt((best ?? data).excerpt));
    places.splice(PLACES);
    if (places.length) item.append(element("p", { className: "places" }, "In ", ...places.flatMap(({ url, title }, place) => [place ? ", " : "", element("a", { href: url, textContent: title || "a section" })])));
    return item;
  };

  const drawn = new Map();
  const drawFacets = (counts) => {
    for (const [id, title] of FILTERS) {
      const chosen = state.chosen.get(id) ?? [];
      const values = Object.entries(counts[id] ?? {}).map(([value, count]) => ({ value, title: value, count, isChosen: chosen.includes(value) }));
      if (!values.length && !drawn.has(id)) continue;
      if (!drawn.has(id)) {
        drawn.set(id, rosterFacets.facet({ id, title, section: rosterFacets.section(aside, id, title), toggle: (value, isChosen) => toggle(id, value, isChosen), switchTo() {}, open() {} }));
      }
      values.sort((one, other) => other.count - one.count || (one.title < other.title ? -1 : 1));
      drawn.get(id).update(values);
    }
    aside.hidden = opener.hidden = !drawn.size;
  };
  const drawChips = () => {
    const chosen = [...state.chosen].flatMap(([id, values]) => values.map((value) => ({ id, value, facet: FILTERS.get(id), title: value })));
    const remove = ({ id, value }) => { toggle(id, value, false); (chips.querySelector("button") ?? input).focus(); };
    rosterFacets.chips(chips, chosen, remove, chosen.length > 1 ? () => { change({ chosen: new Map() }, true); input.focus(); } : undefined);
    opener.lastElementChild.textContent = chosen.length ? ` (${chosen.length})` : "";
  };
  const drawPages = (count) => {
    const last = Math.ceil(count / PAGE);
    pages.hidden = last < 2;
    const link = (page, text, properties = {}) => {
      const made = element("a", { href: address({ ...state, page }), textContent: text, ...properties });
      if (page === state.page && !properties.rel) made.setAttribute("aria-current", "page");
      made.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
        event.preventDefault();
        change({ page }, true).then(() => { byId("main").scrollIntoView(); list.querySelector("a")?.focus({ preventScroll: true }); });
      });
      return made;
    };
    const near = Array.from({ length: last }, (_, index) => index + 1).filter((page) => page === 1 || page === last || Math.abs(page - state.page) <= 2);
    pages.replaceChildren(
      ...(state.page > 1 ? [link(state.page - 1, "← Previous", { rel: "prev" })] : []),
      element("span", { textContent: `${number.format((state.page - 1) * PAGE + 1)}–${number.format(Math.min(count, state.page * PAGE))} of ${number.format(count)}` }),
      ...near.flatMap((page, place) => [...(place && page > near[place - 1] + 1 ? [element("span", { textContent: "…" })] : []), link(page, String(page))]),
      ...(state.page < last ? [link(state.page + 1, "Next →", { rel: "next" })] : []));
  };

  let pagefind;
  let turn = 0;
  const show = async () => {
    turn += 1;
    const own = turn;
    drawChips();
    try {
      if (!pagefind) {
        status.textContent = "Reading the index …";
        const module = await import(new URL("pagefind/pagefind.js", location.href).href);
        await module.options({ baseUrl: new URL(".", location.href).pathname, excerptLength: 28, ranking: RANKING });
        // Numbers are known only of filters that were read.
        await module.filters();
        pagefind = module;
      }
      if (!state.text && !state.chosen.size) {
        const counts = await pagefind.filters();
        if (own !== turn) return;
        drawFacets(counts);
        list.replaceChildren();
        drawPages(0);
        status.textContent = "";
        return;
      }
      const filters = Object.fromEntries([...state.chosen].map(([id, values]) => [id, { any: values }]));
      const { results, filters: counts, totalFilters, isPartial, isMixed } = await search(state.text, filters);
      // Of a filter in which something is chosen, the numbers are those of the words alone; of the others, those under what is chosen.
      const shownCounts = Object.fromEntries([...FILTERS.keys()].map((id) => [id, state.chosen.has(id) && state.chosen.size === 1 ? totalFilters[id] : counts[id]]));
      state.page = Math.min(state.page, Math.max(1, Math.ceil(results.length / PAGE)));
      const data = await Promise.all(results.slice((state.page - 1) * PAGE, state.page * PAGE).map((one) => one.data()));
      if (own !== turn) return;
      if (state.page === 1) {
        const words = telling(state.text);
        const order = new Map(data.map((one) => [one, named(one.meta.title ?? "", words)]));
        data.sort((one, other) => order.get(other) - order.get(one));
      }
      // Where pages that have some of the words stand beside the others, Pagefind's numbers are not those of what is shown.
      drawFacets(isPartial ? {} : shownCounts);
      list.replaceChildren(...data.map(result));
      list.start = (state.page - 1) * PAGE + 1;
      drawPages(results.length);
      const count = results.length === 1 ? "One page" : `${results.length ? number.format(results.length) : "No"} pages`;
      const partly = isPartial ? (isMixed ? ", first those that have all of the words" : ", none of which has all of the words") : "";
      status.textContent = `${count}${state.text ? ` for “${state.text}”` : ""}${partly}${state.chosen.size ? ", narrowed" : ""}`;
    } catch {
      status.textContent = "The search index could not be read. It is made by `roster build` where Pagefind is installed.";
    }
  };

  // MARK: What a person does

  state = fromAddress();
  input.value = state.text;
  if (location.protocol === "file:") {
    status.textContent = "Full-text search needs a web server: browsers let no page read other files from disk. The filter of the agents’ list works.";
    return;
  }
  let later;
  input.addEventListener("input", () => {
    clearTimeout(later);
    later = setTimeout(() => change({ text: input.value.trim() }, false), PAUSE);
  });
  input.form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(later);
    change({ text: input.value.trim() }, true);
  });
  rosterFacets.opening(opener, aside, () => {});
  addEventListener("popstate", () => {
    state = fromAddress();
    input.value = state.text;
    show();
  });
  if (!state.text) input.focus();
  await show();
})();
