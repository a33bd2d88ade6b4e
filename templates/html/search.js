// The search: what is asked is looked up among the words of all reports as they stand there. Stems and parts of compounds were made into the
// index, so no language is known here. Files of the index come as scripts, since a page on a disk can read nothing else; each hands over
// data by one call, and no other file can be asked for.
"use strict";
{
  const SHOWN = 8;
  const template = document.getElementById("Search");
  const form = template.content.firstElementChild.cloneNode(true);
  // In its place at once: nothing below is shown yet, so nothing moves.
  template.before(form);
  const [query, count, hits, more] = ["Query", "Count", "Hits", "More"].map((id) => document.getElementById(id));
  const policy = globalThis.trustedTypes?.createPolicy("belagg-search", {
    createScriptURL: (path) => {
      if (/^search\/(index|[pt]\d+)\.js$/.test(path)) return path;
      throw new TypeError(path);
    },
  });

  /** Files of the index by name: what waits for each, then what it holds. */
  const asked = new Map();
  const handed = new Map();
  globalThis.belaggSearch = (name, data) => handed.set(name, data);
  const load = (name) => {
    if (!asked.has(name)) {
      asked.set(
        name,
        new Promise((resolve, reject) => {
          const script = document.createElement("script");
          const path = `search/${name}.js`;
          script.onload = () => resolve(handed.get(name));
          script.onerror = () => (asked.delete(name), reject(new Error(path)));
          script.src = policy ? policy.createScriptURL(path) : path;
          document.head.append(script);
        }),
      );
    }
    return asked.get(name);
  };

  /** Small letters without marks, as the index has them. */
  const fold = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replaceAll("ø", "o").replaceAll("æ", "a");

  /** The words of a text with where they stand, as the index has them: "1 250" is the number 1250, and "62.5" is 62,5. */
  const tokens = (text) => {
    const runs = [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].map(({ 0: word, index }) => ({ word, from: index, to: index + word.length }));
    const isNumber = (run) => run !== undefined && /^\d+$/.test(run.word);
    const between = (at, signs) => isNumber(runs[at]) && isNumber(runs[at + 1]) && signs.test(text.slice(runs[at].to, runs[at + 1].from));
    const point = (at) => between(at, /^[.,]$/);
    const out = [];
    for (let at = 0; at < runs.length; at += 1) {
      let { word } = runs[at];
      const { from } = runs[at];
      if (word.length <= 3) {
        while (between(at, /^[ \u00a0\u2009\u202f]$/) && runs[at + 1].word.length === 3) word += runs[(at += 1)].word;
      }
      if (point(at) && !point(at + 1) && !point(at - 1)) word += `,${runs[(at += 1)].word}`;
      out.push({ word: fold(word), from, to: runs[at].to });
    }
    return out;
  };

  /** How many letters two words begin with alike. */
  const shared = (a, b) => {
    let at = 0;
    while (at < a.length && a[at] === b[at]) at += 1;
    return at;
  };

  /** Whether two words are the same but for one letter that is wrong, lacks, is too many, or changed places with the next. */
  const near = (a, b) => {
    if (Math.abs(a.length - b.length) > 1) return false;
    const at = shared(a, b);
    const [x, y] = [a.slice(at), b.slice(at)];
    return x.slice(1) === y.slice(1) || x.slice(1) === y || x === y.slice(1) || (x[0] === y[1] && x[1] === y[0] && x.slice(2) === y.slice(2));
  };

  /** The terms of files by their numbers. A row has the words of a term, how many passages have it, and where. */
  const terms = async (files) => {
    const rows = await Promise.all(files.map((at) => load(`t${at}`)));
    return rows.flat().map(([forms, frequency, found]) => ({ forms: forms.split(" "), frequency, found }));
  };

  /** The file in which a word is, if anywhere: they hold the words in their order. */
  const fileOf = ({ starts }, word) => Math.max(0, starts.findLastIndex((start) => start <= word));
  const around = (index, word) => terms([fileOf(index, word)]);

  /** The terms that may have words with a beginning, of so many files at most. */
  const beginning = (index, start, most = 4) => {
    const [first, last] = [fileOf(index, start), fileOf(index, `${start}\uffff`)];
    return terms(Array.from({ length: Math.min(last - first + 1, most) }, (_, at) => first + at));
  };

  const having = (all, test) => all.filter(({ forms }) => forms.some(test));

  /** The two words of a compound that stands nowhere: the longest first one that does, and what follows it; else the first one alone. */
  const halves = async (index, word) => {
    let alone = [];
    for (let cut = word.length - 4; cut > 3; cut -= 1) {
      const [head, tail] = [word.slice(0, cut), word.slice(cut)];
      const bare = head.replace(/s$/, "");
      // "läkar" of "läkare" and "läkaren".
      const first = having(await around(index, head), (form) => form === bare || (form.startsWith(head) && form.length - cut < 3));
      const second = first.length ? having(await around(index, tail), (form) => form === tail) : [];
      if (second.length) return [first, second];
      if (first.length && !alone.length) alone = [first];
    }
    return alone;
  };

  /** Another form of a word: it begins alike and has another ending; of these the most alike. */
  const akin = async (index, word) => {
    const least = Math.max(4, word.length - 3);
    const all = await beginning(index, word.slice(0, least));
    const alike = ({ forms }) => Math.max(...forms.map((form) => (form.length - shared(form, word) < 4 ? shared(form, word) : 0)));
    const most = Math.max(least, ...all.map(alike));
    return all.filter((one) => alike(one) === most);
  };

  /** What a word is found as: itself; else words that begin with it; else such as differ by a letter or in the ending; else its two halves. A number is
      that number. */
  const lookUp = async (index, word) => {
    const told = (terms, worth, near) => [{ word, terms, worth, near }];
    const here = await around(index, word);
    const own = having(here, (form) => form === word);
    if (own.length || /^\d/.test(word)) return told(own, 4, false);
    const longer = word.length > 2 ? having(await beginning(index, word), (form) => form.startsWith(word)) : [];
    if (longer.length || word.length < 4) return told(longer, 3, false);
    const wrong = (form) => near(form, word);
    const close = having(here, wrong);
    const misspelt = close.length ? close : having(await beginning(index, word.slice(0, Math.max(3, word.length >> 1))), wrong);
    const alike = misspelt.length ? misspelt : await akin(index, word);
    if (alike.length) return told(alike, 2, true);
    const parts = await halves(index, word);
    return parts.length ? parts.flatMap((terms) => told(terms, 2, true)) : told([], 2, true);
  };

  /** The words that tell: one that every fourth passage has tells little beside others. */
  const plainly = (found, all) => {
    const plain = found.filter(({ terms }) => !terms.some(({ frequency }) => frequency * 4 > all));
    return plain.length ? plain : found;
  };

  /** Passages with how many of the words they have, and how much they are about them. */
  const rank = (found, { passages: all, levels }) => {
    const plain = plainly(found, all);
    const passages = new Map();
    for (const one of found) {
      const counts = plain.includes(one);
      const best = new Map();
      for (const term of one.terms) {
        let at = 0;
        for (const [, step, level] of term.found.matchAll(/(\d+)([A-Z])/g)) {
          at += Number(step);
          best.set(at, Math.max(best.get(at) ?? 0, levels[level.charCodeAt(0) - 65]));
        }
      }
      for (const [at, weight] of best) {
        const passage = passages.get(at) ?? { at, words: 0, weight: 0 };
        passage.words += counts ? 1 : 0;
        passage.weight += weight * one.worth;
        passages.set(at, passage);
      }
    }
    return [...passages.values()].sort((a, b) => b.words - a.words || b.weight - a.weight || a.at - b.at);
  };

  /** Whether a word of a text is one of those that were found. */
  const hitter = (found) => {
    const forms = new Set(found.flatMap(({ terms }) => terms.flatMap(({ forms }) => forms)));
    const parts = [...forms, ...found.map(({ word }) => word)].filter((form) => form.length > 3 && !/^\d/.test(form));
    return ({ word }) => forms.has(word) || parts.some((part) => word.includes(part));
  };

  /** A stretch of a text with the words that were found marked. Its lines are rows of a table: they stand apart. */
  const snippet = (text, isHit, before) => {
    const marked = tokens(text).filter(isHit);
    const first = marked[0] ?? { from: 0, to: 0 };
    let start = Math.max(0, first.from - 90);
    if (start) start += text.slice(start, first.from).search(/\s/) + 1;
    let end = Math.min(text.length, start + 260);
    if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), text.lastIndexOf("\n", end), first.to);
    const plain = (from, to) => text.slice(from, to).replaceAll("\n", " / ");
    // What a table is about stands in its first line.
    const head = text.indexOf("\n");
    const out = [head > 0 && head < Math.min(start, 120) ? `${text.slice(0, head)} … ` : start || before ? "… " : ""];
    let at = start;
    for (const { from, to } of marked) {
      if (from < at || to > end) continue;
      const mark = document.createElement("mark");
      mark.textContent = plain(from, to);
      out.push(plain(at, from), mark);
      at = to;
    }
    out.push(plain(at, end).trimEnd(), end < text.length ? " …" : "");
    return out.filter((part) => part !== "");
  };

  const element = (name, className, ...content) => {
    const out = document.createElement(name);
    if (className) out.className = className;
    out.append(...content);
    return out;
  };

  const read = async (index, at) => (await load(`p${Math.floor(at / index.slots)}`))[at % index.slots];

  /** The piece of a passage that has a hit: of a long one the first that has. */
  const piece = async (index, text, further, isHit) => {
    for (const at of [null, ...further]) {
      const part = at === null ? text : await read(index, at);
      if (tokens(part).some(isHit)) return [part, at !== null];
    }
    return [text, false];
  };

  const show = async (index, passages, found) => {
    const isHit = hitter(found);
    const rows = await Promise.all(
      passages.map(async ({ at }) => {
        const [source, id, section, text, further = []] = await read(index, at);
        const [title, path, about, language] = index.reports[source];
        // A heading is its own name, and a report is called what it is called.
        const link = element("a", "", section || (id ? text : title));
        link.href = id ? `${path}#${id}` : path;
        const row = element("li", "", link, element("p", "byline", id ? `${title} · ${about}` : about));
        if (section || !id) {
          const [part, later] = await piece(index, id ? text : text.slice(title.length + 1), further, isHit);
          row.append(element("p", "search-snippet", ...snippet(part, isHit, later)));
        }
        row.lang = language;
        return row;
      }),
    );
    hits.append(...rows);
  };

  /** Words as they were written, by what they are looked up as. */
  const written = () => new Map(tokens(query.value).map(({ word, from, to }) => [word, query.value.slice(from, to)]));

  let turn = 0;
  const search = async () => {
    const mine = (turn += 1);
    const asks = written();
    const index = await load("index");
    const all = await Promise.all([...asks.keys()].map((word) => lookUp(index, word)));
    if (mine !== turn) return;
    const found = all.flat().filter(({ terms }) => terms.length);
    const ranked = rank(found, index);
    // Passages with all of the words that occur; where there is none, those with most.
    const most = ranked[0]?.words ?? 0;
    const best = ranked.filter(({ words }) => words === most);
    hits.replaceChildren();
    more.hidden = true;
    const { hits: many, one, none, some, near: like, unknown } = form.dataset;
    const lines = [best.length === 1 ? one : best.length ? many.replace("{count}", best.length) : none];
    for (const [{ word, terms, near }] of all) {
      if (!terms.length || near) lines.push((terms.length ? like : unknown).replace("{word}", asks.get(word)));
    }
    const plain = plainly(found, index.passages);
    // Of a word that very many have not all are listed.
    const whole = plain.every(({ terms }) => terms.every(({ frequency, found }) => found.match(/[A-Z]/g)?.length === frequency));
    if (best.length && most < plain.length && whole) lines.push(some);
    count.textContent = asks.size ? lines.join(" ") : "";
    let shown = 0;
    const next = async () => {
      const rows = best.slice(shown, shown + SHOWN);
      shown += rows.length;
      await show(index, rows, found);
      more.hidden = shown >= best.length;
    };
    more.onclick = async () => {
      const last = hits.children.length;
      await next();
      hits.children[last]?.querySelector("a").focus();
    };
    await next();
  };

  /** Searches, and puts what is asked into the address, so that Back and a copied address lead to it. */
  const begin = async () => {
    const address = query.value.trim() ? `?q=${encodeURIComponent(query.value.trim())}` : location.pathname;
    try {
      history.replaceState(null, "", address);
    } catch {
      // A browser that lets no page on a disk change its address.
    }
    try {
      await search();
    } catch (error) {
      count.textContent = form.dataset.failed;
      throw error;
    }
  };

  let timer;
  query.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(begin, 200);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    begin();
  });
  query.value = new URLSearchParams(location.search).get("q") ?? "";
  if (query.value) begin();
}
