/** Builds web/ into dist/web: `npm run build:pages`. `backcourt serve` does so by itself in a checkout. */
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

await build({ configFile: fileURLToPath(new URL('../web/vite.config.ts', import.meta.url)) });
