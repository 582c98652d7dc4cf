/**
 * Puts the command into a few files, `dist/command`: `npm run build:command`. Before a command does anything
 * Node looks for each of its modules, reads and links it, and three hundred take longer than a few.
 */
import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';
import { phaseFolders } from '../src/table/read-processors.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Nothing can be found by its folder in the built command: all tables are named in the place of the search. */
const processors: Plugin = {
  name: 'processors',
  load(id) {
    if (!id.endsWith('/src/table/read-processors.ts')) return null;
    const files = phaseFolders.flatMap((phase) =>
      globSync(`data_processors/${phase}/*/*_processor.ts`, { cwd: root }).sort(),
    );
    if (files.length === 0) throw new Error('there are no processors');
    const names = files.map((file) => basename(file, '.ts'));
    return `${files.map((file, index) => `import { processor as ${names[index]} } from ${JSON.stringify(join(root, file))};`).join('\n')}
export const readProcessors = async () => [${names.join(', ')}];`;
  },
};

await build({
  root,
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  plugins: [processors],
  build: {
    ssr: 'src/cli/main.ts',
    outDir: 'dist/command',
    emptyOutDir: true,
    target: 'node22',
    minify: false,
    rolldownOptions: {
      output: { entryFileNames: 'main.js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});
