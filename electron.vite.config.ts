import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "electron-vite";

const here = import.meta.dirname;

// `dependencies` stay outside the main bundle (they are native, or read their own data files);
// `devDependencies` are bundled into it, so that the package holds no folder that nothing reads.
export default defineConfig({
  main: {
    build: {
      outDir: "out/main",
      sourcemap: false,
      rolldownOptions: {
        input: { index: resolve(here, "electron/main.ts") },
        output: { format: "es", entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
      },
    },
  },
  preload: {
    build: {
      outDir: "out/preload",
      rolldownOptions: {
        input: { preload: resolve(here, "electron/preload.ts") },
        // A sandboxed preload can only be CommonJS.
        output: { format: "cjs", entryFileNames: "[name].cjs" },
      },
    },
  },
  renderer: {
    root: resolve(here, "renderer"),
    plugins: [react()],
    build: {
      outDir: resolve(here, "out/renderer"),
      emptyOutDir: true,
      // Inlined fonts and pictures would need data: in the content security policy.
      assetsInlineLimit: 0,
      minify: true,
      chunkSizeWarningLimit: 4000,
      rolldownOptions: { input: resolve(here, "renderer/index.html") },
    },
  },
});
