// Ranks agents for a sentence by the words of their names and descriptions: BM25, as the program ranks the descriptions that compete.
(() => {
  "use strict";
  const form = document.querySelector("[data-ask]");
  const list = document.querySelector("[data-answers]");
  const { load, page, element } = globalThis.rosterChoice;
  const input = form.querySelector("input");
  const status = form.querySelector("output");
  const partCount = Number(form.dataset.parts);
  const [SATURATION, LENGTH_SHARE, SHOWN] = [1.2, 0.75, 10];

  const { stems, isCommon } = globalThis.rosterWords;
  const wordsOf = (text) => stems(text).filter((word) => !isCommon(word));

  // Those of one description are one: nothing that one could say tells them apart.
  const agents = [];
  const described = new Map();
  const having = new Map();
  let count = 0;
  let total = 0;
  globalThis.rosterAnswers = {
    descriptions(_, part) {
      for (const [id, name, summary, text] of part) {
        count += 1;
        if (!text.trim()) continue;
        if (described.has(text)) { described.get(text).others += 1; continue; }
        const counts = new Map();
        for (const word of wordsOf(`${name} ${text}`)) counts.set(word, (counts.get(word) ?? 0) + 1);
        let length = 0;
        for (const [word, count] of counts) {
          length += count;
          if (!having.has(word)) having.set(word, []);
          having.get(word).push([agents.length, count]);
        }
        agents.push({ id, name, summary, length, others: 0 });
        described.set(text, agents[agents.length - 1]);
        total += length;
      }
    },
  };
  // A part that was read stays read; one that failed is read again by the next action.
  const read = async () => {
    for (let part = 0; part < partCount; part += 1) await load(`filter/descriptions.${part}.js`);
  };

  // The agents that have a word of the sentence, the best first, each with the words that it has.
  const ranked = (sentence) => {
    const mean = Math.max(1, total / Math.max(1, agents.length));
    const scores = new Map();
    const typed = new Map(sentence.split(/[^\p{L}\p{M}\p{N}+#]+/u).map((word) => [wordsOf(word)[0], word]));
    for (const word of new Set(wordsOf(sentence))) {
      const found = having.get(word) ?? [];
      const rarity = Math.log(1 + (agents.length - found.length + 0.5) / (found.length + 0.5));
      for (const [agent, count] of found) {
        const share = SATURATION * (1 - LENGTH_SHARE + (LENGTH_SHARE * agents[agent].length) / mean);
        const known = scores.get(agent) ?? { score: 0, words: [] };
        known.score += (rarity * count * (SATURATION + 1)) / (count + share);
        known.words.push(typed.get(word) ?? word);
        scores.set(agent, known);
      }
    }
    return [...scores].sort((one, other) => other[1].score - one[1].score || one[0] - other[0]);
  };

  const show = () => {
    const sentence = input.value.trim();
    const address = new URL(location.href);
    if (sentence) address.searchParams.set("ask", sentence); else address.searchParams.delete("ask");
    try { history.replaceState(null, "", address); } catch { /* not from disk, in some browsers */ }
    if (!sentence) { list.replaceChildren(); status.textContent = ""; return; }
    const found = ranked(sentence);
    const shown = found.slice(0, SHOWN);
    const best = shown[0]?.[1].score ?? 1;
    list.replaceChildren(...shown.map(([place, { score, words }]) => {
      const agent = agents[place];
      const meter = element("meter", { min: 0, max: 1, value: score / best });
      meter.ariaLabel = "Score, of the best one’s";
      return element("li", {}, element("a", { href: page(agent.id).href, textContent: agent.name }), " ",
        meter, " ", element("span", { className: "share", textContent: `${Math.round((score / best) * 100)} %` }), " ",
        element("span", { className: "quiet", textContent: [...words, ...(agent.others ? [`${agent.others} more of the same description`] : [])].join(", ") }), element("span", { className: "summary", textContent: agent.summary }));
    }));
    const margin = shown.length > 1 ? ` The runner-up has ${Math.round((shown[1][1].score / best) * 100)} % of the first one’s score.` : "";
    const some = found.reduce((sum, [place]) => sum + 1 + agents[place].others, 0);
    status.textContent = found.length ? `${some} of ${count} have a word of it.${margin}` : "No description has a word of it.";
  };
  const apply = () => read().then(show, () => { status.textContent = "The descriptions could not be read."; });

  form.addEventListener("submit", (event) => { event.preventDefault(); apply(); });
  input.addEventListener("input", apply);
  const asked = new URLSearchParams(location.search).get("ask");
  if (asked) { input.value = asked; apply(); }
})();
