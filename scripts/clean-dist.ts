/** Removes dist/, so that a build never keeps a file whose source is gone. */
import { rmSync } from 'node:fs';

rmSync(new URL('../dist/', import.meta.url), { recursive: true, force: true });
