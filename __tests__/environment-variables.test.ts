import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');
const PAGE = readFileSync(join(ROOT, 'docs/reference/environment-variables.md'), 'utf8');

/** Where a variable is read or set, by the ending of the file. */
const PATTERNS: { readonly [ending: string]: readonly RegExp[] } = {
  ts: [
    /(?:process\.env|variables|env|environment)\??\.([A-Z]\w+)\b/g,
    /[{,]\s*([A-Z][A-Z0-9_]+)\b(?=[^{}]*\} = (?:process\.env|env|variables|environment)\b)/g,
    // Names as keys of objects, and as strings.
    /[{,]\s*([A-Z][A-Z0-9_]{2,}):/g,
    /'((?:STP|BATCH_JOBS|AWS|CDKTF|TERRAFORM|DOCKER|CONTAINER|SPOT_WATCHER)_[A-Z0-9_]+)'/g,
    // Lines of a Dockerfile.
    /(?:\bENV |['` }])([A-Z][A-Z0-9_]*)=[^\s='`]/g,
  ],
  py: [/env(?:iron)?(?:\.get\(|\[|\.data\[|\._data\[b?)"([A-Z0-9_]+)"/g],
  sh: [/\$\{?([A-Z][A-Z0-9_]+)/g],
};

/** What is written like a variable and is none. */
const NOT_VARIABLES: { readonly [why: string]: RegExp } = {
  'codes of errors':
    /^(E[A-Z]+|(ERR|HPE)_[A-Z_]+|[A-Z_]*(BAD|MISSING|MULTIPLE|NON_STRING|TAB_AS|TAG_RESOLVE|UNEXPECTED|BLOCK)_?[A-Z_]*)$/,
  'types of DynamoDB, gateways, principals, names of languages and packages':
    /^(BOOL|NULL|AWS|AWS_IAM|ASGI|WSGI|PHP|PIL|AWS_PROXY|AWS_OWNED_CMK)$/,
  'arguments of Dockerfiles, placeholders in texts': /^(TARGET[A-Z]+|BUILD|NAME|LONGEST|SPOT_WATCHER_SERVICE)$/,
  'what Lambda sets in functions, which the config refuses there':
    /^AWS_(LAMBDA_(?!FUNCTION_NAME)\w+|EXECUTION_ENV|ACCESS_KEY)$/,
  'the beginning of the names that AWS Batch keeps': /^AWS_BATCH$/,
  'variables of the example job': /^REPORT_FORMAT$/,
  'statuses of runs and jobs, types of resources in AWS Batch':
    /^(PENDING(_REDRIVE)?|SUBMITTED|RUNNABLE|STARTING|RUNNING|SUCCEEDED|FAILED|TIMED_OUT|ABORTED|VCPU|MEMORY|GPU)$/,
  'a service in AWS_ENDPOINT_URL_<SERVICE>': /^AWS_ENDPOINT_URL_(DYNAMODB(_STREAMS)?|EC2|KINESIS|PRICING)$/,
};

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|py|sh)$/.test(file))
    .map((file) => join(folder, file));
}

/** The text of a file, without its comments and what it assigns for itself. */
function code(file: string): string {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return file.endsWith('.ts') ? text.replace(/^\s*(\*|\/\/|\/\*\*).*$/gm, '').replace(/ \/\/ .*$/gm, '') : text;
}

function namesIn(file: string): string[] {
  const text = code(file);
  const patterns = PATTERNS[file.split('.').at(-1) ?? ''] ?? [];
  return patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, name = '']) => name));
}

const FILES = [...['modules', 'cli', 'job', 'triggers'].flatMap(sources), 'main.ts', 'index.ts'];
const NAMES = [...new Set(FILES.flatMap(namesIn))]
  .filter((name) => /^[A-Z][A-Z0-9_]+$/.test(name))
  .filter((name) => !Object.values(NOT_VARIABLES).some((pattern) => pattern.test(name)))
  .sort();

const LISTED = [...PAGE.matchAll(/\*\*`([^`]+)`\*\*/g)].map(([, name = '']) => name);

it('finds variables of each kind', () => {
  expect(NAMES).toEqual(
    expect.arrayContaining([
      'BATCH_JOBS_CONFIG',
      'DOCKER_HOST',
      'NODE_ENV',
      'STATE_MACHINE_ARN',
      'STP_CURRENT_ATTEMPT',
    ]),
  );
});

it('every variable that the sources read or set is on the page', () => {
  expect(NAMES.filter((name) => !LISTED.includes(name))).toEqual([]);
});

it('every variable on the page is in the sources, or is one of AWS Batch and ECS', () => {
  const texts = FILES.map((file) => readFileSync(join(ROOT, file), 'utf8')).join('\n');
  const unknown = LISTED.filter((name) => !name.includes('<') && !new RegExp(`\\b${name}\\b`).test(texts));
  expect(unknown).toEqual([]);
});
