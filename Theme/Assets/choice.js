// The selection of agents to compare or install together. It works on every list, and is stored only in this browser.
(() => {
  "use strict";
  const own = document.currentScript;
  const root = new URL(own.dataset.root || "./", location.href);
  const partCount = Number(own.dataset.parts);
  // The number of description tokens above which the runtime warns, and the name of the runtime.
  const TOKEN_LIMIT = Number(own.dataset.limit) || Infinity;
  const RUNTIME = own.dataset.runtime || "";
  const MOST = 200;
  const number = new Intl.NumberFormat("en");
  const key = `roster.chosen ${root.pathname}`;

  // MARK: Data

  // An agent is identified by its address without the extension. Its part is the FNV-1a hash of that; ChoiceData.swift
  // has the same rules.
  const partOf = (id) => {
    let hash = 0x811c9dc5;
    for (const byte of new TextEncoder().encode(id)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
    return (hash ^ (hash >>> 15)) & (partCount - 1);
  };
  const known = new Map();
  // The identifiers used in addresses by earlier versions, which still work.
  const former = new Map();
  const page = (id, ending = "html") => new URL(`${id.split("/").map(encodeURIComponent).join("/")}.${ending}`, root);
  // Splits the prompt into sections: the text before the first heading, unless blank, then each heading with the text
  // after it.
  const sectionsOf = ({ headings, prompt }) => {
    const lines = prompt.split("\n");
    // A plain heading consists of only its line and level.
    const starts = [[0, 0, "", "", null], ...headings.map(([line, level, ...rest]) => {
      const title = lines[line]?.slice(level + 1) ?? "";
      return [line, level, ...(rest.length ? rest : [title, title.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^[0-9-]+|-$/g, "")])];
    })];
    let begin = 0;
    return starts.map(([, level, title, key, id = key], place) => {
      const next = starts[place + 1];
      const end = next ? Math.min(Math.max(next[0], begin), lines.length) : lines.length;
      const section = { level, title, key, id, lines: lines.slice(begin, end) };
      begin = end;
      return section;
    }).filter((section) => section.id !== null || section.lines.some((line) => /[^\p{White_Space}]/u.test(line)));
  };
  // Loads a script once. A failed load is forgotten, so that the next action tries again.
  const loads = new Map();
  const load = (name) => {
    if (!loads.has(name)) {
      loads.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = new URL(name, root).href;
        script.onload = resolve;
        script.onerror = () => { loads.delete(name); reject(new Error(name)); };
        document.head.append(script);
        script.remove();
      }));
    }
    return loads.get(name);
  };
  // Reads the data of agents. The result is undefined for identifiers that are not in the catalog.
  const read = async (ids) => {
    const parts = (wanted) => Promise.all([...new Set(wanted.map(partOf))].map((part) => load(`compare/agents.${part}.js`)));
    await parts(ids);
    const meant = ids.map((id) => former.get(id) ?? id);
    await parts(meant);
    return meant.map((id) => known.get(id));
  };

  // MARK: Selection

  let chosen = [];
  const recall = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(key) || "[]");
      chosen = kept.filter((one) => Array.isArray(one) && one.every((text) => typeof text === "string") && one[0].includes("/")).slice(0, MOST);
    } catch { /* storage blocked, or invalid data */ }
  };
  const keep = () => {
    try { localStorage.setItem(key, JSON.stringify(chosen)); } catch { /* storage blocked: lasts until the page is closed */ }
  };
  const isChosen = (id) => chosen.some(([one]) => one === id);
  const choose = (id, name, isOn) => {
    chosen = chosen.filter(([one]) => one !== id);
    if (isOn && chosen.length < MOST) chosen.push([id, name]);
    keep();
    show();
  };
  const address = (ids) => new URL(`compare/index.html?with=${ids.map((id) => encodeURIComponent(id).replaceAll("%2F", "/")).join(",")}`, root).href;

  // The identifier of the item that a page shows.
  const idOf = (href) => decodeURIComponent(href.slice(root.href.length).replace(/\.html(?:[?#].*)?$/, ""));

  // MARK: Totals

  const joined = (list) => (list.length < 2 ? list.join("") : `${list.slice(0, -1).join(", ")} and ${list[list.length - 1]}`);
  const WORDS = ["read files", "edit files", "run commands", "use the web", "start other agents"];
  const SHORT = ["read", "edit", "run", "web", "delegate"];
  const named = (agents) => (agents.length > 3 ? `${agents.length} of them` : joined(agents.map((agent) => agent.name)));
  // The combined abilities of the agents, as sentences.
  const reach = (agents) => {
    const may = WORDS.filter((_, ability) => agents.some((agent) => agent.reach[ability] > 0));
    const inheriting = agents.filter((agent) => agent.reach.includes(2));
    const risky = agents.filter((agent) => agent.bypasses);
    const others = agents.filter((agent) => agent.reach[WORDS.length] === 1);
    return [
      may.length ? `Together they can ${joined(may)}.` : "Together they cannot read or edit files, run commands, use the web or start agents.",
      inheriting.length ? `${named(inheriting)} ${inheriting.length === 1 ? "inherits" : "inherit"} all session tools.` : "",
      others.length ? `${named(others)} ${others.length === 1 ? "has" : "have"} unrecognized tools.` : "",
      risky.length ? `${named(risky)} never ${risky.length === 1 ? "asks" : "ask"} for permission.` : "",
    ].filter(Boolean).join(" ");
  };
  const briefly = (agents) => {
    const may = SHORT.filter((_, ability) => agents.some((agent) => agent.reach[ability] > 0));
    const risky = agents.some((agent) => agent.bypasses) ? " Not all ask for permission." : "";
    return `Together: ${may.length ? may.join(", ") : "none of read, edit, run, web, delegate"}.${risky}`;
  };
  const cost = (agents) => {
    const sum = agents.reduce((total, agent) => total + agent.tokens, 0);
    const warns = TOKEN_LIMIT < Infinity ? `; ${RUNTIME} warns above ${number.format(TOKEN_LIMIT)}` : "";
    const of = TOKEN_LIMIT < Infinity ? ` of ${number.format(TOKEN_LIMIT)}` : "";
    return { isOver: sum > TOKEN_LIMIT, short: `About ${number.format(sum)}${of} tokens for descriptions.`, text: `Their descriptions add about ${number.format(sum)} tokens to every session${warns}.` };
  };
  const clashes = (agents) => {
    const names = new Map();
    for (const agent of agents) names.set(agent.name.toLowerCase(), [...(names.get(agent.name.toLowerCase()) ?? []), agent]);
    const shared = [...names.values()].filter((list) => list.length > 1).map((list) => list[0].name);
    return shared.length ? `Several agents are named ${joined(shared)}. If they are installed together, only one loads.` : "";
  };
  // A single command that installs agents where their runtimes look for them. Items of a larger file are left out,
  // because they have to be merged into it.
  const command = (agents) => {
    const used = new Set();
    const files = agents.filter(({ installs }) => installs).map((agent) => {
      let path = agent.installs;
      // Two agents with the same name need different paths.
      if (used.has(path)) path = path.replace(/[^/]+(?=(\/SKILL)?\.[^/]*$)/, agent.id.split("/").slice(1).join("-"));
      used.add(path);
      return [path, page(agent.id, agent.ending ?? "md")];
    });
    if (!files.length) return "";
    const { quoted, download } = globalThis.rosterPage;
    if (root.protocol === "file:") {
      const folders = [...new Set(files.map(([path]) => path.replace(/\/[^/]*$/, "")))];
      return [`mkdir -p ${folders.map(quoted).join(" ")}`, ...files.map(([path, source]) => `cp ${quoted(decodeURIComponent(source.pathname))} ${quoted(path)}`)].join(" &&\n  ");
    }
    return download(files.map(([path, source]) => [path, source.href]));
  };

  // MARK: Display

  const element = (name, properties = {}, ...content) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...content);
    return made;
  };
  const copying = (title, text) => {
    const button = element("button", { type: "button", textContent: title });
    button.addEventListener("click", () => globalThis.rosterPage.copy(button, async () => text()));
    return button;
  };
  let tray;
  const say = () => {
    const ids = chosen.map(([id]) => id);
    tray.names.replaceChildren(...chosen.map(([id, name]) => {
      const button = element("button", { type: "button", textContent: "×", title: `Remove ${name}`, ariaLabel: `Remove ${name}` });
      button.addEventListener("click", () => choose(id, name, false));
      return element("li", {}, element("a", { href: page(id).href, textContent: name }), " ", button);
    }));
    tray.count.textContent = chosen.length === 1 ? "1 agent selected" : `${chosen.length} agents selected`;
    tray.compare.href = address(ids);
    tray.compare.hidden = ids.length < 2;
    const isOld = () => ids.join() !== chosen.map(([id]) => id).join();
    read(ids).then((found) => {
      if (isOld() || !tray) return;
      const agents = found.filter(Boolean);
      const { isOver, short } = cost(agents);
      tray.sum.textContent = [short, briefly(agents), clashes(agents)].filter(Boolean).join(" ");
      tray.sum.classList.toggle("over", isOver);
    }, () => { if (!isOld() && tray) tray.sum.textContent = "The totals could not be loaded."; });
  };
  const show = () => {
    for (const box of document.querySelectorAll("input[data-choose]")) box.checked = isChosen(box.dataset.choose);
    for (const button of document.querySelectorAll("button[data-choose]")) {
      button.setAttribute("aria-pressed", String(isChosen(button.dataset.choose)));
      button.textContent = isChosen(button.dataset.choose) ? "Selected to compare" : "Select to compare";
    }
    const wanted = chosen.length > 0 && !document.querySelector("[data-comparing]:not([hidden])");
    document.body.classList.toggle("choosing", wanted);
    if (!wanted) { tray?.root.remove(); tray = undefined; return; }
    if (!tray) {
      const clear = element("button", { type: "button", textContent: "Clear" });
      clear.addEventListener("click", () => { chosen = []; keep(); show(); document.querySelector("#page\\:main").focus(); });
      tray = {
        count: element("b"), names: element("ul"), sum: element("p", { className: "sum" }),
        compare: element("a", { className: "go", textContent: "Compare" }),
      };
      tray.sum.setAttribute("role", "status");
      const all = async () => (await read(chosen.map(([id]) => id))).filter(Boolean);
      tray.root = element("section", { className: "tray", ariaLabel: "Selected agents" },
        element("div", { className: "what" }, tray.count, tray.names), tray.sum,
        element("p", { className: "actions" }, tray.compare, " ",
          ...(navigator.clipboard ? [copying("Copy install command", async () => command(await all())), " ", copying("Copy link", () => address(chosen.map(([id]) => id))), " "] : []), clear));
      document.body.append(tray.root);
    }
    say();
  };

  // Adds a checkbox to each row of a list, including rows that the filter adds later.
  const offer = (table) => {
    for (const row of table.tBodies[0].rows) {
      const head = row.cells[0];
      const link = head?.querySelector("a");
      const known = head?.querySelector("input[data-choose]");
      // The selection may have changed while the filter hid the row.
      if (known) known.checked = isChosen(known.dataset.choose);
      if (!link || known) continue;
      const id = idOf(link.href);
      const box = element("input", { type: "checkbox", title: "Select to compare", ariaLabel: `Select ${link.textContent} to compare` });
      // The qualifier is part of the link but not of the name.
      const name = [...link.childNodes].filter((part) => !part.classList?.contains("of")).map((part) => part.textContent).join("").trim();
      box.dataset.choose = id;
      box.checked = isChosen(id);
      box.addEventListener("change", () => choose(id, name, box.checked));
      head.prepend(element("label", { className: "choose" }, box));
    }
  };

  globalThis.rosterChoice = {
    part(_, agents, names) {
      for (const [name, id] of names) former.set(name, id);
      for (const agent of agents) known.set(agent.id, Object.assign(agent, { sections: sectionsOf(agent) }));
    },
    read, load, page, address, idOf, reach, cost, clashes, command, copying, element, show, root,
  };

  recall();
  for (const table of document.querySelectorAll("table.agents")) {
    offer(table);
    new MutationObserver(() => offer(table)).observe(table.tBodies[0], { childList: true });
  }
  for (const button of document.querySelectorAll("button[data-choose]")) {
    button.addEventListener("click", () => choose(button.dataset.choose, button.dataset.name, !isChosen(button.dataset.choose)));
  }
  // Updates after changes in other windows of the same catalog, and after going back to a cached page.
  addEventListener("storage", (event) => { if (event.key === key) { recall(); show(); } });
  addEventListener("pageshow", (event) => { if (event.persisted) { recall(); show(); } });
  show();
})();
