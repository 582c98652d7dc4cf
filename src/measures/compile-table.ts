import {
  constantColumn,
  fullSlateRows,
  fullTeamSlateRows,
} from '../../data_processors/shared/checks/alarms.ts';
import { arrayOf, type Column, date, int64, string } from '../sql/column.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import { BadDefinition } from '../table/bad-definition.ts';
import { provenanceColumns } from '../table/provenance.ts';
import type { SqlContext } from '../table/sql-context.ts';
import {
  type ComputedTable,
  defineTable,
  identityColumns,
  type TableInput,
} from '../table/table-definition.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import { lastDays, sameDay, seasonToDate, type Window } from '../window/window.ts';
import type { CompiledMeasure } from './compiled-measure.ts';
import { aliasOf } from './counted-games.ts';
import { type DerivedMeasure, deriveMeasure } from './derived-measures.ts';
import { type History, type HistoryColumn, historyCtes, historyName } from './history.ts';
import { compileMeasure, type FirstMeasure, spineTables } from './measure-sql.ts';
import type { OwnMeasure } from './measure-words.ts';
import type { OwnTable } from './own-table.ts';
import { isReserved } from './reserved-words.ts';
import { entityColumn, type Source } from './source-column.ts';

/** Where a table of one's own is written, and where its rows go. */
export interface Place {
  /** As seen from where the command was called. */
  readonly file: string;
  readonly dataset: string;
}

/** Whom a row is of, and what it has of the game. */
const spines = {
  player: {
    table: spineTables.player,
    entity: 'universal_player_id',
    columns: [
      string('universal_player_id', 'NBA player id as a decimal string'),
      string('player_lookup', 'name without marks, as in upcoming_player_game_context'),
    ],
    fullSlate: fullSlateRows,
  },
  team: {
    table: spineTables.team,
    entity: 'team_abbr',
    columns: [],
    fullSlate: fullTeamSlateRows,
  },
} as const;

const gameColumns: readonly Column[] = [
  date('game_date', 'the row holds what was known before the first game of this date'),
  int64('season_year', 'first year of the season'),
  string('game_id', 'YYYYMMDD_AWAY_HOME, taken from the schedule'),
  string('team_abbr', 'tricode of the team'),
  string('opponent_team_abbr', 'tricode of the opponent'),
];

/** Days that a table of one's own looks back on before a date is worked in daily mode. */
const lookbackDays = 30;

interface Compiled {
  readonly measure: FirstMeasure;
  readonly by: CompiledMeasure;
}

/**
 * Makes of a table of measures one that is planned, run and proven like any other.
 * @param tables those it may be made of.
 * @throws BadDefinition that names file and measure.
 */
export function compileTable(
  tables: Pick<TableRegistry, 'get' | 'all'>,
  own: OwnTable,
  place: Place,
): ComputedTable {
  const at = { name: own.name, definedIn: place.file };
  const spine = spines[own.each];
  const firsts: Compiled[] = [];
  const derived: DerivedMeasure[] = [];
  const columns = new Map<string, Column>();
  for (const measure of own.measures) {
    try {
      if (isReserved(measure.name)) throw new Error('the name is a word of SQL');
      if (provenanceColumns.some(({ name }) => name === measure.name))
        throw new Error(`"${measure.name}" is a column of every table`);
      if (isFirst(measure)) {
        const by = compileMeasure(tables, own.each, measure);
        firsts.push({ measure, by });
        columns.set(measure.name, toColumn(measure, by));
      } else {
        const made = deriveMeasure(measure, own.each, (name) => columns.get(name));
        derived.push(made);
        columns.set(measure.name, toColumn(measure, made));
      }
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      throw new BadDefinition(at, `measure "${measure.name}": ${error.message}`);
    }
  }
  const histories = historiesOf(firsts);
  const identity = [...spine.columns, ...gameColumns];
  const issues = arrayOf('STRING', 'data_quality_issues', `codes, sorted, as in ${spine.table}`);
  const measured = own.measures.flatMap(({ name }) => columns.get(name) ?? []);
  return defineTable({
    kind: 'computed',
    phase: 'own',
    name: own.name,
    definedIn: place.file,
    dataset: place.dataset,
    purpose: own.purpose,
    partition: 'game_date',
    key: [spine.entity, 'game_date'],
    cluster: [spine.entity],
    columns: [...identity, ...measured, issues],
    inputs: inputsOf(spine.table, identity, firsts, histories),
    options: [],
    bootstrap: false,
    lookback:
      histories.length === 0
        ? undefined
        : {
            days: lookbackDays,
            tables: [...new Set(histories.map(({ source }) => source.table.name))],
          },
    excludes: false,
    checks: measured
      .filter(({ type }) => type.kind === 'NUMERIC' || type.kind === 'INT64')
      .map(({ name }) => constantColumn(name, undefined, spine.fullSlate)),
    expectedRows: ({ inputRows }) => {
      const rows = inputRows(spine.table) ?? 0;
      return { min: rows, max: rows, candidates: rows, why: `${rows} rows of ${spine.table}` };
    },
    rowsSql: (context) =>
      rowsSql(context, { each: own.each, identity, firsts, derived, histories, issues }),
  });
}

