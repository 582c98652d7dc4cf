import { BadInput } from './bad-input.ts';

/** A file that cannot be read, whatever it was meant to be: other files of the command can be loaded without it. */
export class FaultyFile extends BadInput {}
