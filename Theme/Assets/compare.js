// The agents that an address names, side by side: the tables that the program makes of prepared groups, and of two what makes one prompt of the other.
(() => {
  "use strict";
  const target = document.querySelector("[data-comparing]");
  const prepared = document.querySelector("[data-prepared]");
  const { sections, counts, shingles, similarity } = globalThis.rosterDifference;
  const { read, page, address, reach, cost, clashes, command, copying, element, show } = globalThis.rosterChoice;
  const MOST = 40;
  const GROUPS = ["", "Tools", "Other fields"];
  const NOT_STATED = '<span class="quiet">not stated</span>';
  const NONE = '<span class="quiet">–</span>';
  const number = new Intl.NumberFormat("en");
  const { count } = globalThis.rosterLines;
  // Of prompts that are not the same, which may have all runs of words in common.
  const percent = (share) => `${Math.min(99, Math.round(share * 100))}%`;
  const shown = globalThis.rosterInvisible.html;
  const escaped = (text) => element("span", { textContent: text }).innerHTML;
  const marked = (name, html, properties = {}) => Object.assign(element(name, properties), { innerHTML: html });
  const hrefOf = (agent) => page(agent.id).href;

  // MARK: Tables

  const heads = (agents) => agents.map((agent) => {
    const head = element("th", { scope: "col", className: `spine ${agent.spine}` }, element("a", { href: hrefOf(agent), textContent: agent.name }));
    if (agent.qualifier) head.append(element("span", { className: "quiet", textContent: agent.qualifier }));
    return head;
  });
  // What all say is said once.
  const line = (title, values, isSame) => element("tr", { className: isSame ? "same" : "" },
    element("th", { scope: "row", textContent: title }), ...(isSame ? [marked("td", values[0], { colSpan: values.length })] : values.map((value) => marked("td", value))));
  const table = (agents, corner, className, label, ...bodies) => {
    const made = element("table", { className: `compare ${className}`.trim() },
      element("thead", {}, element("tr", {}, element("th", { scope: "col", textContent: corner }), ...heads(agents))), ...bodies);
    const scroll = element("div", { className: "scroll", tabIndex: 0, ariaLabel: label }, made);
    scroll.setAttribute("role", "region");
    return scroll;
  };
  const part = (id, title, ...content) => {
    const made = element("section", {}, element("h2", { id, textContent: title }), ...content.filter(Boolean));
    made.setAttribute("aria-labelledby", id);
    return made;
  };

  // What each says of each line, of lines that any has, in the order in which they come.
  const properties = (agents) => GROUPS.map((title, place) => {
    const values = agents.map((agent) => new Map([...agent.groups[place]].reverse()));
    const titles = [...new Set(agents.flatMap((agent) => agent.groups[place].map(([line]) => line)))];
    const rows = titles.filter((line) => values.some((own) => own.get(line) != null)).map((name) => {
      const cells = agents.map((agent, index) => values[index].get(name) ?? (place === 1 ? agent.unnamedTool : NOT_STATED));
      return line(name, cells, cells.length > 1 && cells.every((cell) => cell === cells[0]));
    });
    if (!rows.length) return null;
    const head = title ? [element("tr", { className: "group" }, element("th", { scope: "rowgroup", colSpan: agents.length + 1, textContent: title }))] : [];
    return element("tbody", {}, ...head, ...rows);
  }).filter(Boolean);

  const matrix = (agents) => {
    const rows = new Map();
    agents.forEach((agent, place) => {
      for (const section of agent.sections) {
        if (section.id === null || section.level > 3 || !section.key) continue;
        if (!rows.has(section.key)) rows.set(section.key, { title: section.title, ids: agents.map(() => null) });
        rows.get(section.key).ids[place] ??= section.id;
      }
    });
    return [...rows.values()].map(({ title, ids }) => line(title, ids.map((id, place) => (id === null ? NONE : `<a href="${escaped(hrefOf(agents[place]))}#${encodeURIComponent(id)}">yes</a>`))));
  };

  const alike = (agents) => {
    const texts = agents.map((agent) => agent.prompt);
    const runs = texts.map(shingles);
    return agents.map((one, row) => line(one.qualifier ?? one.name, agents.map((other, column) => {
      if (row === column) return NONE;
      if (texts[row] === texts[column]) return "<b>identical</b>";
      return percent(similarity(runs[row], runs[column]));
    })));
  };

  // MARK: Two prompts

  const { blocks: blocksOf, folded } = globalThis.rosterLines;
  const titleOf = (pair) => (pair.left ?? pair.right).title || "Before the first heading";
  const isSame = (pair) => pair.blocks.every((block) => block.kind === "same");
  const section = (title, note, state, body) => {
    const lines = marked("div", body, { className: "lines" });
    const head = element("h3", {}, title, ...(note ? [" ", element("span", { className: "quiet", textContent: note })] : []), " ", element("span", { className: "state", textContent: state }));
    return element("section", { className: "part" }, head, lines);
  };
  const differences = (pairs) => {
    const made = [];
    let run = [];
    const addRun = () => {
      if (!run.length) return;
      const lines = run.flatMap((pair) => pair.left?.lines ?? []);
      const isOne = run.length === 1;
      made.push(section(isOne ? titleOf(run[0]) : count(run.length, "section"), "", "the same", (isOne ? "" : `<p class="fold">${shown(run.map(titleOf).join(", "))}</p>\n`) + folded(lines)));
      run = [];
    };
    for (const pair of pairs) {
      if (isSame(pair) && !pair.isMoved) { run.push(pair); continue; }
      addRun();
      const renamed = pair.left && pair.right && pair.left.title !== pair.right.title ? `in the second: ${pair.right.title}` : "";
      const state = !pair.left ? "only in the second" : !pair.right ? "only in the first" : isSame(pair) ? "the same" : "changed";
      made.push(section(titleOf(pair), renamed, state + (pair.isMoved ? ", moved" : ""),
        isSame(pair) ? folded(pair.left.lines) : blocksOf(pair.blocks)));
    }
    addRun();
    return made;
  };
  const both = (left, right) => {
    const pairs = sections(left.sections, right.sections);
    const sums = pairs.map((pair) => counts(pair.blocks)).reduce((one, other) => ({ same: one.same + other.same, removed: one.removed + other.removed, added: one.added + other.added }), { same: 0, removed: 0, added: 0 });
    const summary = marked("p", `${count(sums.same, "word")} in both, ${number.format(sums.removed)} only in the first, ${number.format(sums.added)} only in the second. <del>−</del> marks what is in the first only, <ins>+</ins> what is in the second only.`, { className: "quiet" });
    const sides = element("ol", { className: "sides" }, ...[left, right].map((agent) => element("li", {}, agent.name, " ", element("code", { textContent: agent.id }))));
    const made = part("page:differences", "What makes one prompt of the other", sides, summary, ...differences(pairs));
    made.className = "differences";
    return made;
  };

  // In which fields two differ, in a sentence.
  const fields = (left, right) => {
    const [first, second] = [left, right].map((agent) => new Map([...agent.fields].reverse()));
    const keys = [...new Set([...left.fields, ...right.fields].map(([name]) => name))].filter((name) => first.get(name) !== second.get(name));
    if (!keys.length) return "So are all fields.";
    return `Only ${keys.length > 1 ? `${keys.slice(0, -1).join(", ")} and ` : ""}${keys[keys.length - 1]} ${keys.length === 1 ? "differs" : "differ"}.`;
  };

  // MARK: The page

  const together = (agents) => {
    const { isOver, text } = cost(agents);
    const install = element("pre", {}, element("code", { textContent: command(agents) }));
    const merged = agents.filter(({ merges }) => merges);
    const list = element("ul", { className: "sums" },
      element("li", { className: isOver ? "over" : "", textContent: text }), element("li", { textContent: reach(agents) }),
      ...(clashes(agents) ? [element("li", { className: "over", textContent: clashes(agents) })] : []),
      ...merged.map(({ name, merges }) => element("li", { textContent: `To install ${name}, add it to ${merges}.` })));
    const buttons = element("p", { className: "actions" }, ...(navigator.clipboard ? [...(command(agents) ? [copying("Copy install command", () => command(agents)), " "] : []), copying("Copy address", () => address(agents.map((agent) => agent.id)))] : []));
    return part("page:together", "Together", list, buttons, ...(command(agents) ? [element("details", {}, element("summary", { textContent: "The command that installs them" }), install)] : []));
  };
  const draw = async () => {
    const wanted = [...new Set((new URLSearchParams(location.search).get("with") ?? "").split(",").map((id) => id.trim()).filter(Boolean))];
    target.hidden = !wanted.length;
    if (!wanted.length) { show(); return; }
    const found = await read(wanted);
    const agents = found.filter(Boolean).slice(0, MOST);
    const missing = wanted.filter((_, place) => !found[place]);
    const notes = [];
    if (missing.length) notes.push(`${missing.length === 1 ? `There is no agent “${missing[0]}”` : `There are no agents ${missing.map((id) => `“${id}”`).join(", ")}`} in this catalog: renamed or removed, perhaps.`);
    if (found.filter(Boolean).length > MOST) notes.push(`The first ${MOST} of ${found.filter(Boolean).length}; more would not fit side by side.`);
    const crumb = element("p", { className: "crumb" }, element("a", { href: location.pathname, textContent: "Compare" }));
    const told = notes.map((text) => element("p", { className: "missing", textContent: text }));
    const header = (title, lead) => element("header", { className: "head" }, crumb, element("h1", { textContent: title }), element("p", { className: "lead", textContent: lead }), ...told);
    if (agents.length < 2) {
      const one = agents[0] ? `Only ${agents[0].name} is left to compare. ` : "";
      target.replaceChildren(...told, element("p", { textContent: `${one}Choose two agents or more with the boxes of any list, or look at those that stand together below.` }));
      show();
      return;
    }
    prepared.remove();
    const names = agents.map((agent) => agent.name);
    const title = agents.length > 4 ? `${agents.length} agents` : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
    document.title = `${title} compared · ${document.title.split(" · ").pop()}`;
    const shares = alike(agents);
    const identical = agents[0].prompt === agents[1].prompt;
    const lead = agents.length > 2 ? `${agents.length} agents that you chose, side by side.`
      : identical ? `The prompts are the same, byte for byte. ${fields(agents[0], agents[1])}`
        : `${percent(similarity(shingles(agents[0].prompt), shingles(agents[1].prompt)))} of the runs of five words in either prompt are in both.`;
    const hide = element("p", {}, element("label", { className: "switch" }, element("input", { type: "checkbox", className: "hide-same" }), " Hide rows in which all agree"));
    const rows = matrix(agents);
    target.replaceChildren(header(title, lead), together(agents),
      part("page:table", "Side by side", hide, table(agents, "Property", "", "Comparison, scrolls sideways", ...properties(agents))),
      ...(rows.length ? [part("page:sections", "Sections of the prompts", table(agents, "Heading", "matrix", "Sections, scrolls sideways", element("tbody", {}, ...rows)))] : []),
      ...(agents.length > 2 ? [part("page:pairs", "How much of the prompts is the same", element("p", { className: "quiet", textContent: "The share of runs of five words that two prompts have in common, of all that either has." }),
        table(agents, "Agent", "matrix pairs", "Similarity, scrolls sideways", element("tbody", {}, ...shares)))] : identical ? [] : [both(agents[0], agents[1])]));
    globalThis.rosterPage.adorn(target);
    show();
  };
  const start = () => draw().catch(() => {
    const again = element("button", { type: "button", textContent: "Try again" });
    again.addEventListener("click", start);
    target.hidden = false;
    const problem = element("p", { className: "missing", textContent: "The data of these agents could not be read." });
    target.replaceChildren(problem, element("p", {}, again));
  });
  start();
})();
