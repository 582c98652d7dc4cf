/** A name made of words and underscores, which may break after each of them. */
export function BrokenName({ name }: { readonly name: string }) {
  const parts = name.split('_');
  return (
    <>
      {parts.map((part, index) => (
        <>
          {part}
          {index < parts.length - 1 && (
            <>
              _<wbr />
            </>
          )}
        </>
      ))}
    </>
  );
}
