import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { compressed } from '../../../modules/container/builder/context-file';

const pieces = [Buffer.alloc(5_000_000, 'a'), randomBytes(100_000), Buffer.alloc(0), Buffer.from('end')];

describe('a compressed archive', () => {
  it('is read completely by gzip and by zlib, although it has several members', () => {
    const members = [...compressed(pieces)];
    expect(members.length).toBeGreaterThan(1);
    const file = Buffer.concat(members);
    expect(gunzipSync(file).equals(Buffer.concat(pieces))).toBe(true);
    const options = { input: file, maxBuffer: 10_000_000 };
    expect(execFileSync('gzip', ['-dc'], options).equals(Buffer.concat(pieces))).toBe(true);
  });

  it('has the same bytes each time', () => {
    const [one, other] = [0, 1].map(() => Buffer.concat([...compressed(pieces)]));
    expect(one?.equals(other ?? Buffer.alloc(0))).toBe(true);
  });

  it('is smaller', () => {
    expect(Buffer.concat([...compressed([Buffer.alloc(1_000_000, 'a')])]).length).toBeLessThan(10_000);
  });
});
