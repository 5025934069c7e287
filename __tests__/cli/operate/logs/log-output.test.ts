import { EventEmitter } from 'node:events';
import { LogOutput } from '../../../../cli/operate/logs/log-output';

class Sink extends EventEmitter {
  text = '';
  isFull = false;

  write(text: string): boolean {
    this.text += text;
    return !this.isFull;
  }
}

function output(json: boolean) {
  const [out, notes] = [new Sink(), new Sink()];
  return { out, notes, output: new LogOutput(json, out as never, notes as never) };
}

const place = { run: 'report-1', attempt: 1, start: 2, stream: 'batch/default/1' };
const at = (text: string) => new Date(`2026-11-26T${text}`);

describe('lines for people', () => {
  it('have their time, and the date when it changes', async () => {
    const { out, output: log } = output(false);
    log.dayIsTold(at('14:00:00'));
    await log.line({ ...place, time: at('14:03:07'), text: 'one' });
    await log.line({ ...place, time: new Date('2026-11-27T00:00:01'), text: 'two' });
    expect(out.text).toBe('14:03:07 | one\n2026-11-27\n00:00:01 | two\n');
  });

  it('are one below the other if an event has several, and have no control characters', async () => {
    const { out, output: log } = output(false);
    log.dayIsTold(at('14:00:00'));
    await log.line({ ...place, time: at('14:03:07'), text: 'a\r\n\u001b[31mb\u001b[0m\rc\u001b]0;x\u0007\n' }, '3f2a');
    expect(out.text).toBe('14:03:07 3f2a | a\n         3f2a | b\n         3f2a | c^[]0;x^G\n');
  });

  it('can be empty', async () => {
    const { out, output: log } = output(false);
    log.dayIsTold(at('14:00:00'));
    await log.line({ ...place, time: at('14:03:07'), text: '' });
    expect(out.text).toBe('14:03:07 | \n');
  });

  it('wait while the reader of a pipe is slower', async () => {
    const { out, output: log } = output(false);
    out.isFull = true;
    let isWritten = false;
    const line = log.line({ ...place, time: at('14:03:07'), text: 'one' }).then(() => {
      isWritten = true;
    });
    await new Promise(setImmediate);
    expect(isWritten).toBe(false);
    out.emit('drain');
    await line;
  });
});

it('writes a document a line for programs, and notes elsewhere', async () => {
  const { out, notes, output: log } = output(true);
  await log.line({ ...place, time: new Date('2026-11-26T14:03:07.120Z'), text: 'a\nb\u001b' }, 'label');
  await log.tell('Attempt 2 of 3', { type: 'attempt', attempt: 2 });
  log.note('Lines are gone.');
  expect(
    out.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    { type: 'line', ...place, time: '2026-11-26T14:03:07.120Z', text: 'a\nb\u001b' },
    { type: 'attempt', attempt: 2 },
  ]);
  expect(notes.text).toBe('Lines are gone.\n');
});
