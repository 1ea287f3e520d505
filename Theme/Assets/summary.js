// The summary sentence of a comparison, and the grouping of copies. ComparisonSentence.swift produces the same sentence
// for generated pages, and a test compares the two.
(() => {
  "use strict";
  const NAMES = 3;
  const KINDS = ["agent", "skill", "command", "instruction"];
  const ABILITIES = ["read files", "edit files", "run commands", "use the web", "start agents"];
  const number = new Intl.NumberFormat("en");
  const count = (value, word) => `${number.format(value)} ${word}${value === 1 ? "" : "s"}`;
  const kind = (agent) => agent.kind ?? "agent";

  // Texts from files are marked as names. Everything else is plain words.
  const name = (text) => ({ name: text });
  const joined = (items, separator) => items.flatMap((item, place) => (place ? [separator, ...item] : item));
  const list = (items) => (items.length < 2 ? items.flat() : [...joined(items.slice(0, -1), ", "), " and ", ...items.at(-1)]);

  const values = (agent) => new Map([...agent.fields].reverse());
  const differing = (one, other) => {
    const [first, second] = [values(one), values(other)];
    return [...new Set([...one.fields, ...other.fields].map(([key]) => key))].filter((key) => first.get(key) !== second.get(key));
  };
  const isCopy = (one, other) => one.prompt === other.prompt && kind(one) === kind(other) && !differing(one, other).length;
  // Copies share a column. They have the same prompt, fields and kind.
  const folded = (agents) => {
    const groups = [];
    for (const agent of agents) {
      const group = groups.find(([first]) => isCopy(agent, first));
      if (group) group.push(agent); else groups.push([agent]);
    }
    return groups;
  };

  // The numbers of agents of each kind: `3 agents and 1 skill`.
  const counted = (agents) => list(KINDS.map((noun) => [noun, agents.filter((agent) => kind(agent) === noun).length]).filter(([, length]) => length).map(([noun, length]) => [count(length, noun)])).join("");

  // MARK: Two

  const labels = (one, other) => {
    if (one.name !== other.name) return [name(one.name), name(other.name)];
    if (one.qualifier && other.qualifier && one.qualifier !== other.qualifier) return [name(one.qualifier), name(other.qualifier)];
    return ["the first", "the second"];
  };
  const change = (verb, tools) => {
    if (!tools.length) return [];
    return [tools.length > NAMES ? [`${verb}${count(tools.length, "tool")}`] : [verb, ...list(tools.map((tool) => [name(tool)]))]];
  };
  const without = (list, others) => list.filter((one) => !others.includes(one));
  const toolChanges = (one, other) => [
    ...(one.tools && other.tools ? [...change("adds ", without(other.tools, one.tools)), ...change("drops ", without(one.tools, other.tools))]
      : one.tools ? [["inherits the session’s tools"]]
        : other.tools ? (other.tools.length ? change("is limited to ", other.tools) : [["has no tools"]]) : []),
    ...change("denies ", without(other.denied ?? [], one.denied ?? [])),
    ...change("does not deny ", without(one.denied ?? [], other.denied ?? [])),
  ];
  const modelChange = (one, other) => {
    if (one.model === other.model) return [];
    if (other.model === undefined) return [["sets no model"]];
    return [other.model === "inherit" ? ["inherits the model"] : ["runs on ", name(other.model)]];
  };
  const others = (keys) => (keys.length > NAMES ? [`${count(keys.length, "other field")} differ`]
    : [...list(keys.map((key) => [name(key || "frontmatter")])), keys.length === 1 ? " differs" : " differ"]);
  const only = (label, agent, other) => {
    const more = ABILITIES.filter((_, place) => agent.reach[place] > 0 && !other.reach[place]);
    const verbs = more.length ? [`can ${list(more.map((one) => [one])).join("")}`] : [];
    if (agent.bypasses && !other.bypasses) verbs.push("never asks for permission");
    return verbs.length ? [" Only ", label, ` ${verbs.join(" and ")}.`] : [];
  };
  const two = (one, other, percent) => {
    const isSame = one.prompt === other.prompt;
    const keys = differing(one, other);
    if (isSame && !keys.length) return ["Identical: same prompt and fields."];
    if (isSame && keys.join() === "name") return ["Same prompt and fields; only the name differs."];
    const [first, second] = labels(one, other);
    const [tools, model] = [toolChanges(one, other), modelChange(one, other)];
    const rest = keys.filter((key) => key !== "name" && !(key === "model" && model.length) && !(key.toLowerCase().includes("tools") && tools.length));
    const clauses = [[isSame ? "Same prompt" : percent > 0 ? `Prompts are ${percent}% similar` : "Different prompts"]];
    if (tools.length || model.length) clauses.push([second, " ", ...list([...tools, ...model])]);
    if (rest.length) clauses.push(others(rest));
    if (clauses.length === 1) clauses.push(["same fields"]);
    return [...joined(clauses, "; "), ".", ...only(second, other, one), ...only(first, one, other)];
  };

  // MARK: Many

  const sameList = (one, other) => one.every((tool) => other.includes(tool)) && other.every((tool) => one.includes(tool));
  const sameTools = (one, other) => !one.tools === !other.tools && sameList(one.tools ?? [], other.tools ?? []) && sameList(one.denied ?? [], other.denied ?? []);
  const prompts = (agents, percents) => {
    const counts = new Map();
    for (const { prompt } of agents) counts.set(prompt, (counts.get(prompt) ?? 0) + 1);
    const most = Math.max(...counts.values());
    if (most === agents.length) return "same prompt in all";
    if (most > 1) return `same prompt in ${number.format(most)}`;
    const [least, greatest] = [Math.min(...percents), Math.max(...percents)];
    return greatest > 0 ? `prompts are ${least === greatest ? "" : `${least}–`}${greatest}% similar` : "different prompts";
  };
  const many = (agents, percents) => {
    const running = agents.filter((agent) => agent.reach[2] > 0).length;
    const unasked = agents.filter((agent) => agent.bypasses).length;
    const clauses = [prompts(agents, percents), `${running === 0 ? "none" : running === agents.length ? "all" : number.format(running)} can run commands`];
    if (unasked) clauses.push(`${number.format(unasked)} never ${unasked === 1 ? "asks" : "ask"} for permission`);
    const differ = [];
    if (!agents.every((agent) => sameTools(agent, agents[0]))) differ.push("tools");
    if (!agents.every((agent) => agent.model === agents[0].model)) differ.push("models");
    clauses.push(differ.length ? `${differ.join(" and ")} differ` : "same tools and model");
    return [`${counted(agents)}: ${clauses.join("; ")}.`];
  };

  // The sentence as a list of words and names from files. The percentages are the similarities of all pairs, in order.
  const sentence = (agents, percents) => (agents.length === 2 ? two(agents[0], agents[1], percents[0]) : many(agents, percents));

  globalThis.rosterSummary = { sentence, folded, counted };
})();
