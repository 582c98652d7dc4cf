/** The two parts of an upload: what the job is to do, and the file. */
export interface Upload {
  readonly metadata: string;
  readonly file: Buffer;
}

/** Takes a body of `multipart/related` apart. @throws when it has another form. */
export function splitUpload(body: Buffer, contentType: string): Upload {
  const boundary = /boundary=([^;]+)/.exec(contentType)?.[1];
  if (boundary === undefined) throw new Error(`an upload without parts: ${contentType}`);
  const mark = Buffer.from(`--${boundary}`);
  const first = partAfter(body, body.indexOf(mark) + mark.length, mark);
  const second = partAfter(body, first.end + mark.length, mark);
  return { metadata: first.content.toString('utf8'), file: second.content };
}

function partAfter(body: Buffer, from: number, mark: Buffer) {
  const start = body.indexOf('\r\n\r\n', from) + 4;
  const end = body.indexOf(mark, start);
  if (start < 4 || end < 0) throw new Error('an upload that is cut short');
  return { content: body.subarray(start, end - 2), end };
}
