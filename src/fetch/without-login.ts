/** An address as it can be asked, and what its name and password are as a header. */
export interface AddressAndLogin {
  readonly target: URL;
  /** The value of an `authorization` header; `undefined` where the address has no name and no password. */
  readonly login: string | undefined;
}

/** Takes name and password out of an address: fetch takes none with them. */
export function withoutLogin(url: URL): AddressAndLogin {
  const target = new URL(url);
  target.username = '';
  target.password = '';
  if (url.username === '' && url.password === '') return { target, login: undefined };
  const text = `${decoded(url.username)}:${decoded(url.password)}`;
  return { target, login: `Basic ${Buffer.from(text).toString('base64')}` };
}

/** Decodes a part of an address as it was meant: a `%` that begins no code stands for itself. */
function decoded(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, (codes) => {
    try {
      return decodeURIComponent(codes);
    } catch {
      return codes;
    }
  });
}
