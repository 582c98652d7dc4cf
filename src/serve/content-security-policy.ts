/**
 * Everything comes from this server and nothing else may be loaded, connected to or framed. The hash is that
 * of the one style element that Observable Plot puts into each of its drawings; with another
 * version of Plot `tests/pages/` reports the violation together with the new hash.
 */
const plotStyleHash = "'sha256-jSYQUrW7J0b3jPqhZP9C2Xh1PyJKHKXd4s0fpGGKrww='";

export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'self' ${plotStyleHash}`,
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
