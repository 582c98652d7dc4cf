/** A file that cannot be taken as what it was given for; nothing was written. */
export class BadInput extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BadInput';
  }
}
