// Which pages are made of something that no other page is made of. Elements are the same where their names, classes and roles are, those of the
// element that holds them, and style sheets and scripts of the page.

import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

const EMPTY = new Set("area base br col embed hr img input link meta source track wbr".split(" "));
const TAG = /<(\/?)([a-z][\w-]*)((?:"[^"]*"|'[^']*'|[^<>"'])*)>/gi;

/** Pages, the fewest bytes that will do, that together have every element with which any has one. */
export function unlike(pages) {
  const made = new Map(pages.map((page) => [page, parts(page)]));
  const holders = new Map();
  for (const [page, found] of made) for (const part of found) holders.set(part, [...(holders.get(part) ?? []), page]);
  const size = (page) => statSync(page).size;
  const chosen = new Set();
  // What few pages have first: the others often have the rest too.
  for (const [, having] of [...holders].sort(([, one], [, other]) => one.length - other.length)) {
    if (!having.some((page) => chosen.has(page))) chosen.add(having.reduce((one, other) => (size(other) < size(one) ? other : one)));
  }
  return chosen;
}

function parts(file) {
  const text = readFileSync(file, "utf8");
  const dress = createHash("sha256");
  for (const [, path] of text.matchAll(/<(?:link|script)\b[^>]*?(?:href|src)="([^":]+\.(?:css|js))"/g)) {
    const own = join(dirname(file), decodeURIComponent(path));
    if (existsSync(own)) dress.update(readFileSync(own));
  }
  const look = dress.digest("hex");
  const open = [];
  const found = new Set();
  for (const [, closing, tag, rest] of text.matchAll(TAG)) {
    if (closing) {
      const at = open.findLastIndex((one) => one.tag === tag);
      if (at >= 0) open.length = at;
      continue;
    }
    const word = (name) => rest.match(new RegExp(`\\s${name}="([^"]*)"`))?.[1] ?? "";
    const own = `${tag}.${word("class")}[${word("role")}]`;
    found.add(`${look} ${open.at(-1)?.own} > ${own}`);
    if (!EMPTY.has(tag) && !rest.endsWith("/")) open.push({ tag, own });
  }
  return found;
}
