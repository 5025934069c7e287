import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { mutations, PARTS } from '../../scripts/mutate-permissions';
import { currentPermissions } from '../../scripts/permissions';

const ROOT = join(__dirname, '..', '..');

it('every policy is the one that docs/reference/permissions lists: each action, resource and condition', () => {
  const pages = currentPermissions();
  for (const [page, text] of pages) expect(text).toBe(readFileSync(join(ROOT, page), 'utf8'));
  const files = readdirSync(join(ROOT, 'docs/reference/permissions')).map(
    (file) => `docs/reference/permissions/${file}`,
  );
  expect(files.sort()).toEqual([...pages.keys()].sort());
});

it('every statement of a role is explained', () => {
  const page = readFileSync(join(ROOT, 'docs/reference/permissions.md'), 'utf8');
  const roles = ['job-roles', 'run-roles', 'notifications'].map((name) =>
    readFileSync(join(ROOT, `docs/reference/permissions/${name}.md`), 'utf8'),
  );
  // Statements of one name and with other resources or conditions are numbered.
  const names = [...roles.join('\n').matchAll(/\*\*Allow\*\* ([A-Za-z]+)\d*/g)].map(([, name = '']) => name);
  const missing = [...new Set(names)].filter(
    (name) => !page.includes(`**\`${name.replace(/^(ConnectTo|Mount).+/, '$1...')}\`**`),
  );
  expect(names.length).toBeGreaterThan(40);
  expect(missing).toEqual([]);
});

it('each connectable type is on the page, by the name of its statement', () => {
  const page = readFileSync(join(ROOT, 'docs/reference/permissions/job-roles.md'), 'utf8');
  const [, role = ''] =
    /## aws_iam_role_policy\.job_JobRole_Policy policy \(connections\)\n([\s\S]*?)\n## /.exec(page) ?? [];
  for (const action of [
    'sqs:DeleteMessage',
    's3:GetObjectVersion',
    'sns:Publish',
    'kinesis:PutRecord',
    'dynamodb:PutItem',
    'events:PutEvents',
    'lambda:InvokeFunction',
    'states:StartExecution',
    'batch:SubmitJob',
    'cognito-idp:AdminGetUser',
    'ses:SendEmail',
    'es:ESHttpGet',
  ]) {
    expect(role).toContain(`\`${action}\``);
  }
});

it('a mutation takes an action away or widens it, and touches nothing else', () => {
  const text = "const A = [\n  'sqs:SendMessage',\n  'sqs:*',\n];\n// 's3:ObjectCreated:*' is an event\n";
  expect(mutations('a.ts', text)).toEqual([
    {
      file: 'a.ts',
      line: 2,
      title: 'sqs:SendMessage removed',
      text: text.replace('sqs:SendMessage', 'sqs:TakenAway'),
    },
    { file: 'a.ts', line: 2, title: 'sqs:SendMessage widened', text: text.replace('sqs:SendMessage', 'sqs:*') },
    { file: 'a.ts', line: 3, title: 'sqs:* removed', text: text.replace('sqs:*', 'sqs:TakenAway') },
    { file: 'a.ts', line: 3, title: 'sqs:* widened', text: text.replace("'sqs:*'", "'*'") },
  ]);
});

it('a mutation gives an action of those who write to those who read, too', () => {
  const text = "const A = {\n  's3:GetObject': 'both',\n  's3:PutObject': 'write',\n};\n";
  const [widened, ...others] = mutations('a.ts', text).filter(({ title }) => title.includes('for both'));
  expect(others).toEqual([]);
  expect(widened).toEqual({
    file: 'a.ts',
    line: 3,
    title: 's3:PutObject for both instead of write',
    text: text.replace("'write'", "'both'"),
  });
});

it('the copy in which actions are mutated has everything that its sources import', () => {
  const files = ['modules', 'triggers', 'job', 'scripts/permissions'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  );
  const imported = files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) =>
      [...readFileSync(join(ROOT, file), 'utf8').matchAll(/(?:from|require\(|import\() ?'(\.[^']+)'/g)].map(
        ([, path = '']) => join(dirname(file), path).split('/')[0],
      ),
    );
  expect(imported.length).toBeGreaterThan(500);
  expect([...new Set(imported)].filter((part = '') => !PARTS.includes(part))).toEqual([]);
});
