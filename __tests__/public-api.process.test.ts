import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { API_FOLDER, writeApi } from '../scripts/api';

const ROOT = resolve(__dirname, '..');

/** The entry points of the package, by what is imported. */
const ENTRY_POINTS = {
  'cdktf-batch-jobs': 'index.ts',
  'cdktf-batch-jobs/triggers': 'triggers/index.ts',
  'cdktf-batch-jobs/resources': 'modules/resources/index.ts',
  'cdktf-batch-jobs/job': 'job/index.ts',
};

/** What each of them exports. A name that goes, or means something else, breaks the code of others. */
const EXPORTS: { readonly [entry in keyof typeof ENTRY_POINTS]: { readonly values: string; readonly types: string } } =
  {
    'cdktf-batch-jobs': {
      values:
        'BatchJob BatchJobsStack BatchPlatform ConfigError DefaultVpc ExistingVpc cfResourceParam defineConfig defineEvent ' +
        'defineJob defineResource loadConfig parameter resourceParam secret synthesize',
      types:
        'BatchJobConstructProps BatchJobProperties BatchJobResource BatchPlatformProps ConnectSource DefaultVpcProps EventSource ' +
        'ExistingVpcProps JobTransforms LoadedConfig Network Position Problem ResolvedConfig SecretPart StackOptions ' +
        'SynthesisExtension WrittenConfig WrittenEvent WrittenResource',
    },
    'cdktf-batch-jobs/triggers': {
      values:
        'ApplicationLoadBalancerTrigger BatchJobTrigger CloudwatchLogTrigger DynamoDbStreamTrigger EventBusTrigger HttpApiGatewayTrigger ' +
        'KinesisStreamTrigger S3Trigger ScheduleTrigger SnsTrigger SqsTrigger createTrigger',
      types: 'EventSource EventTarget TriggerProps',
    },
    'cdktf-batch-jobs/resources': {
      values:
        'Bucket BundledFunction DataStream EfsFilesystem EventBus ExistingResource HttpApi LoadBalancer Queue RedisCluster ' +
        'RelationalDatabase StateMachine Table Topic UserPool',
      types: 'CompanionContext',
    },
    'cdktf-batch-jobs/job': {
      values: 'attempt containerStart earlierEvent event item itemCount itemIndex maximumAttempts onReclaim',
      types:
        'AlbEvent CloudWatchLogsData CloudWatchLogsEvent DynamoDbStreamEvent DynamoDbValue EventBridgeEvent HttpApiEvent ' +
        'HttpApiEventV2 KinesisEvent Reclaim ReclaimOptions RunEndEvent S3Event S3EventBridgeEvent ScheduleEvent SnsEvent SqsEvent',
    },
  };

interface Exported {
  readonly entry: string;
  readonly name: string;
  readonly symbol: ts.Symbol;
  readonly isValue: boolean;
}

const { options } = settings();
const program = ts.createProgram(
  Object.values(ENTRY_POINTS).map((file) => join(ROOT, file)),
  options,
);
const checker = program.getTypeChecker();
const exported = Object.entries(ENTRY_POINTS).flatMap(([entry, file]) => exportsOf(entry, file));

function settings(): ts.ParsedCommandLine {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  return ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
}

function exportsOf(entry: string, file: string): Exported[] {
  const source = program.getSourceFile(join(ROOT, file));
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error(`${file} exports nothing`);
  return checker.getExportsOfModule(module).map((alias) => {
    const symbol = alias.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(alias) : alias;
    const isValue = (symbol.flags & ts.SymbolFlags.Value) !== 0;
    return { entry, name: alias.name, symbol, isValue };
  });
}

function examplesOf({ symbol }: Exported): string[] {
  return symbol
    .getJsDocTags(checker)
    .filter(({ name }) => name === 'example')
    .map(({ text }) => ts.displayPartsToString(text));
}

test.each(Object.entries(EXPORTS))('%s exports what it always has', (entry, { values, types }) => {
  const names = (isValue: boolean) =>
    exported
      .filter((item) => item.entry === entry && item.isValue === isValue)
      .map(({ name }) => name)
      .sort();
  expect({ values: names(true), types: names(false) }).toEqual({ values: values.split(' '), types: types.split(' ') });
});

test.each(exported.map((item) => [`${item.name} of ${item.entry}`, item] as const))('%s is documented', (_, item) => {
  expect(ts.displayPartsToString(item.symbol.getDocumentationComment(checker))).toMatch(/\S/);
});

const callable = exported.filter(({ symbol }) => symbol.flags & (ts.SymbolFlags.Function | ts.SymbolFlags.Class));

test.each(callable.map((item) => [`${item.name} of ${item.entry}`, item] as const))('%s has an example', (_, item) => {
  expect(examplesOf(item)).not.toEqual([]);
});

test('the examples pass the compiler', () => {
  const sources = new Map(
    exported.flatMap((item) =>
      examplesOf(item).map((code, index) => [
        join(ROOT, `example-${item.entry.replaceAll('/', '-')}-${item.name}-${index}.ts`),
        `${code}\nexport {};\n`,
      ]),
    ),
  );
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.readFile = (file) => sources.get(file) ?? readFile(file);
  host.fileExists = (file) => sources.has(file) || fileExists(file);
  const examples = ts.createProgram([...sources.keys()], { ...options, noUnusedLocals: false }, host, program);
  const messages = [...sources.keys()].flatMap((file) => {
    const source = examples.getSourceFile(file);
    const found = [...examples.getSyntacticDiagnostics(source), ...examples.getSemanticDiagnostics(source)];
    return found.map(({ messageText }) => `${file}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
  });
  expect(messages).toEqual([]);
});

test('the pages of the API say what the comments do: npm run docs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'api-'));
  try {
    writeApi(folder);
    const written = readdirSync(API_FOLDER, { recursive: true, encoding: 'utf8' }).sort();
    expect(written).toEqual(readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort());
    for (const page of written.filter((name) => name.endsWith('.md'))) {
      expect([page, readFileSync(join(API_FOLDER, page), 'utf8')]).toEqual([
        page,
        readFileSync(join(folder, page), 'utf8'),
      ]);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
