import { userData } from '../../modules/config/user-data';
import { problemsWith, tokens } from '../stack-config/samples';

const ACCEPTED = 'a shell script that starts with #!, or a document that starts with #cloud-config or #cloud-boothook';
const PART = 'write only the script: it becomes a part of the MIME document of this stack';

it.each([
  '#!/bin/bash\necho "${HOME}" %{x}\n',
  '#!/usr/bin/env python3',
  '#cloud-config\npackages: [jq]',
  '#cloud-boothook\n#!/bin/sh',
])('takes %j', (text) => {
  expect(problemsWith(userData, text)).toEqual([]);
});

it.each<[unknown, string, string, string]>([
  ['', '""', ACCEPTED, 'add #!/bin/bash as the first line'],
  ['yum install jq\nmore', '"yum install jq"', ACCEPTED, 'add #!/bin/bash as the first line'],
  ['MIME-Version: 1.0\n\n--a', '"MIME-Version: 1.0"', ACCEPTED, PART],
  ['content-type: multipart/mixed', '"content-type: multipart/mixed"', ACCEPTED, PART],
  [
    '\n#!/bin/bash',
    '""',
    ACCEPTED,
    'remove the white space before the first #: cloud-init reads the first two characters',
  ],
  ['packages:\n- jq', '"packages:"', ACCEPTED, 'add #cloud-config as the first line'],
  ['scripts/setup.sh', '"scripts/setup.sh"', ACCEPTED, 'write the text of the file itself'],
  ['#!/bin/bash\r\necho', 'Windows line ends (CR LF)', 'Unix line ends (LF)', 'save the script with Unix line ends'],
  [
    '#!/bin/bash\n\necho é',
    '"é" in line 3',
    'ASCII characters',
    "replace it, or write it as an escape such as $'\\u00e9'",
  ],
  [
    '#!/bin/bash\n--==batch-job-hosts==--',
    'a line that starts with --==batch-job-hosts==',
    'lines without the separator of the parts',
    'remove the line',
  ],
  [5, '5', ACCEPTED, `write ${ACCEPTED}`],
])('refuses %j', (text, found, accepted, fix) => {
  const problems = problemsWith(userData, text);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatchObject({ found, accepted });
  if (text !== 5) expect(problems[0]?.fix).toBe(fix);
});

it('refuses a value that only Terraform knows, which would be encoded as its placeholder', () => {
  expect(problemsWith(userData, `#!/bin/bash\naws s3 cp s3://${tokens().TEXT}/x .`)).toMatchObject([
    { found: 'a value that only Terraform knows' },
  ]);
});
