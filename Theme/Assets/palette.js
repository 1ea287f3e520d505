// The search on every page: the palette, opened by its button, Ctrl+K or "/", and the field of the front page.
// search.js ranks the results. It is loaded when the user searches.
globalThis.rosterPalette = (() => {
  "use strict";
  const own = document.currentScript;
  const root = new URL(own.dataset.root || "./", location.href);
  const [SHOWN, PAUSE] = [12, 60];
  const number = new Intl.NumberFormat(document.documentElement.lang || "en");

  const element = (name, properties = {}, ...children) => {
    const { role, ...rest } = properties;
    const made = Object.assign(document.createElement(name), rest);
    if (role) made.setAttribute("role", role);
    made.append(...children);
    return made;
  };

  // MARK: Loading

  const loads = new Map();
  const script = (address) => {
    if (!loads.has(address)) {
      loads.set(address, new Promise((resolve, reject) => {
        const made = element("script", { src: new URL(address, location.href).href });
        made.dataset.root = own.dataset.root || "./";
        made.onload = resolve;
        made.onerror = () => { loads.delete(address); reject(new Error(address)); };
        document.head.append(made);
        made.remove();
      }));
    }
    return loads.get(address);
  };
  const ready = async () => {
    if (!globalThis.rosterWords) await script(own.dataset.words);
    if (!globalThis.rosterSearch) await script(own.dataset.search);
    await globalThis.rosterSearch.ready();
    return globalThis.rosterSearch;
  };
  const find = async (text, options) => (await ready()).find(text, options);
  const page = (text) => new URL(`search.html?${new URLSearchParams({ q: text })}`, root).href;

  // MARK: Showing

  // A text with the words of the query marked.
  const marked = (text, words) => {
    const { folded, stem } = globalThis.rosterWords;
    const wanted = new Set(words.flatMap((word) => folded(word)).map(stem));
    return text.split(/([\p{L}\p{M}\p{N}+#]+)/u).map((part, place) => (place % 2 && folded(part).some((word) => wanted.has(stem(word))) ? element("mark", { textContent: part }) : part));
  };
  const copies = ({ copies: list }) => (list.length ? `${number.format(list.length + 1)} copies` : "");
  const says = ({ says: words }) => (words.length ? `Its text mentions ${words.join(", ")}` : "");
  const facts = (item) => [item.place, copies(item)].filter(Boolean).join(" · ");
  const status = ({ results, total, guesses }) => {
    const guess = guesses.map(([word, known]) => `No match for “${word}”; showing “${known}”. `).join("");
    return guess + (results.length ? `${number.format(total)} result${total === 1 ? "" : "s"}` : "No results");
  };

  // MARK: Combobox

  // Adds a list of results to a text field (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/).
  let lists = 0;
  // With `accepts`, the list offers only accepted items, and no links to other pages.
  const combobox = (input, list, said, { isFirstActive, accepts }) => {
    lists += 1;
    const id = `page:found-${lists}`;
    list.id = id;
    for (const [name, value] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-controls", id], ["aria-autocomplete", "list"]]) input.setAttribute(name, value);
    let options = [];
    let active = -1;
    const activate = (place) => {
      options[active]?.setAttribute("aria-selected", "false");
      active = place;
      if (!options[active]) { input.removeAttribute("aria-activedescendant"); return; }
      options[active].setAttribute("aria-selected", "true");
      options[active].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", options[active].id);
    };
    let shownFor;
    const show = (made, text) => {
      // The same search may end again when its data has been loaded. It must not move the selection.
      const kept = text !== undefined && text === shownFor ? options[active]?.href : undefined;
      shownFor = text;
      options = made;
      options.forEach((option, place) => { option.id = `${id}-${place}`; option.tabIndex = -1; option.setAttribute("aria-selected", "false"); });
      list.replaceChildren(...options);
      input.setAttribute("aria-expanded", String(options.length > 0));
      const place = kept ? options.findIndex(({ href }) => href === kept) : -1;
      activate(place < 0 && isFirstActive && options.length ? 0 : place);
    };
    const close = () => { turn += 1; clearTimeout(later); show([]); said.textContent = ""; };
    const option = (item, words) => element("a", { role: "option", href: item.href },
      element("span", { className: "title" }, ...marked(item.title, words)), " ", element("span", { className: "kind", textContent: item.kind }), " ",
      element("span", { className: "quiet", textContent: facts(item) }),
      ...(item.summary ? [element("span", { className: "summary" }, ...marked(item.summary, words))] : []));
    let later;
    let turn = 0;
    const search = async () => {
      turn += 1;
      const mine = turn;
      const text = input.value;
      if (!text.trim()) { show([]); said.textContent = ""; return; }
      let found;
      try {
        found = await find(text, { isTyping: true, limit: accepts ? 4 * SHOWN : SHOWN });
      } catch {
        if (mine === turn) { show([]); said.textContent = "The search could not be loaded."; }
        return;
      }
      if (mine !== turn) return;
      if (accepts) {
        // Copies are separate items here, and exact name matches come first.
        const isMeant = (item) => item.title.toLowerCase() === text.trim().toLowerCase();
        const all = found.results.flatMap((item) => [item, ...item.copies].map((copy) => ({ ...item, ...copy, copies: [] }))).filter(accepts);
        const results = [...all.filter(isMeant), ...all.filter((item) => !isMeant(item))].slice(0, SHOWN);
        found = { ...found, results, total: results.length, answer: undefined };
      }
      const made = found.results.map((item) => option(item, found.words));
      if (found.answer) made.unshift(element("a", { role: "option", href: found.answer.href }, `${found.answer.title}: `, element("b", { textContent: number.format(found.answer.count) })));
      if (found.total > SHOWN) made.push(element("a", { role: "option", href: page(text.trim()), textContent: `All ${number.format(found.total)} results` }));
      show(made, text);
      said.textContent = status(found);
    };
    input.addEventListener("input", () => { clearTimeout(later); later = setTimeout(search, PAUSE); });
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const count = options.length;
      if (event.key === "ArrowDown" && count) activate((active + 1) % count);
      else if (event.key === "ArrowUp" && count) activate((active + count - (active < 0 ? 0 : 1)) % count);
      else if (event.key === "Enter" && options[active] && !(event.ctrlKey || event.metaKey)) options[active].click();
      else if (event.key === "Escape" && count && !isFirstActive) close();
      else return;
      event.preventDefault();
    });
    return { search, close };
  };

  // MARK: The palette

  let dialog;
  let shown;
  const make = () => {
    const input = element("input", { type: "search", name: "q", autocomplete: "off", spellcheck: false, placeholder: "What do you need done?", ariaLabel: "Search agents, tools and pages" });
    const list = element("div", { className: "found", role: "listbox", ariaLabel: "Results" });
    const said = element("span", { role: "status" });
    const cross = element("button", { type: "button", textContent: "Close" });
    const form = element("form", { action: new URL("search.html", root).href, method: "get", role: "search" }, input, cross);
    const foot = element("p", { className: "foot" }, said, element("span", { textContent: "↑ ↓ to move, Enter to open" }));
    dialog = element("dialog", { className: "palette", ariaLabel: "Search" }, form, list, foot);
    document.body.append(dialog);
    shown = combobox(input, list, said, { isFirstActive: true });
    form.addEventListener("submit", (event) => { if (!input.value.trim()) event.preventDefault(); });
    cross.addEventListener("click", () => dialog.close());
    // Clicks on the backdrop have the dialog as their target.
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    // By default, Escape would clear the field instead of closing the dialog.
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing) return;
      event.preventDefault();
      dialog.close();
    });
    dialog.addEventListener("close", shown.close);
    list.addEventListener("click", (event) => { if (event.target.closest("a")) dialog.close(); });
  };
  const open = () => {
    if (!dialog) make();
    if (dialog.open) return;
    dialog.showModal();
    const input = dialog.querySelector("input");
    input.select();
    ready().then(() => { if (input.value.trim()) shown.search(); }, () => {});
  };

  // MARK: The page

  addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("[data-palette]");
    button?.addEventListener("click", open);
    if (/mac|iphone|ipad/i.test(navigator.platform)) button?.querySelector("kbd")?.replaceChildren("⌘ K");
    const form = document.querySelector("[data-ask]");
    if (form) {
      const input = form.querySelector("input");
      const list = form.appendChild(element("div", { className: "found below", role: "listbox", ariaLabel: "Results" }));
      const said = form.appendChild(element("span", { className: "hidden", role: "status" }));
      const box = combobox(input, list, said, { isFirstActive: false });
      input.addEventListener("focus", () => { ready().catch(() => {}); });
      form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) box.close(); });
      // A click on a result would move the focus first, which closes the list before the click ends.
      list.addEventListener("mousedown", (event) => event.preventDefault());
    }
  });
  addEventListener("keydown", (event) => {
    const { activeElement } = document;
    const isTyping = activeElement?.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(activeElement?.tagName || "") && activeElement.type !== "checkbox";
    const isSlash = event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey;
    const isK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (!isSlash && !isK) return;
    event.preventDefault();
    const box = document.querySelector("[data-results] input");
    if (box) box.select(); else open();
  });

  return { find, combobox, page, marked, element, number, copies, says, status };
})();
