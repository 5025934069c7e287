import { join } from 'node:path';
import { holdsCredentials, listed, names, secretPart, secretsNote } from '../../modules/container/secret-files';
import { folder, removeFolders } from './folder';

afterAll(removeFolders);

const KEY = '-----BEGIN RSA PRIVATE KEY-----\nabc\n';
const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nabc\n';

function partOf(path: string, text: string): string | undefined {
  return secretPart(path, join(folder({ [path]: text }), path));
}

it.each<[path: string, text: string, part?: string]>([
  ['.env', ''],
  ['deep/down/.env', '', '.env'],
  ['.env.production', ''],
  ['.env.local', ''],
  ['.envrc', ''],
  ['.aws/credentials', '', '.aws'],
  ['home/.ssh/known_hosts', '', '.ssh'],
  ['.kube/config', '', '.kube'],
  ['.config/gcloud/credentials.db', '', 'gcloud'],
  ['.docker/config.json', '', 'config.json'],
  ['.cargo/credentials.toml', '', 'credentials.toml'],
  ['application_default_credentials.json', ''],
  ['keys/id_rsa', '', 'id_rsa'],
  ['id_ed25519', ''],
  ['id_rsa_deploy', ''],
  ['store.p12', ''],
  ['store.PFX', ''],
  ['release.keystore', ''],
  ['prod.tfvars', ''],
  ['prod.tfvars.json', ''],
  ['.git-credentials', ''],
  ['.pgpass', ''],
  ['server.pem', `${CERTIFICATE}${KEY}`],
  ['server.crt', `${CERTIFICATE}${KEY}`],
  ['server.key', KEY],
  ['config/master.key', '0123456789abcdef', 'master.key'],
  ['project-4711.json', '{"type": "service_account", "private_key": "-----BEGIN PRIVATE KEY-----"}'],
  ['.npmrc', '//registry.npmjs.org/:_authToken=npm_abc'],
  ['.npmrc', 'registry=https://me:word@npm.example.com/'],
  ['.npmrc', '_auth="bWU6d29yZA=="'],
  ['.yarnrc.yml', 'npmAuthToken: "abc"'],
  ['.yarnrc.yml', 'npmScopes:\n  acme:\n    npmAuthToken: abc'],
  ['.yarnrc', '"//npm.example.com/:_authToken" "abc"'],
  ['bunfig.toml', '[install]\nregistry = { url = "https://npm.example.com", token = "abc" }'],
  ['.pypirc', '[pypi]\nusername = __token__\npassword = pypi-abc'],
  ['pip.conf', '[global]\nindex-url = https://me:word@pypi.example.com/simple'],
  ['.netrc', 'machine example.com login me password word'],
  ['auth.json', '{"http-basic": {"repo.example.com": {"username": "me", "password": "word"}}}'],
  ['NuGet.Config', '<add key="ClearTextPassword" value="word" />'],
  ['settings.xml', '<server><password>word</password></server>'],
  ['production.env', 'LOG_LEVEL=debug\nexport DB_PASSWORD=word'],
])('holds a secret: %s (%s)', (path, text, part = path) => {
  expect(partOf(path, text)).toBe(part);
});

it.each<[path: string, text: string]>([
  ['.env.example', 'TOKEN=abc'],
  ['.env.sample', ''],
  ['.env.template', ''],
  ['.env.production.example', ''],
  ['.env.vault', ''],
  ['environment.py', 'TOKEN = 1'],
  ['certs/ca.pem', CERTIFICATE],
  ['certs/ca.crt', CERTIFICATE],
  ['jwt-public.key', '-----BEGIN PUBLIC KEY-----'],
  ['id_rsa.pub', 'ssh-rsa AAAA'],
  ['id_rsa_reader.py', 'BEGIN RSA PRIVATE KEY'],
  ['aws/credentials.py', ''],
  ['truststore.p12', ''],
  ['kafka.truststore.jks', ''],
  ['prod.tfvars.example', ''],
  ['package.json', '{"private": true}'],
  ['locales/en/auth.json', '{"bearer": "The bearer", "title": "Sign in"}'],
  ['auth.json', '{"http-basic": {}}'],
  ['.npmrc', 'registry=https://npm.example.com/\nsave-exact=true'],
  ['.npmrc', '//npm.example.com/:_authToken=${NPM_TOKEN}'],
  ['.yarnrc.yml', 'nodeLinker: node-modules\nnpmAuthToken: "${NPM_TOKEN}"'],
  ['.yarnrc.yml', 'yarnPath: .yarn/releases/yarn-4.5.0.cjs'],
  ['.pypirc', '[pypi]\nusername = __token__'],
  ['pip.conf', '[global]\nindex-url = https://pypi.example.com/simple'],
  ['settings.xml', '<password>${env.NEXUS_PASSWORD}</password>'],
  ['nuget.config', '<add key="ClearTextPassword" value="%NUGET_TOKEN%" />'],
  ['defaults.env', 'LOG_LEVEL=debug\nTOKEN_URL=\nDB_PASSWORD='],
])('holds none: %s (%s)', (path, text) => {
  expect(partOf(path, text)).toBeUndefined();
});

it('asks of a file of a kind that may hold credentials whether it does', () => {
  const root = folder({ '.npmrc': '_auth=abc', 'job.js': '_auth=abc' });
  expect(holdsCredentials(join(root, '.npmrc'))).toBe(true);
  expect(holdsCredentials(join(root, 'job.js'))).toBe(false);
  expect(holdsCredentials(join(root, 'missing/.npmrc'))).toBe(false);
});

it.each<[pattern: string, part: string, isNamed: boolean]>([
  ['.env', '.env', true],
  ['config/.env', '.env', true],
  ['**/.env*', '.env.local', true],
  ['certs/*.pem', 'server.pem', true],
  ['.aws/**', '.aws', true],
  ['config/{app.yml,.env}', '.env', true],
  ['{config/.env,other}', '.env', true],
  ['**', '.env', false],
  ['config', '.env', false],
  ['config/**/*', '.env', false],
  ['*.*', '.env', false],
  ['{*,.*}', '.env', false],
  ['[a-z.]*', '.env', false],
])('%s names %s: %s', (pattern, part, isNamed) => {
  expect(names(pattern, part)).toBe(isNamed);
});

it('lists the first few', () => {
  expect(listed(['a', 'b'])).toBe('a, b');
  expect(listed(['a', 'b', 'c'], 1)).toBe('a and 2 more');
});

it('says what was left out, and how one comes back', () => {
  expect(secretsNote([], [], String)).toEqual([]);
  expect(secretsNote(['.env'], ['includeFiles'], (path) => `name ${path}`)).toEqual([
    {
      property: ['includeFiles'],
      message: 'a file that might hold secrets is not in the image: .env. To include one, name .env',
    },
  ]);
  const [note] = secretsNote(['a', 'b'], [], String);
  expect(note?.message).toMatch(/^2 files that might hold secrets are not in the image: a, b\. /);
});
