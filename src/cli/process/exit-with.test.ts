import { expect, test } from 'vitest';
import { BadDefinition } from '../../table/bad-definition.ts';
import { describeError } from './exit-with.ts';
import { systemContext } from './system-context.ts';

test('a wrong definition is the fault of who wrote it: one line that names its folder, and no stack', () => {
  const error = new BadDefinition(
    { phase: 'precompute', name: 'my_table' },
    'games has no column "x"',
  );
  expect(describeError(systemContext(), error)).toEqual({
    exitCode: 1,
    message: 'data_processors/precompute/my_table: games has no column "x"',
  });
  expect(describeError(systemContext(), new Error('odd')).message).toMatch(
    /^unexpected, please report it: Error: odd\n/,
  );
});
