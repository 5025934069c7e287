import { spawnSync } from 'node:child_process';
import { basename } from 'node:path';
import { formatFound, foundValue } from '../problems/found';
import type { Finding } from '../problems/problem';
import { suggestion } from '../problems/suggestion';
import { directiveName, type Outcome, parseDirective } from './directive';

interface GitValue {
  /** The command whose output is the value. */
  readonly words: readonly string[];
  /** What a repository lacks if there is no output, and how to add it. */
  readonly lacks: string;
  readonly add: string;
  readonly shown?: (output: string) => string;
}

const COMMIT = { lacks: 'it has no commit', add: 'commit something: git add . && git commit' };
const HEAD: GitValue = { ...COMMIT, words: ['rev-parse', '--verify', 'HEAD'] };
const USER: GitValue = {
  words: ['config', 'user.name'],
  lacks: 'git knows no user',
  add: 'set it: git config user.name <name>',
};

/** What `$GitInfo` tells, by the names of all versions of Stacktape. */
const VALUES: { readonly [name: string]: GitValue } = {
  commit: HEAD,
  sha1: HEAD,
  branch: {
    words: ['branch', '--show-current'],
    lacks: 'no branch is checked out',
    add: 'check one out: git switch <branch>, or git switch -C <branch> for this commit',
  },
  message: { ...COMMIT, words: ['log', '-1', '--format=%B'] },
  username: USER,
  user: USER,
  email: { words: ['config', 'user.email'], lacks: USER.lacks, add: 'set it: git config user.email <address>' },
  gitUrl: {
    words: ['remote', 'get-url', 'origin'],
    lacks: 'it has no remote "origin"',
    add: 'add it: git remote add origin <url>',
    shown: withoutSignIn,
  },
  repository: {
    words: ['rev-parse', '--show-toplevel'],
    lacks: 'it has no files',
    add: 'clone it with its files: git clone <url>',
    shown: (folder) => basename(folder),
  },
};

/**
 * What `$GitInfo('<name>')` or `$GitInfo().<name>` says about the repository of a folder.
 *
 * @param run git with these words, for a test
 */
export function gitOutcome(text: string, folder: string, run: Git = git(folder)): Outcome {
  const { args = [], part = [] } = parseDirective(text) ?? {};
  const [name, ...more] = [...args, ...part];
  const value = typeof name === 'string' && Object.hasOwn(VALUES, name) ? VALUES[name] : undefined;
  if (typeof name !== 'string' || more.length > 0 || value === undefined) {
    return { finding: unknownValue(text, more.length === 0 ? name : undefined) };
  }
  const { error, status, stdout, stderr } = run(value.words);
  if (error !== undefined) return { finding: failed(text, 'git does not start', 'install git') };
  const output = stdout.trim();
  if (status === 0 && output !== '') {
    const shown = value.shown?.(output) ?? output;
    return { value: args.length === 0 ? { [name]: shown } : shown };
  }
  const outside = run(['rev-parse', '--git-dir']);
  if (outside.status === 0) return { finding: failed(text, value.lacks, value.add) };
  const reason = (outside.stderr || stderr).trim().split('\n')[0] ?? '';
  return /not a git repository/.test(reason)
    ? { finding: failed(text, `${formatFound(folder)} is in no git repository`, 'make it one: git init') }
    : { finding: failed(text, reason, 'correct what git says') };
}

/** Runs git, and returns what it says. */
type Git = (words: readonly string[]) => {
  readonly error?: Error | undefined;
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
};

function git(folder: string): Git {
  // Messages are compared, and git has them in other languages.
  return (words) =>
    spawnSync('git', ['-C', folder, ...words], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
}

/** Build services have a token in the address, which would be in plain text here. */
function withoutSignIn(url: string): string {
  return url.replace(/^(\w+:\/\/)[^/@]*@/, '$1');
}

function unknownValue(text: string, name: unknown): Finding {
  const names = Object.keys(VALUES);
  const meant = typeof name === 'string' ? suggestion(name, names) : undefined;
  const form = `$${directiveName(text)}('<name>')`;
  return {
    found: foundValue(text),
    accepted: `${form} with one of ${names.join(', ')}`,
    fix: meant === undefined ? `write ${form} with one of these` : `did you mean "${meant}"?`,
  };
}

function failed(text: string, what: string, fix: string): Finding {
  return {
    found: foundValue(text, `, and ${what}`),
    accepted: 'a value that git knows',
    fix: `${fix}. Or write the value itself`,
  };
}
