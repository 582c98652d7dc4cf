/** A page that names a file which is not there any more sends its reader nowhere. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '' && existsSync(join(root, path)));
const pages = files.filter((path) => path.endsWith('.md') && !path.startsWith('docs/09-handoff/'));

/** What a project of somebody's own has, and this repository has not. */
const ofProjects = ['backcourt.config.ts'];

/** Files in backticks, with or without folders; a name with a placeholder or a pattern is none. */
function namedFiles(page: string): readonly string[] {
  const prose = page.replace(/^```[\s\S]*?^```/gm, '');
  return [...prose.matchAll(/`([\w.@-][\w.@/-]*(?:\.ts|\.tsx|\.md|\/))`/g)].map(
    ([, name = '']) => name,
  );
}

function isThere(name: string, folder: string): boolean {
  const paths = [name, join(folder, name)];
  const end = name.endsWith('/') ? name : undefined;
  if (end) {
    return (
      paths.some((path) => files.some((file) => file.startsWith(path))) ||
      files.some((file) => file.includes(`/${end}`))
    );
  }
  return (
    paths.some((path) => files.includes(path)) || files.some((file) => file.endsWith(`/${name}`))
  );
}

test('pages are looked at', () => {
  expect(pages.length).toBeGreaterThan(20);
  expect(namedFiles('`a/b.ts`, `c.md`, `d/`, `<e>.ts`\n```\n`f.ts`\n```\n')).toEqual([
    'a/b.ts',
    'c.md',
    'd/',
  ]);
  expect(isThere('no-such-file.ts', '')).toBe(false);
});

test.each(pages)('the files that %s names are there', (path) => {
  const page = readFileSync(join(root, path), 'utf8');
  expect(
    namedFiles(page).filter((name) => !ofProjects.includes(name) && !isThere(name, dirname(path))),
  ).toEqual([]);
  const links = [...page.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, to = '']) => to);
  const broken = links.filter((to) => !existsSync(join(root, dirname(path), to)));
  expect(broken).toEqual([]);
});
