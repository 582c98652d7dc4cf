import { Argument, type Command, Option } from 'commander';

/** What a verb takes from its command line: a flag or a word, named by the key that it stands under. */
export interface Input<T> {
  /** What a shell may offer for it. */
  readonly offers?: Offers | undefined;
  /** Its value unless it is given. */
  readonly fallback: T;
  readonly addTo: (command: Command, key: string) => void;
}

/** Names of tables: those that are computed, or raw ones too; or these words. */
export type Offers = 'computed' | 'tables' | readonly string[];

export type Inputs = Readonly<Record<string, Input<unknown>>>;

/** The values of inputs, under the same keys. */
export type Asked<I extends Inputs> = {
  readonly [Key in keyof I]: I[Key] extends Input<infer T> ? T : never;
};

/** A flag without a value: `allowShrink` is TRUE when `--allow-shrink` is given. */
export function flag(says: string): Input<boolean> {
  return { fallback: false, addTo: (command, key) => addOption(command, key, '', says, false) };
}

/**
 * A flag with a value.
 * @param form of the value, for example `<n>`.
 * @param read makes the value of its text, and of the value before it where it may be repeated.
 */
export function value<T>(
  form: string,
  says: string,
  read: (text: string, earlier: T | undefined) => T,
): Input<T | undefined> {
  return {
    fallback: undefined,
    addTo: (command, key) => addOption(command, key, form, says, undefined, undefined, read),
  };
}

/** {@link value} with another fallback than nothing. @param shown the fallback as help shows it. */
export function valueOr<T>(
  fallback: T,
  form: string,
  says: string,
  read: (text: string, earlier: T) => T,
  shown?: string,
): Input<T> {
  return {
    fallback,
    addTo: (command, key) => addOption(command, key, form, says, fallback, shown, read),
  };
}

/** A word that has to be given. */
export function word(says: string): Input<string> {
  return { fallback: '', addTo: (command, key) => addArgument(command, `<${key}>`, says) };
}

/** An input for which a shell offers something. */
export function offering<T>(offers: Offers, input: Input<T>): Input<T> {
  return { ...input, offers };
}

/** A word that may be left out. */
export function optionalWord(says: string): Input<string | undefined> {
  return { fallback: undefined, addTo: (command, key) => addArgument(command, `[${key}]`, says) };
}

/** All words that follow. */
export function words(says: string): Input<readonly string[]> {
  return { fallback: [], addTo: (command, key) => addArgument(command, `[${key}...]`, says) };
}

function addArgument(command: Command, form: string, says: string): void {
  command.addArgument(new Argument(form, says));
}

function addOption<T>(
  command: Command,
  key: string,
  form: string,
  says: string,
  fallback: T | undefined,
  shown?: string,
  read?: (text: string, earlier: T) => T,
): void {
  const name = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const option = new Option(form === '' ? `--${name}` : `--${name} ${form}`, says);
  // The parser takes --no-lookahead for the opposite of a flag --lookahead.
  option.negate = false;
  if (fallback !== undefined) option.default(fallback, shown);
  if (read) option.argParser(read);
  command.addOption(option);
}

/** What a command that was parsed was given, under the keys of its inputs; {@link fallbacksOf} has the rest. */
export function valuesOf(command: Command): Readonly<Record<string, unknown>> {
  const given = command.registeredArguments.map((argument, index) => [
    argument.name(),
    command.processedArgs[index],
  ]);
  const options = Object.entries(command.opts()).filter(
    ([key]) => command.getOptionValueSource(key) !== 'default',
  );
  return Object.fromEntries([...options, ...given]);
}

/** The values of inputs of which nothing is given. */
export function fallbacksOf<I extends Inputs>(inputs: I): Asked<I> {
  const entries = Object.entries(inputs).map(([key, { fallback }]) => [key, fallback]);
  return Object.fromEntries(entries) as Asked<I>;
}
