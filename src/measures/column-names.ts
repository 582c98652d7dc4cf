import { BadDefinition } from '../table/bad-definition.ts';
import { provenanceColumns } from '../table/provenance.ts';
import { isReserved } from './reserved-words.ts';

/** @throws BadDefinition when no column of one's own can be called so. */
export function refuseName(
  at: { readonly name: string; readonly definedIn: string },
  what: 'measure' | 'column',
  name: string,
): void {
  const fault = isReserved(name)
    ? 'the name is a word of SQL'
    : provenanceColumns.some((column) => column.name === name)
      ? `"${name}" is a column of every table`
      : undefined;
  if (fault !== undefined) throw new BadDefinition(at, `${what} "${name}": ${fault}`);
}
