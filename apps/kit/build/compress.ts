import { readdir, readFile, writeFile } from "node:fs/promises";
import { extname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin } from "vite";

const packed = new Set([".css", ".html", ".js", ".json", ".svg", ".txt", ".webmanifest"]);
const smallest = 512;

/**
 * Lays a brotli-11 and a gzip-9 sibling beside every text file of the build, so that the
 * server never compresses. `index.html` is left alone: the server puts boot data into it.
 */
export function compress(): Plugin {
  let folder = "";
  return {
    name: "manydesk-compress",
    apply: "build",
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir);
    },
    async closeBundle() {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      const files = entries.filter((e) => e.isFile() && e.name !== "index.html" && packed.has(extname(e.name)));
      await Promise.all(files.map((file) => pack(join(file.parentPath, file.name))));
    },
  };
}

async function pack(file: string): Promise<void> {
  const raw = await readFile(file);
  if (raw.length < smallest) return;
  const br = await promisify(brotliCompress)(raw, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: raw.length },
  });
  const gz = await promisify(gzip)(raw, { level: 9 });
  await writeFile(`${file}.br`, br);
  await writeFile(`${file}.gz`, gz);
}
