import { defineConfig } from "vite";

const assets = "src/samskap/ui/assets";

export default defineConfig({
  base: "/static/",
  publicDir: "src/samskap/ui/public",
  build: {
    outDir: "src/samskap/ui/built",
    emptyOutDir: true,
    manifest: true,
    assetsInlineLimit: 0,
    target: "es2022",
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { main: `${assets}/main.js`, htmx: `${assets}/htmx.js` },
    },
  },
});
