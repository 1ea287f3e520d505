// Computes differences between texts: sections, lines, words. The Differences module has the same rules for generated
// pages. This script compares texts that visitors select.
(() => {
  "use strict";
  // The maximum total length of two sequences compared with Myers' algorithm, in elements, of two lines compared word by
  // word, and of replaced lines whose words are compared to count them, in words.
  const CLOSE = 600;
  const WORDS = 4000;
  const COUNTED = 100000;

  const same = (left, right, isSame) => ({ left, right, isSame });

  // The longest subsequence of pairs whose second values increase (patience sorting: Aldous and Diaconis, 1999).
  function longestRising(pairs) {
    const tops = [];
    const before = [];
    pairs.forEach(([, place], index) => {
      let low = 0;
      let high = tops.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (pairs[tops[middle]][1] < place) low = middle + 1; else high = middle;
      }
      before[index] = low > 0 ? tops[low - 1] : -1;
      tops[low] = index;
    });
    const chain = [];
    for (let index = tops.length ? tops[tops.length - 1] : -1; index >= 0; index = before[index]) chain.push(pairs[index]);
    return chain.reverse();
  }

  // The removed and inserted positions, after Myers (1986), "An O(ND) difference algorithm and its variations".
  function shortest(left, right) {
    const [n, m] = [left.length, right.length];
    const trace = [];
    let reached = new Map([[1, 0]]);
    for (let d = 0; d <= n + m; d += 1) {
      const last = reached;
      trace.push(last);
      reached = new Map();
      let isDone = false;
      for (let k = -d; k <= d; k += 2) {
        const goesDown = k === -d || (k !== d && last.get(k - 1) < last.get(k + 1));
        let x = goesDown ? last.get(k + 1) : last.get(k - 1) + 1;
        while (x < n && x - k < m && left[x] === right[x - k]) x += 1;
        reached.set(k, x);
        isDone = x >= n && x - k >= m;
        if (isDone) break;
      }
      if (isDone) break;
    }
    const removed = new Set();
    const inserted = new Set();
    let [x, y] = [n, m];
    for (let d = trace.length - 1; d > 0; d -= 1) {
      const k = x - y;
      const goesDown = k === -d || (k !== d && trace[d].get(k - 1) < trace[d].get(k + 1));
      const from = goesDown ? k + 1 : k - 1;
      x = trace[d].get(from);
      y = x - from;
      if (goesDown) inserted.add(y); else removed.add(x);
    }
    return { removed, inserted };
  }

  // The edits from one sequence to another, in order, covering both. Elements that occur exactly once in both are
  // anchors (patience diff, by Bram Cohen).
  function between(left, right) {
    const edits = [];
    const add = (start, end, begin, stop, isSame) => {
      if (start === end && begin === stop) return;
      const last = edits[edits.length - 1];
      if (last && last.isSame === isSame) {
        last.left[1] = end;
        last.right[1] = stop;
      } else {
        edits.push(same([start, end], [begin, stop], isSame));
      }
    };
    const anchors = (start, end, begin, stop) => {
      const counts = new Map();
      for (let place = start; place < end; place += 1) {
        const known = counts.get(left[place]);
        if (known) known.left += 1; else counts.set(left[place], { left: 1, right: 0, place: -1 });
      }
      for (let place = begin; place < stop; place += 1) {
        const known = counts.get(right[place]);
        if (known) { known.right += 1; known.place = place; }
      }
      const shared = [];
      for (let place = start; place < end; place += 1) {
        const known = counts.get(left[place]);
        if (known.left === 1 && known.right === 1) shared.push([place, known.place]);
      }
      return longestRising(shared);
    };
    const compare = (start, end, begin, stop) => {
      if (end - start + stop - begin > CLOSE) { add(start, end, begin, stop, false); return; }
      const { removed, inserted } = shortest(left.slice(start, end), right.slice(begin, stop));
      let [place, other] = [start, begin];
      while (place < end || other < stop) {
        let [from, since] = [place, other];
        while (place < end && removed.has(place - start)) place += 1;
        while (other < stop && inserted.has(other - begin)) other += 1;
        add(from, place, since, other, false);
        [from, since] = [place, other];
        while (place < end && other < stop && !removed.has(place - start) && !inserted.has(other - begin)) {
          place += 1;
          other += 1;
        }
        add(from, place, since, other, true);
      }
    };
    const find = (start, end, begin, stop, depth) => {
      let head = 0;
      while (start + head < end && begin + head < stop && left[start + head] === right[begin + head]) head += 1;
      add(start, start + head, begin, begin + head, true);
      [start, begin] = [start + head, begin + head];
      let tail = 0;
      while (start < end - tail && begin < stop - tail && left[end - tail - 1] === right[stop - tail - 1]) tail += 1;
      within(start, end - tail, begin, stop - tail, depth);
      add(end - tail, end, stop - tail, stop, true);
    };
    const within = (start, end, begin, stop, depth) => {
      if (start === end || begin === stop) { add(start, end, begin, stop, false); return; }
      const held = depth < 32 ? anchors(start, end, begin, stop) : [];
      if (!held.length) { compare(start, end, begin, stop); return; }
      for (const [place, match] of held) {
        find(start, place, begin, match, depth + 1);
        add(place, place + 1, match, match + 1, true);
        [start, begin] = [place + 1, match + 1];
      }
      find(start, end, begin, stop, depth + 1);
    };
    find(0, left.length, 0, right.length, 0);
    return edits;
  }

  // MARK: Words

  const segmenter = globalThis.Intl?.Segmenter ? new Intl.Segmenter("en", { granularity: "grapheme" }) : null;
  const characters = (text) => (segmenter ? [...segmenter.segment(text)].map((part) => part.segment) : [...text]);

  // Splits a line into words, runs of white space, and single other characters.
  function words(line) {
    const runs = line.match(/(?:[\p{Alphabetic}\p{N}_'][\p{M}\u200D]*)+|\p{White_Space}+|[^\p{Alphabetic}\p{N}_'\p{White_Space}]+/gu) ?? [];
    return runs.flatMap((run) => (/^[\p{Alphabetic}\p{N}_'\p{White_Space}]/u.test(run) ? [run] : characters(run)));
  }
  const isWord = (text) => /^[0-9A-Za-z_'\u0080-\u{10FFFF}]/u.test(text);
  const countedWords = (text) => text.match(/[0-9A-Za-z_'\u0080-\u{10FFFF}]+/gu) ?? [];
  const counted = (list) => {
    const counts = new Map();
    for (const word of list) if (isWord(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
    return counts;
  };
  const sum = (counts) => [...counts.values()].reduce((one, other) => one + other, 0);
  const likeness = (left, right) => {
    let common = 0;
    for (const [word, count] of left) common += Math.min(count, right.get(word) ?? 0);
    const longer = Math.max(sum(left), sum(right));
    return longer === 0 ? 0 : common / longer;
  };

  // Compares two lines word by word. Each piece is marked with the side it belongs to.
  function pieces(left, right) {
    if (left.length + right.length > WORDS) return [["left", left.join("")], ["right", right.join("")]];
    return between(left, right).flatMap((edit) => {
      const [own, other] = [left.slice(...edit.left).join(""), right.slice(...edit.right).join("")];
      if (edit.isSame) return [["both", own]];
      return [...(edit.left[0] < edit.left[1] ? [["left", own]] : []), ...(edit.right[0] < edit.right[1] ? [["right", other]] : [])];
    });
  }

  // MARK: Lines

  function replaced(left, right) {
    if (!left.length) return [{ kind: "added", lines: right }];
    if (!right.length) return [{ kind: "removed", lines: left }];
    const [first, second] = [left.map(words), right.map(words)];
    const [own, others] = [first.map(counted), second.map(counted)];
    const pairs = [];
    let start = 0;
    own.forEach((list, place) => {
      // Compare a line with only a few lines of the other side, to limit the cost of long runs.
      let best = -1;
      let share = 0.4;
      for (let other = start; other < Math.min(right.length, start + 8); other += 1) {
        const value = likeness(list, others[other]);
        if (value > share || (best < 0 && value >= share)) [best, share] = [other, value];
      }
      if (best < 0) return;
      pairs.push([place, best]);
      start = best + 1;
    });
    const blocks = [];
    let [done, reached] = [0, 0];
    const fill = (end, limit) => {
      if (done < end) blocks.push({ kind: "removed", lines: left.slice(done, end) });
      if (reached < limit) blocks.push({ kind: "added", lines: right.slice(reached, limit) });
      [done, reached] = [end, limit];
    };
    for (const [line, match] of pairs) {
      fill(line, match);
      blocks.push({ kind: "changed", pieces: pieces(first[line], second[match]) });
      [done, reached] = [line + 1, match + 1];
    }
    fill(left.length, right.length);
    return blocks;
  }

  // The differences of two texts, given as lines.
  const text = (left, right) => between(left, right).flatMap((edit) => (edit.isSame
    ? [{ kind: "same", lines: left.slice(...edit.left) }]
    : replaced(left.slice(...edit.left), right.slice(...edit.right))));

  // Counts words. Consecutive replaced lines are compared as one text, so that another place for a line break is not a
  // difference.
  function counts(blocks) {
    const result = { same: 0, removed: 0, added: 0 };
    let [left, right] = [[], []];
    const finish = () => {
      const edits = left.length && right.length && left.length + right.length <= COUNTED ? between(left, right) : [];
      const common = edits.reduce((sum, edit) => sum + (edit.isSame ? edit.left[1] - edit.left[0] : 0), 0);
      result.same += common;
      result.removed += left.length - common;
      result.added += right.length - common;
      [left, right] = [[], []];
    };
    for (const block of blocks) {
      if (block.kind === "same") {
        finish();
        for (const line of block.lines) result.same += countedWords(line).length;
      } else if (block.kind === "changed") {
        const without = (side) => countedWords(block.pieces.filter((piece) => piece[0] !== side).map((piece) => piece[1]).join(""));
        left = left.concat(without("right"));
        right = right.concat(without("left"));
      } else {
        const words = block.lines.flatMap(countedWords);
        if (block.kind === "removed") left = left.concat(words); else right = right.concat(words);
      }
    }
    finish();
    return result;
  }

  // MARK: Sections

  // The runs of five consecutive words in a text. A shorter text is a single run.
  function shingles(value) {
    const list = value.replace(/[A-Z]+/g, (run) => run.toLowerCase()).match(/[0-9a-z\u0080-\u{10FFFF}]+/gu) ?? [];
    if (list.length < 5) return new Set(list.length ? [`${list.length} ${list.join(" ")}`] : []);
    const runs = new Set();
    for (let place = 4; place < list.length; place += 1) runs.add(list.slice(place - 4, place + 1).join(" "));
    return runs;
  }
  // The share of runs that two texts have in common, among the runs of either.
  function similarity(left, right) {
    if (!left.size && !right.size) return 1;
    let common = 0;
    for (const run of left) if (right.has(run)) common += 1;
    return common / (left.size + right.size - common);
  }

  // Whether a line is long enough to be meaningful.
  const encoder = new TextEncoder();
  const isTelling = (line) => line.length > 12 || encoder.encode(line).length > 12;

  // Matches the sections of two texts: by headings in order, by headings anywhere, then by content.
  function partners(left, right) {
    const matches = left.map(() => -1);
    for (const edit of between(left.map((section) => section.key), right.map((section) => section.key))) {
      if (edit.isSame) for (let place = edit.left[0]; place < edit.left[1]; place += 1) matches[place] = edit.right[0] + place - edit.left[0];
    }
    const free = () => {
      const taken = new Set(matches);
      return right.map((_, place) => place).filter((place) => !taken.has(place));
    };
    const waiting = new Map();
    for (const place of free()) {
      const known = waiting.get(right[place].key);
      if (known) known.push(place); else waiting.set(right[place].key, [place]);
    }
    left.forEach((section, place) => {
      if (matches[place] < 0 && section.key) matches[place] = waiting.get(section.key)?.shift() ?? -1;
    });
    const own = left.map((_, place) => place).filter((place) => matches[place] < 0).slice(0, 200);
    const others = free().slice(0, 200);
    const content = (section) => shingles(section.lines.slice(section.id === null ? 0 : 1).join("\n"));
    const known = new Set(others.flatMap((place) => right[place].lines.filter(isTelling)));
    const found = [];
    const second = others.map((place) => content(right[place]));
    for (const place of own.filter((place) => left[place].lines.some((line) => known.has(line)))) {
      const first = content(left[place]);
      if (!first.size) continue;
      others.forEach((other, index) => {
        const share = second[index].size ? similarity(first, second[index]) : 0;
        if (share >= 0.4) found.push([share, place, other]);
      });
    }
    found.sort((one, other) => other[0] - one[0] || one[1] - other[1] || one[2] - other[2]);
    const taken = new Set();
    for (const [, place, other] of found) {
      if (matches[place] >= 0 || taken.has(other)) continue;
      taken.add(other);
      matches[place] = other;
    }
    return matches;
  }

  // The differences of two texts, section by section, in the order of the first text. Sections that only the second
  // text has are placed where they are in that text.
  function sections(left, right) {
    const matches = partners(left, right);
    const inOrder = new Set(longestRising(matches.map((match, place) => [place, match]).filter(([, match]) => match >= 0)).map(([place]) => place));
    const taken = new Set(matches);
    const pairs = [];
    const pair = (one, other, isMoved) => pairs.push({ left: one, right: other, isMoved, blocks: text(one?.lines ?? [], other?.lines ?? []) });
    let next = 0;
    const addNew = (end) => {
      for (; next < end; next += 1) if (!taken.has(next)) pair(null, right[next], false);
    };
    left.forEach((section, place) => {
      if (matches[place] < 0) { pair(section, null, false); return; }
      if (inOrder.has(place)) addNew(matches[place]);
      pair(section, right[matches[place]], !inOrder.has(place));
    });
    addNew(right.length);
    return whole(left, right, pairs) ?? pairs;
  }

  // The difference of the texts as a whole, if headings mislead and it keeps more lines. Null otherwise.
  function whole(left, right, pairs) {
    if (pairs.every((pair) => pair.left && pair.right)) return null;
    // Lines that are reported as both removed and added.
    const blocks = pairs.flatMap((pair) => pair.blocks);
    const linesOf = (kind) => blocks.filter((block) => block.kind === kind).flatMap((block) => block.lines);
    const gone = new Map();
    for (const line of linesOf("removed")) if (isTelling(line)) gone.set(line, (gone.get(line) ?? 0) + 1);
    let strays = 0;
    for (const line of linesOf("added")) {
      if (!gone.get(line)) continue;
      gone.set(line, gone.get(line) - 1);
      strays += 1;
    }
    const own = linesOf("same").filter(isTelling).length;
    const least = own + Math.floor(own / 4) + 2;
    if (own + strays <= least) return null;
    const [first, second] = [left, right].map((list) => list.flatMap((section) => section.lines));
    const kept = between(first, second).filter((edit) => edit.isSame).reduce((sum, edit) => sum + first.slice(...edit.left).filter(isTelling).length, 0);
    if (kept <= least) return null;
    const section = (lines) => ({ title: "The whole prompt", id: null, key: "", lines });
    return [{ left: section(first), right: section(second), isMoved: false, blocks: text(first, second) }];
  }

  globalThis.rosterDifference = { between, text, sections, counts, shingles, similarity };
})();
