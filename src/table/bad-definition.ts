interface Place {
  readonly name: string;
  readonly phase?: string;
  readonly definedIn?: string;
}

/** Where a table is written, as seen from the top of the project; a loaded one is raw. */
export function folderOf({ phase = 'raw', name, definedIn }: Place): string {
  return definedIn ?? `data_processors/${phase}/${name}`;
}

/** A mistake in the definition of a table: whoever wrote it mends it, and it is no fault of the product. */
export class BadDefinition extends Error {
  constructor(table: Place, what: string) {
    super(`${folderOf(table)}: ${what}`);
    this.name = 'BadDefinition';
  }
}
