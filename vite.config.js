import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { defineConfig } from "vite";
import { writeCoast } from "./tools/coast.js";

const assets = "src/samskap/ui/assets";
const built = "src/samskap/ui/built";

// WhiteNoise serves these beside the files they are made from. Fonts are compressed already.
function compressed() {
  return {
    name: "compressed",
    apply: "build",
    closeBundle() {
      const folder = join(built, "assets");
      for (const name of readdirSync(folder).filter((each) => /\.(css|js)$/.test(each))) {
        const path = join(folder, name);
        const text = readFileSync(path);
        writeFileSync(`${path}.gz`, gzipSync(text, { level: 9 }));
        writeFileSync(
          `${path}.br`,
          brotliCompressSync(text, {
            params: {
              [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
              [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
            },
          }),
        );
      }
    },
  };
}

// Read by the server alone, from the folder that holds everything that is built.
function coast() {
  return {
    name: "coast",
    apply: "build",
    closeBundle() {
      writeCoast(join(built, "coast.json"));
    },
  };
}

export default defineConfig({
  base: "/static/",
  publicDir: "src/samskap/ui/public",
  plugins: [compressed(), coast()],
  build: {
    outDir: built,
    emptyOutDir: true,
    manifest: true,
    assetsInlineLimit: 0,
    target: "es2022",
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { main: `${assets}/main.js`, htmx: `${assets}/htmx.js`, network: `${assets}/network.js`, passkeys: `${assets}/passkeys.js` },
    },
  },
});
