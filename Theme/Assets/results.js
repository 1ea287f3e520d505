// The page search.html: all results for the query in its address.
(() => {
  "use strict";
  const { find, marked, element, number, says, status } = globalThis.rosterPalette;
  const [AT_ONCE, PAUSE] = [20, 150];
  const form = document.querySelector("[data-results]");
  const input = form.querySelector("input");
  const part = (name) => document.querySelector(`[data-${name}]`);
  const [answer, kinds, said, list, more] = ["answer", "kinds", "status", "list", "more"].map(part);
  const ITEMS = ["Agent", "Skill", "Command", "Instruction", "Document"];

  let state;
  const fromAddress = () => {
    const query = new URLSearchParams(location.search);
    // Pages of earlier versions used `ask`.
    return { text: (query.get("q") ?? query.get("ask") ?? "").trim(), kind: query.get("kind") ?? "", limit: AT_ONCE };
  };
  const address = ({ text, kind }) => {
    const query = new URLSearchParams();
    if (text) query.set("q", text);
    if (kind) query.set("kind", kind);
    return `${location.pathname}${[...query].length ? `?${query}` : ""}`;
  };
  const change = (changes, isStep) => {
    state = { ...state, limit: AT_ONCE, ...changes };
    try { history[isStep ? "pushState" : "replaceState"](null, "", address(state)); } catch { /* Some browsers refuse this for pages from disk. */ }
    return show();
  };

  const ABILITIES = ["read files", "edit files", "run commands", "use the web", "start other agents"];
  // The same cells as in lists: one for each ability, and a sixth for unrecognized tools.
  const reach = (text) => {
    const all = [...text.replace("!", "")].map(Number);
    const can = ABILITIES.filter((_, place) => all[place] > 0);
    const words = [can.length ? `Can ${can.join(", ")}` : "No tools"];
    if (all.includes(2)) words.push("inherited from the session");
    if (text.endsWith("!")) words.push("never asks for permission");
    const cells = all.filter((grant, place) => place < ABILITIES.length || grant > 0)
      .map((grant, place) => element("i", { className: grant === 0 ? "" : place === ABILITIES.length ? "dot" : grant === 2 ? "all" : "on" }));
    return element("span", { className: text.endsWith("!") ? "reach bypass" : "reach", role: "img", title: words.join("; ") }, ...cells);
  };
  const result = (item, words) => {
    const row = element("li", {}, element("a", { className: "title", href: item.href }, ...marked(item.title, words)), " ", element("span", { className: "kind", textContent: item.kind }), " ", element("span", { className: "quiet", textContent: item.place }));
    if (item.reach) row.append(" ", reach(item.reach));
    if (item.summary) row.append(element("p", { className: "summary" }, ...marked(item.summary, words)));
    if (item.says.length) row.append(element("p", { className: "quiet", textContent: `${says(item)}.` }));
    if (item.copies.length) {
      const others = item.copies.map(({ title, href, place }) => element("li", {}, element("a", { href, textContent: title }), " ", element("span", { className: "quiet", textContent: place })));
      row.append(element("details", {}, element("summary", { textContent: `${number.format(item.copies.length + 1)} copies` }), element("ul", {}, ...others)));
    }
    return row;
  };
  const drawKinds = (all) => {
    const own = ITEMS.filter((kind) => all.includes(kind));
    kinds.hidden = own.length < 2;
    kinds.replaceChildren(...["", ...own].map((kind) => {
      const button = element("button", { type: "button", textContent: kind ? `${kind}s` : "All", ariaPressed: String(kind.toLowerCase() === state.kind.toLowerCase()) });
      button.addEventListener("click", async () => {
        await change({ kind: kind.toLowerCase() }, true);
        kinds.querySelector("[aria-pressed=true]")?.focus();
      });
      return button;
    }));
  };

  let turn = 0;
  const show = async () => {
    turn += 1;
    const own = turn;
    const { text, kind, limit } = state;
    if (!text) {
      for (const one of [answer, kinds, more]) one.hidden = true;
      list.replaceChildren();
      said.textContent = "";
      return;
    }
    let found;
    try {
      found = await find(text, { kind, limit });
    } catch {
      if (own === turn) said.textContent = "The search could not be loaded. Try again.";
      return;
    }
    if (own !== turn) return;
    answer.hidden = !found.answer;
    if (found.answer) answer.replaceChildren(`${found.answer.title}: `, element("a", { href: found.answer.href }, element("b", { textContent: number.format(found.answer.count) })));
    drawKinds(found.kinds);
    list.replaceChildren(...found.results.map((item) => result(item, found.words)));
    more.hidden = found.total <= found.results.length;
    said.textContent = `${status(found)} for “${text}”`;
  };

  let later;
  input.addEventListener("input", () => {
    clearTimeout(later);
    later = setTimeout(() => change({ text: input.value.trim() }, false), PAUSE);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(later);
    change({ text: input.value.trim() }, true);
  });
  more.addEventListener("click", async () => {
    const place = list.children.length;
    state.limit += AT_ONCE;
    await show();
    list.children[place]?.querySelector("a").focus();
  });
  addEventListener("popstate", () => {
    state = fromAddress();
    input.value = state.text;
    show();
  });
  state = fromAddress();
  input.value = state.text;
  if (!state.text) input.focus();
  show();
})();
