// Renders the differences of two texts as lines of HTML. Unchanged lines far from a change are folded.
(() => {
  "use strict";
  const shown = globalThis.rosterInvisible.html;
  const number = new Intl.NumberFormat("en");
  const count = (value, word) => `${number.format(value)} ${word}${value === 1 ? "" : "s"}`;
  // The number of unchanged lines shown around a change, and the minimum number of lines to fold.
  const CONTEXT = 3;
  const FOLD = 3;
  const row = (kind, html) => `<div class="line${kind ? ` ${kind}` : ""}">${html}</div>\n`;
  const plain = (lines) => lines.map((text) => row("", shown(text))).join("");
  const folded = (lines) => `<details class="fold"><summary>${count(lines.length, "unchanged line")}</summary>${plain(lines)}</details>\n`;
  const same = (lines, isFirst, isLast) => {
    const [head, tail] = [isFirst ? 0 : CONTEXT, isLast ? 0 : CONTEXT];
    if (lines.length < head + tail + FOLD) return plain(lines);
    return plain(lines.slice(0, head)) + folded(lines.slice(head, lines.length - tail)) + plain(lines.slice(lines.length - tail));
  };
  const TAGS = { both: (text) => text, left: (text) => `<del>${text}</del>`, right: (text) => `<ins>${text}</ins>` };
  const blocks = (list) => list.map((block, place) => {
    if (block.kind === "same") return same(block.lines, place === 0, place === list.length - 1);
    if (block.kind === "removed") return block.lines.map((text) => row("removed", `<del>${shown(text)}</del>`)).join("");
    if (block.kind === "added") return block.lines.map((text) => row("added", `<ins>${shown(text)}</ins>`)).join("");
    return row("changed", block.pieces.map(([side, text]) => TAGS[side](shown(text))).join(""));
  }).join("");
  globalThis.rosterLines = { blocks, folded, count };
})();
