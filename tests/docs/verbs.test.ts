import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { verbList } from '../../src/cli/verb-list.ts';
import { backcourt } from '../support/run-command.ts';

const page = readFileSync(new URL('../../docs/verbs.md', import.meta.url), 'utf8');

test.each(verbList.map(({ name }) => name))(
  'docs/verbs.md tells every flag of %s',
  async (verb) => {
    const { stdout } = await backcourt([verb, '--help']);
    const flags = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, flag]) => flag);
    expect(flags).toContain('--help');
    const section = page.match(new RegExp(`^## ${verb}\\b[^]*?(?=^## |$(?![^]))`, 'm'))?.[0] ?? '';
    // What every verb takes is told once, and a run takes what a plan takes.
    const common = page.slice(0, page.indexOf('## demo'));
    const plan = verb === 'run' ? page.slice(page.indexOf('## plan'), page.indexOf('## run')) : '';
    for (const flag of flags) {
      if (flag !== '--help') expect(common + plan + section, flag).toContain(`\`${flag}`);
    }
  },
);
