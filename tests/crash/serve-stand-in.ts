/**
 * The stand-in host in a process of its own, which is never busy with anything else: `serve-stand-in.ts <files…>`. It
 * says its address, and a line of JSON for each request, in the moment in which it comes.
 */
import { standInHost } from '../support/stand-in-host.ts';

const host = await standInHost(process.argv.slice(2));
host.misbehave = ({ atMs, about, headers }) => {
  process.stdout.write(`${JSON.stringify({ atMs, about, chain: Number(headers['x-chain']) })}\n`);
  return false;
};
process.stdout.write(`${host.url}\n`);
