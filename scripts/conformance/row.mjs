// Pictures side by side.

import { readFileSync } from "node:fs";

/** A page of nothing but the images, in a row on a grey ground. */
export function row(files) {
  const images = files.map((file) => `<img src="data:image/png;base64,${readFileSync(`${file}.png`).toString("base64")}">`);
  return `<!doctype html><style>
    body { margin: 0; padding: 20px; display: flex; align-items: flex-start; gap: 20px; background: #d9dcdf }
    img { flex: 1; min-width: 0; box-shadow: 0 1px 6px #0004 }
  </style>${images.join("")}`;
}
