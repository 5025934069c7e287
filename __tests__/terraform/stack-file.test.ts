import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, AssetType, LocalBackend, TerraformAsset, TerraformStack } from 'cdktf';
import { type FolderFile, StackFile, StackFolder } from '../../modules/terraform/stack-file';

let outdir: string;

beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'stack-file-'));
});
afterEach(() => rmSync(outdir, { recursive: true }));

function stackIn(app: App): TerraformStack {
  const stack = new TerraformStack(app, 'stack');
  new LocalBackend(stack, {});
  return stack;
}

function synthesize(content: string | Buffer | Iterable<Buffer>, hash?: string): string {
  const app = new App({ outdir });
  const file = new StackFile(stackIn(app), 'file', { name: 'a.txt', content: () => content, hash });
  app.synth();
  return file.path;
}

it('is not written before synthesis', () => {
  const file = new StackFile(stackIn(new App({ outdir })), 'file', { name: 'a.txt', content: () => '' });
  expect(existsSync(join(outdir, 'stacks/stack', file.path))).toBe(false);
});

it('is written by synthesis, to the path from the folder that Terraform runs in', () => {
  const bytes = Buffer.from([0, 255, 10]);
  const path = synthesize(bytes);
  expect(readFileSync(join(outdir, 'stacks/stack', path))).toEqual(bytes);
});

it('is written in pieces, which have the path of the whole', () => {
  const path = synthesize([Buffer.from('con'), Buffer.from('tent')]);
  expect(readFileSync(join(outdir, 'stacks/stack', path), 'utf8')).toBe('content');
  expect(synthesize('content')).toBe(path);
});

it('is not written again if it is there whole', () => {
  synthesize('one', 'abc');
  const unread = {
    [Symbol.iterator]: () => {
      throw new Error('it is there already');
    },
  };
  const path = synthesize(unread, 'abc');
  expect(readFileSync(join(outdir, 'stacks/stack', path), 'utf8')).toBe('one');
});

it('is written again if writing it failed', () => {
  function* broken() {
    yield Buffer.from('half');
    throw new Error('the disk is full');
  }
  expect(() => synthesize(broken(), 'abc')).toThrow('the disk is full');
  const path = synthesize('whole', 'abc');
  expect(readFileSync(join(outdir, 'stacks/stack', path), 'utf8')).toBe('whole');
  expect(readdirSync(join(outdir, 'stacks/stack/assets/file/abc'))).toEqual(['a.txt']);
});

it('lies where an asset of CDKTF would', () => {
  const path = synthesize('content');
  const source = join(outdir, 'a.txt');
  const asset = (content: string) => {
    writeFileSync(source, content);
    return new TerraformAsset(stackIn(new App({ outdir })), 'file', { path: source, type: AssetType.FILE }).path;
  };
  expect(path).toBe(asset('content'));
  expect(path).not.toBe(asset('other'));
});

it('has another path for another content, or the one that is said, and leaves no older one there', () => {
  const paths = [synthesize('one'), synthesize('two'), synthesize('two', 'abc')];
  expect(paths[0]).toMatch(/^assets\/file\/[0-9A-F]{32}\/a\.txt$/);
  expect(new Set(paths).size).toBe(3);
  expect(paths[2]).toBe('assets/file/abc/a.txt');
  expect(readdirSync(join(outdir, 'stacks/stack/assets/file'))).toEqual(['abc']);
});

describe('a folder', () => {
  const file = (path: string, text: string): FolderFile => ({ path, content: () => [Buffer.from(text)] });

  function folder(...files: FolderFile[]): string {
    const app = new App({ outdir });
    const { path } = new StackFolder(stackIn(app), 'code', 'code', files);
    app.synth();
    return path;
  }

  it('is written with its files', () => {
    const path = folder(file('a/b/c.py', 'c'), file('d.py', 'd'));
    const written = join(outdir, 'stacks/stack', path);
    expect([readFileSync(join(written, 'a/b/c.py'), 'utf8'), readFileSync(join(written, 'd.py'), 'utf8')]).toEqual([
      'c',
      'd',
    ]);
    expect(readdirSync(join(written, '..'))).toEqual(['code']);
  });

  it('has a path of its own for each content and each name', () => {
    const paths = [folder(file('a.py', 'a')), folder(file('b.py', 'a')), folder(file('a.py', 'b'))];
    expect(new Set(paths).size).toBe(3);
    expect(folder(file('a.py', 'b'))).toBe(paths[2]);
    expect(readdirSync(join(outdir, 'stacks/stack', String(paths[2]), '../..'))).toHaveLength(1);
  });
});
