import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  resolve: { conditions: ['portcullis-source', 'browser', 'module', 'import', 'default'] },
  build: {
    outDir: 'dist',
    assetsDir: 'assets',
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // The wire schemas of contracts pull in zod; the console uses only its lists of words.
      treeshake: { moduleSideEffects: (id) => !/\/libs\/contracts\/|\/node_modules\/zod\//.test(id) },
    },
  },
});
