import { plural } from './words/format.ts';
import { toJson } from './words/json.ts';

/** One thing that was looked at. */
export interface Finding {
  readonly subject: string;
  readonly level: 'ok' | 'warning' | 'error';
  /** What is the case. */
  readonly text: string;
  /** What to do about it, where something is to be done. */
  readonly help?: string | undefined;
}

/** A line per finding, with what to do about it, and how many are not well. */
export function doctorLines(findings: readonly Finding[]): readonly string[] {
  const width = Math.max(...findings.map(({ subject }) => subject.length));
  const count = (level: Finding['level']) =>
    findings.filter((finding) => finding.level === level).length;
  return [
    ...findings.flatMap(({ level, subject, text, help }) => [
      `${level.padEnd('warning'.length)}  ${subject.padEnd(width)}  ${text}`,
      ...(help === undefined ? [] : [`  help: ${help}`]),
    ]),
    '',
    `${plural(count('error'), 'error')}, ${plural(count('warning'), 'warning')}`,
  ];
}

/** One object per finding. */
export function doctorJson(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ help, ...finding }) =>
    toJson({ type: 'finding', ...finding, help: help ?? null }),
  );
}
