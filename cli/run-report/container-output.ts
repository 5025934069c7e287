import { StringDecoder } from 'node:string_decoder';

/** Most characters of a line without an end that are kept before they are shown. */
const MAX_PARTIAL = 65_536;

type Stream = 'stdout' | 'stderr';

/** The lines of a container's output, which comes in pieces. */
export class ContainerOutput {
  private readonly partial = { stdout: '', stderr: '' };
  private decoders = { stdout: new StringDecoder('utf8'), stderr: new StringDecoder('utf8') };

  /** @param take takes lines without their ends. With `isCut`, the last one goes on */
  constructor(private readonly take: (stream: Stream, lines: readonly string[], isCut: boolean) => Promise<void>) {}

  async add(stream: Stream, chunk: Buffer): Promise<void> {
    // Progress bars start again with a carriage return alone. One at the end might be half of a line's end.
    const lines = (this.partial[stream] + this.decoders[stream].write(chunk)).split(/\r?\n|\r(?!$)/);
    const rest = lines.pop() ?? '';
    const isCut = rest.length > MAX_PARTIAL;
    // A carriage return at the end might be half of a line's end.
    const shown = rest.replace(/\r$/, '');
    if (isCut) lines.push(shown);
    this.partial[stream] = isCut ? rest.slice(shown.length) : rest;
    await this.take(stream, lines, isCut);
  }

  /** The output has ended: takes the last line if it has no end, so that what follows starts on a new one. */
  async end(): Promise<void> {
    for (const stream of ['stdout', 'stderr'] as const) {
      const rest = this.partial[stream] + this.decoders[stream].end();
      this.partial[stream] = '';
      if (rest !== '') await this.take(stream, [rest.replace(/\r$/, '')], false);
    }
    this.decoders = { stdout: new StringDecoder('utf8'), stderr: new StringDecoder('utf8') };
  }
}
