/** A file that cannot be taken as what it was given for; nothing was written. */
export class BadInput extends Error {
  /** Commands that take the file as what it is, without the name of the program; one of them is meant. */
  readonly loadsIt: readonly string[];

  constructor(message: string, loadsIt: readonly string[] = []) {
    super(message);
    this.name = 'BadInput';
    this.loadsIt = loadsIt;
  }
}
