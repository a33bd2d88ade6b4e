// The search: what is asked is looked up among the words of all reports as they stand there. Stems and parts of compounds were made into the
// index, so no language is known here. Files of the index come as scripts, since a page on a disk can read nothing else; each hands over
// data by one call, and no other file can be asked for.
"use strict";
{
  const SHOWN = 8;
  const box = document.getElementById("Search");
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
  const words = (text) => text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];

  /** Whether two words are the same but for one letter that is wrong, lacks, is too many, or changed places with the next. */
  const near = (a, b) => {
    if (Math.abs(a.length - b.length) > 1) return false;
    let at = 0;
    while (at < a.length && a[at] === b[at]) at += 1;
    const [x, y] = [a.slice(at), b.slice(at)];
    return x.slice(1) === y.slice(1) || x.slice(1) === y || x === y.slice(1) || (x[0] === y[1] && x[1] === y[0] && x.slice(2) === y.slice(2));
  };

  /** The files with words that begin as a word does: that with the longest beginning of it, or all with a longer one. */
  const filesOf = ({ keys }, word) => {
    const place = (test) => keys.flatMap((group, at) => (group.split(" ").some(test) ? [at] : []));
    for (let length = Math.min(word.length, 8); length > 1; length -= 1) {
      const start = word.slice(0, length);
      const found = place((key) => key === start);
      if (found.length) return found;
    }
    return place((key) => key.startsWith(word)).slice(0, 3);
  };

  /** The terms of the two words of a compound that stands nowhere: the longest first one that does, and what follows it. */
  const halves = async (index, word) => {
    const exactly = async (part) => {
      const files = await Promise.all(filesOf(index, part).map((at) => load(`t${at}`)));
      const rows = files.flat().filter(([forms]) => forms.split(" ").includes(part));
      return rows.map(([forms, frequency, numbers]) => ({ forms: forms.split(" "), frequency, numbers }));
    };
    for (let cut = word.length - 4; cut > 3; cut -= 1) {
      const head = word.slice(0, cut);
      const first = [...(await exactly(head)), ...(head.endsWith("s") ? await exactly(head.slice(0, -1)) : [])];
      if (first.length) return [...first, ...(await exactly(word.slice(cut)))];
    }
    return [];
  };

  /** The terms of a word: its own; else those that begin with it; else those that differ by a letter. */
  const lookUp = async (index, word) => {
    const files = await Promise.all(filesOf(index, word).map((at) => load(`t${at}`)));
    const terms = files.flat().map(([forms, frequency, numbers]) => ({ forms: forms.split(" "), frequency, numbers }));
    const having = (test) => terms.filter(({ forms }) => forms.some(test));
    const own = having((form) => form === word);
    if (own.length) return { word, terms: own, worth: 4, near: false };
    const longer = word.length > 2 ? having((form) => form.startsWith(word)) : [];
    if (longer.length) return { word, terms: longer, worth: 3, near: false };
    const alike = word.length > 3 ? having((form) => near(form, word)) : [];
    return { word, terms: alike.length ? alike : await halves(index, word), worth: 2, near: true };
  };

  /** Passages with how many of the words they have, and how much they are about them. */
  const rank = (found, all) => {
    // A word that every fourth passage has tells little beside others.
    const common = ({ terms }) => terms.some(({ frequency }) => frequency * 4 > all);
    const plain = found.filter((one) => !common(one));
    const passages = new Map();
    for (const one of found) {
      const counts = plain.includes(one) || !plain.length;
      const best = new Map();
      for (const { numbers } of one.terms) {
        for (let i = 0, at = 0; i < numbers.length; i += 2) {
          at += numbers[i];
          best.set(at, Math.max(best.get(at) ?? 0, numbers[i + 1]));
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

  /** A stretch of a passage with the words that were found marked. */
  const snippet = (text, found) => {
    const forms = new Set(found.flatMap(({ terms }) => terms.flatMap(({ forms }) => forms)));
    const parts = [...forms, ...found.map(({ word }) => word)].filter((form) => form.length > 3);
    const isHit = (word) => {
      const plain = fold(word);
      return forms.has(plain) || parts.some((part) => plain.includes(part));
    };
    const tokens = [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].filter(([word]) => isHit(word));
    const first = tokens[0]?.index ?? 0;
    let start = Math.max(0, first - 90);
    if (start) start = text.indexOf(" ", start) + 1 || start;
    let end = Math.min(text.length, start + 260);
    if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), first + (tokens[0]?.[0].length ?? 0));
    const out = [start ? "… " : ""];
    let at = start;
    for (const { 0: word, index } of tokens) {
      if (index < at || index + word.length > end) continue;
      const mark = document.createElement("mark");
      mark.textContent = word;
      out.push(text.slice(at, index), mark);
      at = index + word.length;
    }
    out.push(text.slice(at, end), end < text.length ? " …" : "");
    return out.filter((part) => part !== "");
  };

  const element = (name, className, ...content) => {
    const out = document.createElement(name);
    if (className) out.className = className;
    out.append(...content);
    return out;
  };

  const show = async (index, passages, found) => {
    const rows = await Promise.all(
      passages.map(async ({ at }) => {
        const chunk = await load(`p${Math.floor(at / index.chunk)}`);
        const [source, id, section, text] = chunk[at % index.chunk];
        const [title, path, about, language] = index.reports[source];
        // A heading is its own name, and a report is called what it is called.
        const link = element("a", "", section || (id ? text : title));
        link.href = id ? `${path}#${id}` : path;
        const row = element("li", "", link, element("p", "byline", `${title} · ${about}`), ...(id && !section ? [] : [element("p", "search-snippet", ...snippet(text, found))]));
        row.lang = language;
        return row;
      }),
    );
    hits.append(...rows);
  };

  let turn = 0;
  const search = async () => {
    const mine = (turn += 1);
    const asks = words(query.value).map(fold).filter((word) => word.length > 1);
    const index = await load("index");
    const found = (await Promise.all([...new Set(asks)].slice(0, 8).map((word) => lookUp(index, word)))).filter(({ terms }) => terms.length);
    if (mine !== turn) return;
    const ranked = rank(found, index.passages);
    // Passages with all of the words that occur; where there is none, those with most.
    const most = ranked[0]?.words ?? 0;
    const best = ranked.filter(({ words }) => words === most);
    hits.replaceChildren();
    const { hits: many, one, none, near: like } = box.dataset;
    const told = best.length === 1 ? one : best.length ? many.replace("{count}", best.length) : none;
    const unlike = found.some(({ near }) => near) && best.length;
    count.textContent = asks.length ? (unlike ? `${told}. ${like}` : told) : "";
    let shown = 0;
    const next = async () => {
      const rows = best.slice(shown, shown + SHOWN);
      shown += rows.length;
      more.hidden = shown >= best.length;
      await show(index, rows, found);
    };
    more.onclick = async () => {
      const last = hits.children.length;
      await next();
      hits.children[last]?.querySelector("a").focus();
    };
    await next();
  };

  let timer;
  query.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, 200);
  });
  box.hidden = false;
  query.value = new URLSearchParams(location.search).get("q") ?? query.value;
  if (query.value) search();
}
