import { z } from 'zod';
import { BadDefinition } from '../table/bad-definition.ts';
import type { OwnTable } from './own-table.ts';

const name = z.string().regex(/^[a-z][a-z0-9_]*$/, 'lower case letters, digits and _ only');
const count = z.int().min(1);
const rounded = { decimals: z.int().min(0).max(6), digits: count.max(18).optional() };
const missing = z.literal('zero').optional();
const dividedBy = z.int().min(1).optional();
const games = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('lastGames'), games: count.max(82) }),
  z.strictObject({ kind: z.literal('lastDays'), days: count.max(365) }),
  z.strictObject({ kind: z.literal('seasonToDate') }),
]);
const bounds = z.strictObject({ atLeast: z.number().optional(), atMost: z.number().optional() });
const where = z.record(z.string(), z.union([z.boolean(), z.number(), z.string(), bounds]));
const range = z.strictObject({
  min: z.number(),
  max: z.number(),
  severity: z.enum(['error', 'warn']),
});
const details = {
  name,
  meaning: z.string().min(1).optional(),
  unit: z.string().min(1).optional(),
  nullWhen: z.string().min(1).optional(),
  range: range.optional(),
};
const whose = { whose: z.enum(['own', 'opponent']).optional() };
const counted = { where: where.optional(), minGames: count.optional(), ...whose };
const ofGames = { over: games, ...counted };
const of = { of: z.string() };

const measure = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.enum(['games', 'total', 'highest', 'lowest']),
    ...details,
    ...of,
    ...ofGames,
  }),
  z.strictObject({
    kind: z.literal('average'),
    ...details,
    ...of,
    ...ofGames,
    ...rounded,
    missing,
    dividedBy,
  }),
  z.strictObject({
    kind: z.literal('deviation'),
    ...details,
    ...of,
    ...ofGames,
    ...rounded,
    missing,
  }),
  z.strictObject({
    kind: z.literal('rate'),
    ...details,
    ...of,
    ...ofGames,
    ...rounded,
    missing,
    per: z.string(),
    times: count.optional(),
  }),
  z.strictObject({
    kind: z.literal('trend'),
    ...details,
    ...of,
    ...counted,
    short: games,
    long: games,
    ...rounded,
    missing,
    dividedBy,
  }),
  z.strictObject({ kind: z.enum(['last', 'value']), ...details, ...of, ...whose }),
  z.strictObject({ kind: z.literal('streak'), ...details, ...of, where, ...whose }),
  z.strictObject({
    kind: z.literal('rank'),
    ...details,
    ...of,
    among: z.enum(['date', 'team', 'game']),
    first: z.enum(['highest', 'lowest']),
  }),
  z.strictObject({ kind: z.literal('difference'), ...details, ...of, minus: z.string() }),
  z.strictObject({ kind: z.literal('teammates_total'), ...details, ...of }),
  z.strictObject({ kind: z.literal('teammates_average'), ...details, ...of, ...rounded }),
]);

const table = z.strictObject({
  backcourt: z.literal('table'),
  name,
  purpose: z.string().min(1),
  each: z.enum(['player', 'team']),
  measures: z.array(measure).min(1),
});

/**
 * What a file says to be a table: the types of its declaration are gone when it runs.
 * @param at where it is written.
 * @throws BadDefinition that names the measure and what is wrong with it.
 */
export function readOwnTable(
  declared: unknown,
  at: { readonly name: string; readonly definedIn: string },
): OwnTable {
  const read = table.safeParse(declared);
  if (read.success) return read.data as OwnTable;
  const [issue] = read.error.issues;
  const [first, index, ...rest] = issue?.path ?? [];
  const measures: unknown = (declared as { readonly measures?: unknown } | undefined)?.measures;
  const isOfMeasure = first === 'measures' && typeof index === 'number' && Array.isArray(measures);
  const named: unknown = isOfMeasure ? measures[index]?.name : undefined;
  const where = isOfMeasure
    ? `measure ${typeof named === 'string' ? `"${named}"` : index + 1}${rest.length === 0 ? '' : `, ${rest.join('.')}`}`
    : [first, index, ...rest].filter((part) => part !== undefined).join('.');
  throw new BadDefinition(at, `${where === '' ? '' : `${where}: `}${issue?.message ?? 'no table'}`);
}
