import type { GameDate } from '../calendar/game-date.ts';
import type { Plan, PlannedUnit } from './plan.ts';
import type { PlannedTable, SavedPlan, SavedUnit } from './saved-plan.ts';

/** Something that is no longer as a saved plan found it. */
export interface PlanMove {
  readonly table: string;
  /** `undefined` when the whole table has moved. */
  readonly date: GameDate | undefined;
  readonly what: 'definition' | 'options' | 'state' | 'inputs' | 'rows' | 'action';
  readonly was: string;
  readonly is: string;
}

/**
 * Compares a saved plan with the plan that the same request makes now. A table that moved as a whole
 * is told once and not again for each of its units.
 */
export function findPlanMoves(
  saved: SavedPlan,
  now: Plan,
  tables: readonly PlannedTable[],
): readonly PlanMove[] {
  const moves: PlanMove[] = saved.tables.flatMap((then) =>
    tableMoves(
      then,
      tables.find(({ name }) => name === then.name),
    ),
  );
  const movedTables = new Set(moves.map(({ table }) => table));
  const unitsNow = new Map(now.units.map((unit) => [idOf(unit), unit]));
  const unitsThen = new Set(saved.units.map(idOf));
  for (const unit of saved.units) {
    if (movedTables.has(unit.table)) continue;
    moves.push(...unitMoves(unit, unitsNow.get(idOf(unit))));
  }
  for (const { table, date, state } of now.units) {
    if (movedTables.has(table) || unitsThen.has(idOf({ table, date }))) continue;
    moves.push({ table, date, what: 'state', was: 'not in the plan', is: state });
  }
  return moves;
}

function tableMoves(then: PlannedTable, now: PlannedTable | undefined): readonly PlanMove[] {
  const move = (what: PlanMove['what'], was: string, is: string): readonly PlanMove[] =>
    was === is ? [] : [{ table: then.name, date: undefined, what, was, is }];
  if (!now) return move('definition', then.definitionVersion, 'no such table');
  return [
    ...move('definition', then.definitionVersion, now.definitionVersion),
    ...move('options', then.options, now.options),
  ];
}

/** The first thing about a unit that has moved; what follows from it is not told. */
function unitMoves(then: SavedUnit, now: PlannedUnit | undefined): readonly PlanMove[] {
  const { table, date } = then;
  const aspects = [
    ['state', then.state, now?.state ?? 'no longer in the plan'],
    ['inputs', then.fingerprint, now?.fingerprint],
    ['rows', then.dataHash, now?.dataHash],
    ['action', then.action, now?.action],
  ] as const;
  const moved = aspects.find(([, was, is]) => was !== is);
  if (!moved) return [];
  const [what, was, is] = moved;
  return [{ table, date, what, was: was ?? 'none', is: is ?? 'none' }];
}

function idOf({ table, date }: Pick<SavedUnit, 'table' | 'date'>): string {
  return `${table} ${date}`;
}
