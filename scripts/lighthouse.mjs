// Serves a folder and asks Lighthouse of some of its pages. Called by scripts/lighthouse.

import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const [folder, root, ...pages] = process.argv.slice(2);
const require = createRequire(join(folder, "package.json"));
const { default: lighthouse } = await import(pathToFileURL(require.resolve("lighthouse")));
const { launch } = await import(pathToFileURL(require.resolve("chrome-launcher")));

const TYPES = {
  ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
  ".woff2": "font/woff2", ".json": "application/json", ".xml": "application/xml", ".txt": "text/plain; charset=utf-8", ".pdf": "application/pdf", ".png": "image/png",
};

const server = createServer((request, response) => {
  try {
    let path = join(root, normalize(decodeURIComponent(new URL(request.url, "http://x").pathname)));
    if (statSync(path).isDirectory()) path = join(path, "index.html");
    const type = TYPES[extname(path)] ?? "application/octet-stream";
    const packed = /text|json|xml|javascript/.test(type);
    const headers = { "content-type": type, "cache-control": "max-age=31536000", ...(packed ? { "content-encoding": "gzip" } : {}) };
    const bytes = readFileSync(path);
    response.writeHead(200, headers).end(packed ? gzipSync(bytes, { level: 9 }) : bytes);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const { port } = server.address();

const profile = mkdtempSync(join(tmpdir(), "lighthouse-"));
const browsers = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const chrome = await launch({
  chromePath: browsers.find((path) => path && existsSync(path)),
  userDataDir: profile,
  chromeFlags: "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync".split(" "),
});
let failed = 0;
for (const page of pages) {
  const { lhr } = await lighthouse(`http://127.0.0.1:${port}/${page}`, { port: chrome.port, onlyCategories: ["performance", "accessibility", "best-practices", "seo"] });
  const scores = Object.values(lhr.categories).map(({ id, score }) => [id, Math.round(score * 100)]);
  const shift = lhr.audits["cumulative-layout-shift"].numericValue;
  const good = shift === 0 && scores.every(([, score]) => score === 100);
  failed += good ? 0 : 1;
  console.log(`${good ? "ok  " : "FAIL"}  ${page}: ${scores.map(([id, score]) => `${id} ${score}`).join(", ")}, layout shift ${shift}`);
  for (const { url, transferSize, resourceSize } of lhr.audits["network-requests"].details.items) {
    console.log(`      ${String(transferSize).padStart(8)} of ${String(resourceSize).padStart(8)} bytes  ${new URL(url).pathname}`);
  }
  for (const { id, auditRefs } of Object.values(lhr.categories)) {
    for (const audit of auditRefs.filter(({ weight }) => weight > 0).map((one) => lhr.audits[one.id])) {
      if (audit.score !== null && audit.score < 1) console.log(`      ${id}: ${audit.title} ${audit.displayValue ?? ""}`);
    }
  }
}
await chrome.kill();
server.close();
rmSync(profile, { recursive: true, force: true });
console.log(`${pages.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
