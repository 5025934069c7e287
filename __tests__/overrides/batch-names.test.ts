import { beginningSmall, capitalNames, isBatchDocument, smallNames } from '../../modules/overrides/batch-names';

it.each<[string, string | undefined, boolean]>([
  ['container_properties', 'string', true],
  ['node_properties', 'string', true],
  // A block of Terraform: its attributes have Terraform's names.
  ['eks_properties', 'BatchJobDefinitionEksProperties', false],
  ['policy', 'string', false],
  ['policy', undefined, false],
])('%s of the kind %s is a document of AWS Batch: %s', (attribute, kind, expected) => {
  expect(isBatchDocument(attribute, kind)).toBe(expected);
});

it('a name begins with a small letter', () => {
  expect(['LinuxParameters', 'privileged', ''].map(beginningSmall)).toEqual(['linuxParameters', 'privileged', '']);
});

const GIVEN = {
  Privileged: true,
  ulimits: [{ Name: 'nofile', softLimit: 1 }],
  LogConfiguration: { LogDriver: 'splunk', Options: { 'Splunk-Token': 'a' } },
};

it('the names of a value become those of AWS Batch, and the keys of a map of the user stay', () => {
  expect(smallNames(GIVEN)).toEqual({
    privileged: true,
    ulimits: [{ name: 'nofile', softLimit: 1 }],
    logConfiguration: { logDriver: 'splunk', options: { 'Splunk-Token': 'a' } },
  });
});

it('each name with a capital letter is a problem, at its place', () => {
  expect(
    capitalNames(GIVEN, ['JobDefinition', 'container_properties']).map(({ keys, fix }) => [keys.slice(2), fix]),
  ).toEqual([
    [['Privileged'], 'did you mean "privileged"?'],
    [['ulimits', 0, 'Name'], 'did you mean "name"?'],
    [['LogConfiguration'], 'did you mean "logConfiguration"?'],
    [['LogConfiguration', 'LogDriver'], 'did you mean "logDriver"?'],
    [['LogConfiguration', 'Options'], 'did you mean "options"?'],
  ]);
});

it('a value without such names has no problem', () => {
  expect([smallNames({ privileged: true }), null, 'text', 3].flatMap((value) => capitalNames(value, []))).toEqual([]);
});
