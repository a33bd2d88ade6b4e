// Valid HTML, by the Nu HTML checker: no errors and no warnings.
//
// It gets the pages from a server on this machine, as a website would serve them: of a bare file it cannot tell what 'self' in
// the page's content security policy stands for.

import { execFile } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { promisify } from "node:util";

const JAR = join(process.env.BELAGG_CACHE, "npm", "node_modules", "vnu-jar", "build", "dist", "vnu.jar");

export async function checkMarkup(files, report) {
  if (files.length === 0) return;
  const server = createServer((request, response) => {
    const file = files[Number(request.url.slice(1).replace(".html", ""))];
    response.writeHead(file ? 200 : 404, { "content-type": "text/html; charset=utf-8" });
    response.end(file && readFileSync(file));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    const start = `http://127.0.0.1:${server.address().port}/`;
    const urls = files.map((_, index) => `${start}${index}.html`);
    const args = ["-Xss4m", "-XX:+UseSerialGC", "-Dnu.validator.servlet.allow-forbidden-hosts=true", "-jar", JAR, "--format", "json", "--stdout", "--exit-zero-always", ...urls];
    const { stdout } = await promisify(execFile)("java", args, { maxBuffer: 1 << 28 });
    const found = files.map(() => []);
    for (const { type, subType, url, lastLine, message } of JSON.parse(stdout).messages) {
      if (type === "info" && subType !== "warning") continue;
      // What concerns no page in particular concerns the first.
      found[Math.max(0, urls.indexOf(url))].push(`line ${lastLine}: ${subType ?? type}: ${message}`);
    }
    files.forEach((file, index) => report.expect("valid HTML", file, found[index]));
  } finally {
    server.close();
  }
}
