// Words as they are counted and compared in the browser. The endings and the common words are those of the program (Likenesses/Words.swift); a test compares them.
globalThis.rosterWords = (() => {
  "use strict";
  const COMMON = `
    a about above across after again against agent agents all also always an and another any are as ask at be because been before being below best between both but by can clear could create do does
    done down during each either else ensure etc even every example few first focus follow for from full further get give go good had has have he help here high him his how however if in include into
    is it item its just keep key know like make many may more most much must my need never new next no not now of off often on once one only or other our out over own per please provide put rather
    real same see set she should show so some specific step still such sure take task than that the their them then there these they thing this those through thus time to too two under until up us use
    user using very via want was way we well were what when where which while who why will with within without work would yet you your`;
  const ENDINGS = [["ing", 3, 4], ["ed", 2, 4], ["ies", 3, 3], ["es", 2, 4], ["ss", 0, 1], ["s", 1, 3], ["e", 1, 4]];
  const size = (text) => new TextEncoder().encode(text).length;
  // A word without the ending that the forms of an English word differ in.
  const stem = (word) => {
    const found = ENDINGS.find(([ending, , rest]) => word.endsWith(ending) && size(word) >= ending.length + rest);
    return found ? word.slice(0, word.length - found[1]) : word;
  };
  // The stems of a text as the program counts them: lower case of Latin letters without marks.
  const stems = (text) => (text.replace(/[A-Z]+/g, (run) => run.toLowerCase()).match(/[0-9a-z+#\u00C0-\u1FFF\u2C00-\u2FFF\u3040-\u{1EFFF}\u{20000}-\u{10FFFF}]+/gu) ?? []).map(stem).filter((word) => size(word) > 1);
  // Words as they are looked for: no case, no accents.
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase().split(/[^\p{L}\p{N}+#]+/u).filter(Boolean);
  const common = new Set(stems(COMMON));
  return { stem, stems, folded, isCommon: (stem) => common.has(stem) };
})();
