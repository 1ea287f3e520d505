// Splits, stems and compares words. Pages/Search/SearchWords.swift and SearchStem.swift have the same rules, and a test
// compares them.
globalThis.rosterWords = (() => {
  "use strict";
  // Words that say nothing about a task.
  const COMMON = `
    a about above across after again against agent agents all also always am an and another any anyone anything are as ask at be because been before being below best better between both but by can
    could did do does doing don done down during each either else ensure etc even every everything example few first for from full further get getting give go going good got had has have having he hello
    help here hey hi high him his how however i if in include into is it item its just keep know let like ll look looking lot make making many may maybe me mine more most much must my myself need needs
    never new next nice no not nothing now of off often on once one only or other our ours out over own per please provide put rather re really same see set shall she should show so some somebody
    someone something specific step still stuff such sure take task tell than that the their them then there these they thing things this those through thus to too two under until up us use using ve
    very via want wants was way we well were what when where whether which while who whom whose why will with within without would yes yet you your`;
  // Words that say little about a task.
  const WEAK = `
    add app application back bad big bring build busy call change check choose clear close come company correct create current day days deal describe develop developer different
    easy end fill find fit follow form free general generate good great group hard hold important improve keep large leave line list little long lot main manage
    mean month move name number old open order part pass people person piece place plan play possible prepare problem product program project proper put quick reach read ready real receive reduce
    remove report right run safe save say send service set share short simple site small smart software solve sort split spot stand start state stop store support system talk team thing
    time tool top track trouble try turn type understand usable useful user value wait watch way web week work world write year yearly`;
  const EXCEPTIONS = new Set(["customer", "author"]);
  // An ending, its replacement, and the minimum length of the word. The first matching rule applies.
  const PLURALS = [["ies", "y", 5], ["sses", "ss", 6], ["xes", "x", 5], ["ches", "ch", 6], ["shes", "sh", 6], ["ss", "ss", 4], ["us", "us", 4], ["is", "is", 5], ["s", "", 4]];
  const NOUNS = [["ization", "iz", 9], ["isation", "iz", 9], ["entation", "ent", 10], ["uration", "ur", 9], ["ormation", "orm", 10], ["endation", "end", 10], ["ibility", "ibl", 9], ["ability", "abl", 9], ["tion", "t", 6], ["sion", "s", 6], ["ment", "", 9], ["ly", "", 6]];
  const applied = (word, rules) => {
    const rule = rules.find(([ending, , least]) => word.length >= least && word.endsWith(ending));
    return rule ? word.slice(0, word.length - rule[0].length) + rule[1] : undefined;
  };
  const undoubled = (word) => (word.length > 3 && /([^lsz])\1$/.test(word) ? word.slice(0, -1) : word);
  const hasVowel = (word) => /[aeiouy]/.test(word);
  // The stem of a lower-case word.
  const stem = (word) => {
    if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
    let own = applied(word, PLURALS) ?? word;
    if (EXCEPTIONS.has(own)) return own;
    let isVerb = false;
    const cut = (length) => {
      own = undoubled(own.slice(0, -length));
      isVerb = true;
    };
    const noun = applied(own, NOUNS);
    if (noun !== undefined) own = noun;
    else {
      if (own.length >= 6 && own.endsWith("ing") && hasVowel(own.slice(0, -3))) cut(3);
      else if (own.length >= 6 && own.endsWith("ed") && !own.endsWith("eed") && hasVowel(own.slice(0, -2))) cut(2);
      if (own.length >= 6 && /[eo]r$/.test(own) && hasVowel(own.slice(0, -2))) cut(2);
    }
    if (own.length >= 4 && own.endsWith("e")) {
      own = own.slice(0, -1);
      isVerb = true;
    }
    return isVerb && own.length >= 5 && /[iy]s$/.test(own) ? `${own.slice(0, -1)}z` : own;
  };
  // Splits text into words without case and accents. Chinese and Japanese text is split into pairs of characters.
  const WORD = /(?<![\p{L}\p{N}])[a-z](?:\+\+|#)(?![\p{L}\p{N}])|[\p{L}\p{N}]+/gu;
  const pairs = (word) => {
    const signs = [...word];
    return signs.length < 3 ? [word] : signs.slice(1).map((sign, place) => signs[place] + sign);
  };
  const folded = (text) => {
    const plain = text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase().replaceAll("ß", "ss");
    return (plain.match(WORD) ?? []).flatMap((word) => (/^[\u3040-\u30ff\u3400-\u9fff]/.test(word) ? pairs(word) : [word]));
  };
  // The words of a query that are in the index. Adds `nextjs` for `next.js`, and drops single letters unless they name
  // a language.
  const split = (text) => {
    const words = folded(text.replace(/([a-z0-9]+)\.js(?![a-z0-9])/gi, "$1 $1js js"));
    return words.filter((word) => [...word].length > 1 || /[cr]/.test(word) || word > "\u007f");
  };
  const stemsOf = (list) => new Set(list.split(/\s+/).filter(Boolean).map(stem));
  const [common, weak] = [stemsOf(COMMON), stemsOf(WEAK)];
  return { stem, folded, split, isWeak: (own) => weak.has(own), isCommon: (own) => common.has(own) };
})();
