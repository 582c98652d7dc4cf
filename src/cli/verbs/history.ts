import { findAnyTable } from '../../engine/choose-tables.ts';
import { UsageError } from '../../engine/usage-error.ts';
import { withEngine } from '../../engine/with-engine.ts';
import { readHistory } from '../../history/read-history.ts';
import { playerLookup } from '../../ingest/names/player-lookup.ts';
import { readWarehouseFacts } from '../../ledger/warehouse-options.ts';
import { historyJson, historyLines } from '../../report/history-report.ts';
import { exitCodes } from '../../run/exit-codes.ts';
import { findKeys } from '../../verify/find-keys.ts';
import { undatedPartition } from '../../window/window.ts';
import { warehouseInputs } from '../options/common-inputs.ts';
import { dayOf, readDay } from '../options/date-range.ts';
import { offering, optionalWord, value, word } from '../options/input.ts';
import { once } from '../options/option-values.ts';
import { printReport } from '../output/print-report.ts';
import { refuseOlderLedger } from '../process/refuse-older-ledger.ts';
import { defineVerb } from '../verb.ts';

/**
 * Shows what was recorded of a table and date when, and which commits changed its rows. Its exit code is 5 when nothing
 * ever was.
 */
export const historyVerb = defineVerb({
  inputs: {
    table: offering('tables', word('a table, raw or computed')),
    date: optionalWord('YYYY-MM-DD, today, yesterday or latest; none for a table without dates'),
    key: value(
      '<key>',
      'show also how rows with this key changed: team or player, or a name',
      once,
    ),
    ...warehouseInputs,
  },
  example: [
    'backcourt history player_box 2024-12-01',
    'backcourt history player_game_summary 2024-12-01 --key "LeBron James"',
  ],
  async run(context, tables, flags) {
    const table = findAnyTable(tables, flags.table);
    const asked =
      flags.date === undefined ? undefined : readDay('<date>', flags.date, context.clock.today());
    return withEngine(context, tables, flags, 'read', async ({ warehouse, world }) => {
      await refuseOlderLedger(warehouse, context.clock.now());
      const records = world.ledger.of(table.name);
      // One that was never loaded may be of either kind, and neither has a history.
      const isUndated =
        records.has(undatedPartition) || (records.size === 0 && asked === undefined);
      if (isUndated !== (asked === undefined)) {
        throw new UsageError(
          isUndated
            ? `${table.name} has no dates: leave it out`
            : 'of which date? give it after the table',
        );
      }
      const date = asked === undefined ? undatedPartition : dayOf(asked, world.calendar);
      const keys =
        flags.key === undefined
          ? []
          : (await findKeys(warehouse, [table], flags.key, playerLookup(flags.key))).keys;
      if (flags.key !== undefined && keys.length === 0) {
        throw new UsageError(
          `--key "${flags.key}": no row of ${table.name} has this key, and no player has this name`,
        );
      }
      const { historyFrom, changesFrom } = await readWarehouseFacts(warehouse);
      const report = {
        ...{ table, date, rememberedFrom: historyFrom ?? changesFrom, key: flags.key },
        ...(await readHistory(
          warehouse,
          table,
          date,
          keys.map(({ key }) => key),
        )),
      };
      printReport(context, flags.json, {
        lines: historyLines(report),
        json: historyJson(report),
      });
      return report.states.length === 0 ? exitCodes.blocked : exitCodes.done;
    });
  },
});
