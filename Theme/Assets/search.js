// The search of the catalog: one ranking for words and for whole questions. Its data are scripts that are loaded when
// needed, so that it also works from disk.
globalThis.rosterSearch = (() => {
  "use strict";
  const root = new URL(document.currentScript.dataset.root || "./", location.href);
  const { split, stem, folded, isCommon, isWeak } = globalThis.rosterWords;
  const DIGITS = new Map([..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"].map((sign, place) => [sign, place]));
  const [SLOTS_IN_PART, WORDS, CANDIDATES] = [32, 32, 40];
  // The weights of alternatives. The word itself has weight 1.
  const WEIGHTS = { same: 0.9, related: 0.6, phrase: 1.4, prefix: 0.8, near: 0.6, within: 0.4 };

  // MARK: Data

  // Loads a script once. A failed load is forgotten, so that the next query retries it.
  const loads = new Map();
  const load = (name) => {
    if (!loads.has(name)) {
      loads.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = new URL(`search/${name}.js`, root).href;
        script.onload = resolve;
        script.onerror = () => { loads.delete(name); reject(new Error(name)); };
        document.head.append(script);
        script.remove();
      }));
    }
    return loads.get(name);
  };

  let data;
  const postings = new Map();
  const items = new Map();
  const start = (own) => {
    data = own;
    data.vocabulary = [];
    let last = "";
    for (const [, shared, rest] of own.words.matchAll(/([A-Z])([^A-Z]*)/g)) {
      last = prefix(last, shared.charCodeAt(0) - 65) + rest;
      data.vocabulary.push(last);
    }
    data.synonyms = new Map(own.synonyms.map(([asked, same, related]) => [asked.join(" "), [...same.map((target) => [target, WEIGHTS.same]), ...related.map((target) => [target, WEIGHTS.related])]]));
  };
  // The first bytes of a word in UTF-8.
  const prefix = (word, length) => (/^[\0-\x7f]*$/.test(word) ? word.slice(0, length) : new TextDecoder().decode(new TextEncoder().encode(word).slice(0, length)));
  const words = (_, list) => {
    for (let place = 0; place < list.length;) {
      const term = list[place];
      const text = list[place + 1];
      place += 2;
      postings.set(term, { text, weight: typeof list[place] === "number" ? list[place++] : undefined });
    }
  };
  const addItems = (_, list) => {
    for (const [slot, kind, title, address, summary, place, reach, ...copies] of list) {
      const leading = ([name, path, where]) => ({ title: name, href: new URL(path, root).href, place: where });
      items.set(slot, { slot, kind, ...leading([title, address, place]), summary, reach, copies: copies.map(leading) });
    }
  };
  // FNV-1a, as in SearchData.swift.
  const partOf = (term) => {
    let hash = 0x811c9dc5;
    for (const byte of new TextEncoder().encode(term)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
    return (hash ^ (hash >>> 15)) & (data.parts - 1);
  };
  const readWords = (terms) => Promise.all([...new Set(terms.map(partOf))].map((part) => load(`words.${part}`)));
  const readItems = (slots) => Promise.all([...new Set(slots.map((slot) => Math.min(Math.floor(slot / SLOTS_IN_PART), data.slots / SLOTS_IN_PART - 1)))].map((part) => load(`items.${part}`)));

  // The slots of a word with its impact in each, and its rarity: the fewer slots, the higher.
  const entry = (term) => {
    const own = postings.get(term);
    if (!own || own.slots) return own;
    own.slots = [];
    own.impacts = [];
    let [slot, distance, shift, sum] = [0, 0, 1, 0];
    for (let place = 0; place < own.text.length; place += 1) {
      const digit = DIGITS.get(own.text[place]);
      distance += (digit % 32) * shift;
      shift *= 32;
      if (digit >= 32) continue;
      slot += distance;
      place += 1;
      own.slots.push(slot);
      own.impacts.push((DIGITS.get(own.text[place]) / 64) ** 1.35);
      sum += DIGITS.get(own.text[place]);
      [distance, shift] = [0, 1];
    }
    own.rarity = Math.log(1 + data.count / (0.5 + (own.weight ?? sum) / 32));
    return own;
  };

  // MARK: Words

  const place = (word) => {
    let [low, high] = [0, data.vocabulary.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (data.vocabulary[middle] < word) low = middle + 1; else high = middle;
    }
    return low;
  };
  const rank = (at) => data.ranks.charCodeAt(at) - 48;
  const isKnown = (word) => data.vocabulary[place(word)] === word;
  const most = (places, count) => places.sort((one, other) => rank(other) - rank(one) || data.vocabulary[one].length - data.vocabulary[other].length || one - other).slice(0, count).map((at) => data.vocabulary[at]);
  // The words that begin with the typed letters.
  const completions = (typed) => {
    const found = [];
    for (let at = place(typed); at < data.vocabulary.length && data.vocabulary[at].startsWith(typed); at += 1) if (data.vocabulary[at] !== typed) found.push(at);
    return most(found, typed.length < 3 ? 6 : 10);
  };
  // The edit distance of two words: letters inserted, deleted, replaced or swapped with the next. Distances above the
  // limit are returned as `limit + 1`.
  const distance = (word, other, limit) => {
    if (Math.abs(word.length - other.length) > limit) return limit + 1;
    let [older, old] = [[], Array.from({ length: other.length + 1 }, (_, index) => index)];
    for (let i = 1; i <= word.length; i += 1) {
      const now = [i];
      for (let j = 1; j <= other.length; j += 1) {
        const isSame = word[i - 1] === other[j - 1];
        now[j] = Math.min(old[j] + 1, now[j - 1] + 1, old[j - 1] + (isSame ? 0 : 1));
        if (i > 1 && j > 1 && word[i - 1] === other[j - 2] && word[i - 2] === other[j - 1]) now[j] = Math.min(now[j], older[j - 2] + 1);
      }
      if (Math.min(...now) > limit) return limit + 1;
      [older, old] = [old, now];
    }
    return old[other.length];
  };
  const corrections = (word) => {
    const limit = word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0;
    if (!limit) return [];
    let [best, found] = [limit, []];
    data.vocabulary.forEach((known, at) => {
      if (known.length < 3 || Math.abs(known.length - word.length) > best) return;
      const steps = distance(word, known, best);
      if (steps > best) return;
      if (steps < best) [best, found] = [steps, []];
      found.push(at);
    });
    return most(found, 4);
  };

  // The units of a query: its words and its phrases with synonyms, each with alternatives. An alternative is a list of
  // words that are all required.
  const units = async (text, isTyping) => {
    const all = split(text).slice(0, WORDS);
    // While the user types, a single letter counts as the beginning of a word.
    const typed = isTyping ? folded(text).at(-1) : undefined;
    if (typed && typed !== all.at(-1)) all.push(typed);
    const stems = all.map(stem);
    const telling = stems.map((own) => !isCommon(own));
    if (!telling.includes(true)) telling.fill(true);
    const found = [];
    const seen = new Set();
    for (const [index, word] of all.entries()) {
      if (!telling[index] || seen.has(stems[index])) continue;
      seen.add(stems[index]);
      const alternatives = [[[stems[index]], 1]];
      alternatives.push(...(data.synonyms.get(stems[index]) ?? []));
      if (isTyping && index === all.length - 1) {
        for (const known of completions(word)) if (known !== stems[index]) alternatives.push([[known], WEIGHTS.prefix * (0.4 + (0.6 * word.length) / known.length)]);
      }
      found.push({ word, stem: stems[index], alternatives, weight: isWeak(stems[index]) ? 0.5 : 1 });
    }
    for (let length = 2; length <= 4; length += 1) {
      for (let index = 0; index + length <= all.length; index += 1) {
        const targets = data.synonyms.get(stems.slice(index, index + length).join(" "));
        if (targets) found.push({ word: all.slice(index, index + length).join(" "), alternatives: targets.map(([target, weight]) => [target, weight * WEIGHTS.phrase]), isPhrase: true, weight: 1 });
      }
    }
    const read = (list) => readWords(list.flatMap(({ alternatives }) => alternatives.flatMap(([terms]) => terms)));
    await read(found);
    // A word without matches may be misspelled, inflected or part of a longer word.
    const guesses = [];
    for (const unit of found) {
      if (unit.isPhrase || unit.alternatives.some(([terms]) => terms.every((term) => postings.has(term)))) continue;
      const longer = unit.word.length > 4 ? Array.from({ length: Math.min(4, unit.word.length - 4) }, (_, cut) => unit.word.slice(0, -1 - cut)).find(isKnown) : undefined;
      const near = corrections(unit.stem);
      const within = near.length || unit.stem.length < 4 ? [] : most(data.vocabulary.flatMap((known, at) => (known.includes(unit.stem) ? [at] : [])), 4);
      for (const known of longer ? [longer] : near.length ? near : within) unit.alternatives.push([[known], near.length || longer ? WEIGHTS.near : WEIGHTS.within]);
      if (!longer && near.length) guesses.push([unit.word, near[0]]);
    }
    await read(found);
    return { units: found, guesses };
  };

  // MARK: Ranking

  // The score of a unit in each slot: the best alternative, plus a quarter of the others.
  const fits = ({ alternatives }) => {
    const [best, sum] = [new Map(), new Map()];
    let greatest = 0;
    for (const [terms, weight] of alternatives) {
      const entries = terms.map(entry);
      if (!entries.every(Boolean)) continue;
      const rarity = Math.max(...entries.map((one) => one.rarity));
      greatest = Math.max(greatest, weight * rarity);
      let own = new Map(entries[0].slots.map((slot, index) => [slot, entries[0].impacts[index]]));
      for (const other of entries.slice(1)) {
        const both = new Map();
        other.slots.forEach((slot, index) => { if (own.has(slot)) both.set(slot, Math.min(own.get(slot), other.impacts[index])); });
        own = both;
      }
      for (const [slot, impact] of own) {
        const score = weight * rarity * impact;
        sum.set(slot, (sum.get(slot) ?? 0) + score);
        if (score > (best.get(slot) ?? 0)) best.set(slot, score);
      }
    }
    for (const [slot, score] of best) best.set(slot, score + 0.25 * (sum.get(slot) - score));
    return { best, greatest };
  };

  const ranked = (list) => {
    const found = new Map();
    let whole = 0;
    for (const unit of list) {
      const { best, greatest } = fits(unit);
      whole += unit.weight * greatest;
      for (const [slot, score] of best) {
        const known = found.get(slot) ?? { slot, score: 0, share: 0 };
        known.score += unit.weight * score;
        known.share += unit.weight * greatest;
        found.set(slot, known);
      }
    }
    for (const one of found.values()) one.score *= 0.4 + (0.6 * one.share) / whole;
    return [...found.values()].sort((one, other) => other.score - one.score || one.slot - other.slot);
  };

  // Ranks items higher if the query matches their whole name. Pages that are not items are found by their titles.
  const adjusted = (found, list) => {
    const wanted = list.filter(({ isPhrase }) => !isPhrase);
    const stems = new Set(list.flatMap(({ alternatives }) => alternatives.flatMap(([terms, weight]) => (terms.length === 1 && weight >= 0.6 ? terms : []))));
    for (const one of found) {
      const item = items.get(one.slot);
      if (!item) continue;
      const own = split(item.title).map(stem);
      const share = own.length ? own.filter((word) => stems.has(word)).length / own.length : 0;
      const said = wanted.length ? wanted.filter((unit) => own.includes(unit.stem)).length / wanted.length : 0;
      one.score *= 1 + 0.4 * share * said + (share === 1 && said === 1 ? 0.6 : 0);
      if (item.kind === "Document") one.score *= 0.6;
      else if (!KINDS.has(item.kind)) one.score *= share * share * (said === 1 ? 0.8 : 0.5);
    }
    found.sort((one, other) => other.score - one.score || one.slot - other.slot);
    // Further results with the same name rank lower.
    const names = new Map();
    for (const one of found) {
      const name = items.get(one.slot)?.title.toLowerCase();
      const count = names.get(name) ?? 0;
      names.set(name, count + 1);
      one.score *= 0.9 ** Math.min(count, 4);
    }
    return found.sort((one, other) => other.score - one.score || one.slot - other.slot);
  };
  const KINDS = new Set(["Agent", "Skill", "Command", "Instruction"]);

  // MARK: Permissions

  const ABILITIES = [
    [/\b(?:read|reads|open|see|look at|access)\b.*\bfiles?\b/, "Reads files"],
    [/\b(?:edit|write|change|modify|delete|overwrite|touch)s?\b.*\bfiles?\b/, "Edits files"],
    [/\b(?:run|execute|start|launch|use|shell|bash|terminal)s?\b.*\b(?:commands?|shell|bash|terminal|scripts?|programs?)\b|\bshell access\b/, "Runs commands"],
    [/\b(?:use|access|browse|search|fetch|surf|reach|read)(?:e?s)?\b.*\b(?:web|internet|online)\b|\b(?:web|internet) access\b/, "Uses the web"],
    [/\b(?:start|launch|spawn|call|delegate)s?\b.*\b(?:sub-?agents?|(?:other|more) agents?)\b/, "Starts agents"],
    [/\binherits?\b.*\btools?\b/, "Inherits tools"],
    [/\b(?:never|without|not|don['’]?t|doesn['’]?t|no)\b.*\b(?:ask(?:s|ing|ed)?|permissions?|confirm\w*|approvals?|prompt(?:s|ing|ed)?)\b|\b(?:skip|bypass)\w*\b.*\bpermissions?\b|\bunattended\b/, "Never asks for permission"],
  ];
  // The number of items with the permissions that a question asks about, even if it is zero, and the address of their
  // list.
  const answer = (text) => {
    const phrases = ABILITIES.filter(([pattern]) => pattern.test(text.toLowerCase())).map(([, phrase]) => data.permissions.findIndex(([known]) => known === phrase)).filter((index) => index >= 0);
    if (!phrases.length) return undefined;
    const count = data.permissionCounts.reduce((sum, [bits, own]) => sum + (phrases.every((index) => bits & (1 << index)) ? own : 0), 0);
    const slugs = phrases.map((index) => encodeURIComponent(data.permissions[index][1])).join(",");
    const href = new URL(`index.html?reach=${slugs}${phrases.length > 1 ? "&all=reach" : ""}`, root).href;
    const title = phrases.map((index, at) => (at ? data.permissions[index][0].replace(/^./, (letter) => letter.toLowerCase()) : data.permissions[index][0])).join(" and ");
    return { title, count, href };
  };

  // MARK: Queries

  // Finds results for a text, best first, optionally of one kind.
  const find = async (text, { isTyping = false, kind = "", limit = 12 } = {}) => {
    await load("start");
    const asked = await units(text, isTyping);
    let found = ranked(asked.units);
    if (kind) {
      const term = `kind:${kind.toLowerCase()}`;
      await readWords([term]);
      const slots = new Set(entry(term)?.slots);
      found = found.filter(({ slot }) => slots.has(slot));
    }
    // Weak results are left out if there are enough others.
    const least = 0.08 * (found[0]?.score ?? 0);
    const total = Math.max(Math.min(10, found.length), found.filter(({ score }) => score >= least).length);
    const candidates = found.slice(0, Math.min(total, Math.max(CANDIDATES, limit + 20)));
    await readItems(candidates.map(({ slot }) => slot));
    const results = adjusted(candidates, asked.units).slice(0, limit).map(({ slot }) => ({ ...items.get(slot), says: missing(items.get(slot), asked.units) }));
    return { results, total, guesses: asked.guesses, words: asked.units.map(({ word }) => word), answer: answer(text), kinds: data.kinds };
  };
  // The words of a query that are in the text of an item, but not in its title or summary.
  const missing = (item, list) => {
    const shown = new Set(split(`${item.title} ${item.summary}`).map(stem));
    return list.filter(({ isPhrase, stem: own }) => !isPhrase && !shown.has(own) && entry(own)?.slots.includes(item.slot)).map(({ word }) => word);
  };

  return { start, words, items: addItems, find, ready: () => load("start") };
})();
