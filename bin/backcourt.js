#!/usr/bin/env node
// Plain JavaScript, so that an old Node can at least say what it lacks.
import { existsSync } from 'node:fs';
import module from 'node:module';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `error: backcourt needs Node 22.18 or newer, this is ${process.versions.node}; in a checkout use npx backcourt`,
  );
  process.exit(8);
}

// Keeps the compiled form of what is loaded in the system's folder for temporary files.
module.enableCompileCache?.();

// A checkout runs its sources; the published package has the command in a few compiled files.
const sources = new URL('../src/cli/main.ts', import.meta.url);
const compiled = new URL('../dist/command/main.js', import.meta.url);
const { runMain } = await import((existsSync(sources) ? sources : compiled).href);
await runMain();
