import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { printedSeed } from '../support/random-numbers.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { checkSequence } from './check-sequence.ts';
import { sequences } from './operation.ts';
import { type PreparedLeague, prepareLeague } from './prepared-league.ts';

/** How many sequences of all leagues together. */
const wanted = Number(process.env['BACKCOURT_SEQUENCES'] ?? 40);
/** Only these, by number. */
const only = process.env['BACKCOURT_SEQUENCE'];
/** Seconds for which a failing sequence is shortened. */
const shrinkSeconds = Number(process.env['BACKCOURT_SHRINK_SECONDS'] ?? 0);

/**
 * One test for each sequence of a league. The seed and the number of a sequence say what it is.
 * @param isOwn which numbers are played in this league.
 */
export function testSequences(seasons: number, isOwn: (number: number) => boolean): void {
  const folder = tempFolder('sequences');
  const seed = printedSeed(`sequences of ${seasons} seasons`);
  let league: PreparedLeague;
  beforeAll(async () => {
    league = await prepareLeague(folder, seasons);
  });
  const numbers = Array.from({ length: wanted }, (_, number) => number).filter(isOwn);
  const chosen = only === undefined ? numbers : only.split(',').map(Number).filter(isOwn);
  if (chosen.length === 0) {
    test('none of the sequences that are asked for is of this league', () => {
      expect(only).toBeDefined();
    });
  }
  test.each(chosen)(
    `sequence %i of seed ${seed}`,
    async (number) => {
      const property = fc.asyncProperty(sequences, (sequence) => checkSequence(league, sequence));
      const limits = shrinkSeconds > 0 ? [fc.interruptAfterTimeLimit(shrinkSeconds * 1000)] : [];
      const outcome = await fc.check(property, {
        seed,
        path: String(number),
        numRuns: 1,
        plugins: [fc.unbiased(), ...limits],
        endOnFailure: shrinkSeconds === 0,
      });
      // The report of a file comes when its last sequence has ended, which can be an hour later.
      const ended = outcome.failed ? 'fails' : 'holds';
      process.stderr.write(`sequence ${number} of seed ${seed} ${ended}\n`);
      if (!outcome.failed) return;
      const error = outcome.errorInstance;
      throw new Error(`sequence ${number} of seed ${seed}, shortened ${outcome.numShrinks} times
${error instanceof Error ? error.message : error}

again: BACKCOURT_TEST_SEED=${seed} BACKCOURT_SEQUENCE=${number} npm run test:sequences
shortened: the same with BACKCOURT_SHRINK_SECONDS=600`);
    },
    900_000 + 2000 * shrinkSeconds,
  );
}
