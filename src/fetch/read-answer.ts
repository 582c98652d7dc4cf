import type { FileShape } from '../ingest/files/source-content.ts';
import { officialReport } from '../ingest/sources/injuries/injury-shapes.ts';
import { chartShapes } from '../ingest/sources/nba-stats/chart-shapes.ts';
import { logShapes } from '../ingest/sources/nba-stats/log-shapes.ts';
import type { DocumentId } from './document.ts';
import { readScheduledGames } from './scheduled-games.ts';
import type { Trouble } from './trouble.ts';

/** An answer that can be kept, or why it cannot. */
export type ReadAnswer =
  | {
      readonly kind: 'sound';
      /** Ids of the games that it has rows of both teams of; what else it has is not whole yet. */
      readonly games: readonly string[];
    }
  | { readonly kind: 'unsound'; readonly trouble: Trouble };

const unsound = (trouble: Trouble): ReadAnswer => ({ kind: 'unsound', trouble });
const lacks = (field: string): ReadAnswer => unsound({ kind: 'lacks_field', field });

/**
 * Looks whether an answer is what was asked for: whole, in the schema that ingest reads, of the date or season that
 * was meant. Values are judged when they are loaded.
 */
export function readAnswer(id: DocumentId, text: string): ReadAnswer {
  const json = parse(text);
  if (json === undefined) {
    const begins = text.trimStart().slice(0, 30);
    return unsound(/^[[{]/.test(begins) ? { kind: 'cut_off' } : { kind: 'no_json', begins });
  }
  switch (id.kind) {
    case 'schedule': {
      const read = readScheduledGames(id.season, json);
      if (!Array.isArray(read)) return unsound(read as Trouble);
      return read.length === 0
        ? unsound({ kind: 'no_rows' })
        : { kind: 'sound', games: read.map((game) => game.id) };
    }
    case 'logs':
      return readTable(json, logShapes[0], id.date);
    case 'shots':
      return readTable(json, chartShapes[0], id.date);
    case 'injuries':
      return readReport(json);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface ResultSet {
  readonly headers: readonly string[];
  readonly rowSet: readonly unknown[];
}

/** One of the tables that an answer of the statistics holds. */
function readTable(json: unknown, shape: FileShape | undefined, date: string): ReadAnswer {
  const sets = asList(fieldOf(json, 'resultSets') ?? fieldOf(json, 'resultSet'));
  if (sets.length === 0) return lacks('resultSets');
  const tables = sets.flatMap((set): ResultSet | [] => {
    const [headers, rowSet] = [fieldOf(set, 'headers'), fieldOf(set, 'rowSet')];
    return Array.isArray(headers) && Array.isArray(rowSet)
      ? { headers: headers.map((name) => String(name).toUpperCase()), rowSet }
      : [];
  });
  const required = (shape?.required ?? []).flat();
  const lacking = ({ headers }: ResultSet) => required.filter((name) => !headers.includes(name));
  const [table] = tables.toSorted((a, b) => lacking(a).length - lacking(b).length);
  if (!table) return lacks('headers and rowSet');
  const [field] = lacking(table);
  if (field !== undefined) return lacks(field);
  const { headers, rowSet } = table;
  const rows = rowSet.map((row): readonly unknown[] => (Array.isArray(row) ? row : []));
  const ragged = rows.findIndex((row) => row.length !== headers.length);
  if (ragged >= 0) {
    const values = rows[ragged]?.length ?? 0;
    return unsound({ kind: 'ragged_row', row: ragged + 1, values, names: headers.length });
  }
  const column = (name: string) => rows.map((row) => String(row[headers.indexOf(name)]));
  const days = column('GAME_DATE').map((text) => text.replaceAll(/\D/g, '').slice(0, 8));
  const other = days.find((day) => day.length === 8 && day !== date.replaceAll('-', ''));
  if (other !== undefined) {
    return unsound({ kind: 'other_date', date: other.replace(/(....)(..)(..)/, '$1-$2-$3') });
  }
  if (rows.length === 0) return unsound({ kind: 'no_rows' });
  const teams = column('TEAM_ID');
  const teamsOf = Map.groupBy(
    column('GAME_ID').map((game, index) => ({ game: game.padStart(10, '0'), team: teams[index] })),
    ({ game }) => game,
  );
  const games = [...teamsOf].flatMap(([game, own]) =>
    new Set(own.map(({ team }) => team)).size > 1 ? game : [],
  );
  return { kind: 'sound', games };
}

/** A report in the columns of the league's own. It names no games. */
function readReport(json: unknown): ReadAnswer {
  const [first] = asList(json);
  if (first === undefined) return unsound({ kind: 'no_rows' });
  const names = typeof first === 'object' && first !== null ? Object.keys(first) : [];
  const missing = officialReport.required.find((entry) =>
    [entry].flat().every((name) => !names.some((own) => own.toUpperCase() === name.toUpperCase())),
  );
  return missing === undefined
    ? { kind: 'sound', games: [] }
    : lacks([missing].flat().join(' or '));
}

function asList(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && name in value
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