function isFirst(measure: OwnMeasure): measure is FirstMeasure {
  return !['rank', 'difference', 'teammates_total', 'teammates_average'].includes(measure.kind);
}

function toColumn(
  { name, meaning, unit, range }: OwnMeasure,
  by: Pick<CompiledMeasure, 'type' | 'meaning' | 'unit' | 'nullWhen'>,
): Column {
  return {
    name,
    type: by.type,
    meaning: meaning ?? by.meaning,
    unit: unit ?? by.unit,
    nullWhen: by.nullWhen,
    range,
    elements: undefined,
    elementRanges: undefined,
    freeText: false,
  };
}

/** What measures need of the same games of the same source is one relation, and there once. */
function historiesOf(firsts: readonly Compiled[]): readonly History[] {
  const histories = new Map<string, History & { columns: readonly HistoryColumn[] }>();
  for (const { by } of firsts) {
    if (!by.history) continue;
    const { days } = by.history;
    const name = historyName({ source: by.source, days });
    const before = histories.get(name)?.columns ?? [];
    const columns = [...before, ...by.history.columns];
    const once = [...new Map(columns.map((column) => [column.name, column])).values()];
    histories.set(name, { source: by.source, days, columns: once });
  }
  return [...histories.values()];
}

function inputsOf(
  spine: string,
  identity: readonly Column[],
  firsts: readonly Compiled[],
  histories: readonly History[],
): readonly TableInput[] {
  const windows = new Map<string, Window[]>([[spine, [sameDay]]]);
  const columns = new Map<string, string[]>([
    [spine, [...identity.map(({ name }) => name), 'data_quality_issues']],
  ]);
  const note = (source: Source, read: readonly string[], window: Window) => {
    const { table, entity } = source;
    const isGames = source.kind === 'games';
    const played = table.columns.filter(({ name }) => name === 'is_active').map(({ name }) => name);
    const own = isGames ? [entity, 'season_year', 'game_date', ...played] : identityColumns(table);
    columns.set(table.name, [...(columns.get(table.name) ?? []), ...own, ...read]);
    const known = windows.get(table.name) ?? [];
    const isKnown = known.some((one) => JSON.stringify(one) === JSON.stringify(window));
    windows.set(table.name, isKnown ? known : [...known, window]);
  };
  for (const { by } of firsts) if (!by.history) note(by.source, by.reads, sameDay);
  for (const { source, days } of histories) {
    const reads = firsts.filter(
      ({ by }) => by.history && by.history.days === days && by.source.table === source.table,
    );
    note(
      source,
      reads.flatMap(({ by }) => by.reads),
      days === undefined ? seasonToDate : lastDays(days),
    );
  }
  return [...windows].map(([table, own]) => ({
    table,
    windows: own,
    columns: [...new Set(columns.get(table))],
    required: true,
  }));
}

interface Parts {
  readonly each: OwnTable['each'];
  readonly identity: readonly Column[];
  readonly firsts: readonly Compiled[];
  readonly derived: readonly DerivedMeasure[];
  readonly histories: readonly History[];
  readonly issues: Column;
}

function rowsSql(context: SqlContext, parts: Parts): string {
  const { sql, input } = context;
  const { each, identity, firsts, derived, histories, issues } = parts;
  const first = `
  SELECT
    ${[
      ...identity.map(({ name }) => `spine.${name}`),
      ...firsts.map(({ measure, by }) => `${by.from(sql)} AS ${measure.name}`),
      `spine.${issues.name}`,
    ].join(',\n    ')}
  FROM target_dates
  INNER JOIN ${input(spines[each].table)} AS spine
    ON spine.game_date = target_dates.analysis_date${joins(context, parts)}`;
  const ctes = histories.map((history) => historyCtes(context, history));
  const all = [...ctes, `measured AS (${first}\n)`].join(',\n');
  return `
WITH ${all}
${derivedSelect(derived, sql)}`;
}

/** Measures of measures come in their order, each over those before it. */
function derivedSelect(derived: readonly DerivedMeasure[], sql: SqlDialect): string {
  return derived.reduce(
    (relation, { name, from }) =>
      `SELECT *, ${from(sql)} AS ${name}\nFROM (\n${relation}\n) AS measured`,
    'SELECT * FROM measured',
  );
}

function joins({ input }: SqlContext, { each, firsts }: Parts): string {
  const joined = new Map<string, string>();
  for (const { by } of firsts) {
    const { source, whose, history } = by;
    const { table, entity } = source;
    const own = entityColumn(source, each, whose);
    if (!history && whose === 'own' && table.name === spines[each].table) continue;
    const relation = history ? historyName({ source, days: history.days }) : table.name;
    const alias = aliasOf(relation, whose);
    const day = history ? 'analysis_date' : table.partition;
    joined.set(
      alias,
      `
  LEFT JOIN ${history ? relation : input(table.name)} AS ${alias}
    ON ${alias}.${day} = spine.game_date
    AND ${alias}.${entity} = spine.${own}`,
    );
  }
  return [...joined.values()].join('');
}
