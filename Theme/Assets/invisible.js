// Text as HTML: escaped, with labels for invisible characters and marks on misleading lookalikes. Text/HTMLText.swift
// does the same, and a test compares them.
globalThis.rosterInvisible = (() => {
  "use strict";
  const INVISIBLE = "\\x80-\\x9F\\xAD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u200B-\\u200F\\u2028-\\u202E\\u2060-\\u206F\\u2800\\u3164\\uFDD0-\\uFDEF\\uFE00-\\uFE0F\\uFEFF\\uFFA0\\uFFF0-\\uFFFB\\uFFFE\\uFFFF\\u{1BCA0}-\\u{1BCA3}\\u{1D159}\\u{1D173}-\\u{1D17A}\\u{E0000}-\\u{E0FFF}";
  const isInvisible = (sign) => new RegExp(`^[${INVISIBLE}]$`, "u").test(sign);
  const any = new RegExp(`[${INVISIBLE}]`, "u");
  const only = (set) => { const pattern = new RegExp(`^[${set}]$`, "u"); return (sign) => pattern.test(sign); };

  // Characters around which an invisible character has a purpose.
  const isUnspaced = only("\\u0E01-\\u0EFF\\u1000-\\u109F\\u1780-\\u17D3\\uA9E0-\\uA9FF\\uAA60-\\uAA7F");
  const joins = only("\\u0620-\\u08FF\\u0900-\\u0DFF\\u0F40-\\u0FBC\\u1000-\\u109F\\u1780-\\u17B3\\u17B6-\\u17D3\\u1820-\\u18AA\\u1900-\\u1CFF\\uA800-\\uAAFF\\uABC0-\\uABFF\\uFB50-\\uFDCF\\uFDF0-\\uFDFB\\uFE70-\\uFEFC\\u{10A00}-\\u{10AFF}\\u{10B80}-\\u{10BAF}\\u{10D00}-\\u{10D3F}\\u{10F30}-\\u{10FDF}\\u{11000}-\\u{11FFF}\\u{1E900}-\\u{1E95F}");
  const emoji = /^\p{Emoji}$/u;
  const isEmoji = (sign) => sign === "\uFE0F" || sign === "\u{E007F}" || (sign > "\xA8" && emoji.test(sign));
  const isAlphabetic = (sign) => /^\p{Alphabetic}$/u.test(sign);
  const isIdeograph = (sign) => /^\p{Ideographic}$/u.test(sign);
  const takesVariation = only("\\u1000-\\u109F\\u2200-\\u22FF\\u2A00-\\u2AFF\\u3001\\u3002\\uA840-\\uA877\\uAA60-\\uAA7F\\uFF01-\\uFF1F");
  const isMongolian = only("\\u1820-\\u18AA");
  const isBraille = only("\\u2801-\\u28FF");
  const tagsOf = (name) => [...name].map((sign) => String.fromCodePoint(0xE0000 + sign.codePointAt(0))).join("") + "\u{E007F}";
  const FLAGS = ["gbeng", "gbsct", "gbwls"].map(tagsOf);
  // How many characters, starting at `place`, are needed by the characters around them. 0 if they have no purpose.
  const needed = (signs, place, before) => {
    const [sign, next = ""] = [signs[place], signs[place + 1]];
    const code = sign.codePointAt(0);
    switch (code) {
      case 0x200B: return Number(isUnspaced(before) && isUnspaced(next));
      case 0x200C: return Number(joins(before) && joins(next));
      case 0x200D: {
        if (isEmoji(before) && isEmoji(next)) return 1;
        const isEnd = joins(before) && !isInvisible(next) && !isAlphabetic(next);
        const isStart = joins(next) && !isInvisible(before) && !isAlphabetic(before);
        return Number((joins(before) && joins(next)) || isEnd || isStart);
      }
      case 0x2800: return Number(isBraille(before) || isBraille(next));
      case 0xFE0E: case 0xFE0F:
        if (before < "\x80") return Number(next === "\u20E3" && emoji.test(before));
        return Number(isEmoji(before) && before !== "\uFE0F");
      case 0x180E: return Number(isMongolian(before) && isMongolian(next));
      case 0xE0067: return before === "\u{1F3F4}" && FLAGS.includes(signs.slice(place, place + 6).join("")) ? 6 : 0;
      default:
        if (code >= 0xFE00 && code <= 0xFE02) return Number(takesVariation(before) || isIdeograph(before));
        if (code >= 0xE0100 && code <= 0xE01EF) return Number(isIdeograph(before));
        if (code >= 0x180B && code <= 0x180F) return Number(isMongolian(before));
        return 0;
    }
  };

  // MARK: Labels

  const escaped = (text) => text.replace(/[&<>"'\x00-\x08\x0B\x0E-\x1F\x7F]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "\x7F": "\u2421" })[sign] ?? String.fromCharCode(0x2400 + sign.charCodeAt(0)));
  const named = (code) => `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  const isTag = (code) => code >= 0xE0000 && code <= 0xE007F;
  const byteOf = (code) => (code >= 0xFE00 && code <= 0xFE0F ? code - 0xFE00 : code >= 0xE0100 && code <= 0xE01EF ? code - 0xE0100 + 16 : -1);
  const isDirection = (code) => code === 0x061C || code === 0x200E || code === 0x200F || (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
  const messageAt = (codes, place) => {
    const tags = isTag(codes[place]);
    let end = place;
    while (end < codes.length && (tags ? isTag(codes[end]) : byteOf(codes[end]) >= 0)) end += 1;
    const own = codes.slice(place, end);
    if (tags) {
      const text = own.filter((code) => code >= 0xE0020 && code <= 0xE007E).map((code) => String.fromCharCode(code & 0x7F)).join("");
      return text ? [text, end] : null;
    }
    if (own.length < 2) return null;
    try {
      const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(own, byteOf));
      return /[\x00-\x1F\x7F]/.test(text) || any.test(text) ? null : [text, end];
    } catch { return null; }
  };
  const label = (codes) => {
    const parts = [];
    let [kind, hasMessage] = ["", false];
    for (let place = 0; place < codes.length;) {
      const found = messageAt(codes, place);
      if (found) {
        parts.push(`“${found[0]}”`);
        hasMessage = true;
        [, place] = found;
        continue;
      }
      let end = place;
      while (end < codes.length && codes[end] === codes[place]) end += 1;
      if (isDirection(codes[place])) kind = "direction";
      parts.push(named(codes[place]) + (end - place > 1 ? ` ×${end - place}` : ""));
      place = end;
    }
    kind ||= hasMessage ? "message" : "";
    const title = { direction: "Changes the order in which text is displayed", message: "Hidden text, decoded", "": codes.length === 1 ? "Invisible character" : "Invisible characters" }[kind];
    return `<span class="unseen${kind && ` ${kind}`}" title="${title}">${escaped(parts.join(" "))}</span>`;
  };

  // MARK: Lookalikes

  const PAIRS = ["Cyrillic аaеeоoрpсcуyхxіiјjѕsһhԁdԛqԝwѵvӏlАAВBЕEКKМMНHОOРPСCТTХXІIЈJЅSҮYԌGԚQԜWѴVӀI",
    "Greek αaιiκkνvοoρpυuϲcϳjΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXϹCͿJ", "Armenian օoոnսuհhցgզqյjՕOՏSԼLՍU", "Cherokee ᎪAᏴBᏟCᎠDᎬEᏀGᎻHᎫJᏦKᏞLᎷMᏢPᎡRᏚSᎢTᏙVᎳWᏃZ"];
  const LATIN = new Map(PAIRS.flatMap((pair) => {
    const [script, letters] = pair.split(" ");
    const signs = [...letters];
    return signs.flatMap((sign, place) => (place % 2 ? [] : [[sign, [script, signs[place + 1]]]]));
  }));
  const isLatin = (sign) => /^[A-Za-z\u00C0-\u024F]$/.test(sign);
  const word = /[0-9A-Za-z\p{Alphabetic}\u0300-\u034E\u0350-\u036F]+/gu;
  const marked = (text) => text.replace(word, (found) => {
    const signs = [...found];
    const letters = signs.filter((sign) => LATIN.has(sign));
    if (!letters.length || !signs.some(isLatin) || signs.some((sign) => sign >= "\u0370" && !LATIN.has(sign))) return found;
    if (signs.length < 3 && letters.every((sign) => LATIN.get(sign)[0] === "Greek")) return found;
    return signs.map((sign) => {
      if (!LATIN.has(sign)) return sign;
      const [script, latin] = LATIN.get(sign);
      const code = named(sign.codePointAt(0));
      return `<span class="lookalike" data-code="${code}" title="${script} ${code}, looks like Latin ${latin}">${sign}</span>`;
    }).join("");
  });

  const html = (text) => {
    if (!any.test(text)) return marked(escaped(text));
    const signs = [...text];
    let [result, plain, before] = ["", "", ""];
    for (let place = 0; place < signs.length;) {
      if (!isInvisible(signs[place])) {
        before = signs[place];
        plain += before;
        place += 1;
        continue;
      }
      const length = needed(signs, place, before);
      if (length) {
        plain += signs.slice(place, place + length).join("");
        before = signs[place + length - 1];
        place += length;
        continue;
      }
      const codes = [];
      while (place < signs.length && isInvisible(signs[place]) && !(codes.length && needed(signs, place, before))) {
        before = signs[place];
        codes.push(before.codePointAt(0));
        place += 1;
      }
      result += marked(escaped(plain)) + label(codes);
      plain = "";
    }
    return result + marked(escaped(plain));
  };
  return { html };
})();
