/**
 * An index that is built once for each input object. Inputs are never changed after they were
 * made, so their identity stands for their content.
 */
export function oncePerInput<Input extends object, Index>(
  build: (input: Input) => Index,
): (input: Input) => Index {
  const built = new WeakMap<Input, { readonly index: Index }>();
  return (input) => {
    const known = built.get(input);
    if (known) return known.index;
    const index = build(input);
    built.set(input, { index });
    return index;
  };
}
