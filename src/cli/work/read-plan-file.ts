import { existsSync, readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { parseGameDate } from '../../calendar/game-date.ts';
import { UsageError } from '../../engine/usage-error.ts';
import { planDigest, planFormatVersion, type SavedPlan } from '../../plan/saved-plan.ts';
import { stateNames } from '../../plan/unit-state.ts';
import { messageOf } from '../../warehouse/message-of.ts';

const day = z.string().transform((text, context) => {
  const date = parseGameDate(text);
  if (date !== undefined) return date;
  context.addIssue({ code: 'custom', message: `"${text}" is not a calendar day` });
  return z.NEVER;
});
const unitId = z.object({ table: z.string(), date: day });
const optional = z
  .string()
  .nullish()
  .transform((text) => text ?? undefined);

const schema = z.object({
  format_version: z.number(),
  digest: z.string(),
  request: z.object({
    tables: z.array(z.string()),
    dates: z.array(day),
    backfill_mode: z.boolean(),
    options: z.union([z.literal('recorded'), z.record(z.string(), z.number())]),
    select: z
      .discriminatedUnion('kind', [
        z.object({ kind: z.literal('stale') }),
        z.object({ kind: z.literal('units'), units: z.array(unitId) }),
      ])
      .nullable(),
    widened: z
      .object({
        tables: z.array(z.string()),
        dates: z.array(day),
        added: z.array(
          z.object({
            table: z.string(),
            dates: z.array(day),
            why: z.enum(['upstream', 'downstream']),
            because: z.array(z.string()),
          }),
        ),
      })
      .optional(),
    rewrite: z.literal(true).optional(),
    restate_options: z.literal(true).optional(),
  }),
  settings: z.object({
    batch_days: z.number().int().min(1),
    allow_shrink: z.boolean(),
    skip_downstream_trigger: z.boolean(),
  }),
  tables: z.array(
    z.object({ name: z.string(), definition_version: z.string(), options: z.string() }),
  ),
  units: z.array(
    unitId.extend({
      state: z.enum(stateNames),
      action: z.enum(['run', 'skip', 'block', 'remove']),
      rows: z
        .number()
        .nullish()
        .transform((rows) => rows ?? undefined),
      data_hash: optional,
      fingerprint: optional,
    }),
  ),
});

/**
 * Reads a file that `plan --save` has made.
 * @throws UsageError when it is none, was changed by hand, or is of another format.
 */
export function readPlanFile(path: string): SavedPlan {
  const json = readJson(path);
  const version = z.object({ format_version: z.number() }).safeParse(json).data?.format_version;
  if (version !== undefined && version !== planFormatVersion) {
    throw new UsageError(
      `"${path}" has plan format ${version}; this Backcourt knows ${planFormatVersion}; save it again`,
    );
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join('.') || 'the file';
    throw new UsageError(`"${path}" is no saved plan: ${where}: ${issue?.message}`);
  }
  const { format_version, digest, request, settings, tables, units } = parsed.data;
  const content = {
    formatVersion: format_version,
    request: {
      tables: request.tables,
      dates: request.dates,
      backfillMode: request.backfill_mode,
      options: request.options,
      select: request.select ?? undefined,
      widened: request.widened,
      rewrite: request.rewrite,
      restateOptions: request.restate_options,
    },
    settings: {
      batchDays: settings.batch_days,
      allowShrink: settings.allow_shrink,
      skipDownstreamTrigger: settings.skip_downstream_trigger,
    },
    tables: tables.map(({ definition_version, ...table }) => ({
      ...table,
      definitionVersion: definition_version,
    })),
    units: units.map(({ data_hash, ...unit }) => ({ ...unit, dataHash: data_hash })),
  };
  if (planDigest(content) !== digest) {
    throw new UsageError(
      `"${path}" does not have the digest that is written in it: it was changed after it was saved`,
    );
  }
  return { ...content, digest };
}

function readJson(path: string): unknown {
  let text: string;
  if (!existsSync(path))
    throw new UsageError(`there is no plan "${path}"; plan --save <file> writes one`);
  try {
    if (!statSync(path).isFile()) throw new Error('it is a folder, a pipe or a device');
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`cannot read the plan "${path}": ${messageOf(error)}`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`"${path}" is no saved plan: ${messageOf(error)}`);
  }
}
