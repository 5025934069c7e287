import { z } from 'zod';
import { foundValue, UNKNOWN_VALUE } from '../problems/found';
import type { Finding } from '../problems/problem';
import { USER_DATA_BOUNDARY, USER_DATA_TYPES } from '../rules/instance-launch';
import { isToken, refuse } from './checked';

const ACCEPTED = 'a shell script that starts with #!, or a document that starts with #cloud-config or #cloud-boothook';

/** What instances run when they start, as one part of their user data. */
export const userData = z
  .string({ error: () => ACCEPTED })
  .check((context) => {
    const finding = userDataFinding(context.value);
    if (finding !== undefined) refuse(context, finding);
  })
  .meta({ pattern: '^#(!|cloud-config|cloud-boothook)' });

function userDataFinding(text: string): Finding | undefined {
  if (isToken(text)) {
    const fix = 'write the text itself, and let the script read the value, such as from AWS Systems Manager';
    return { code: 'unknown-value', found: UNKNOWN_VALUE, accepted: ACCEPTED, fix };
  }
  const invalid = { code: 'invalid-format', found: foundValue(text.split('\n', 1)[0]), accepted: ACCEPTED } as const;
  if (/^(MIME-Version|Content-Type):/i.test(text))
    return { ...invalid, fix: 'write only the script: it becomes a part of the MIME document of this stack' };
  if (!USER_DATA_TYPES.some(([start]) => text.startsWith(start))) return { ...invalid, fix: startFix(text) };
  if (text.includes('\r')) {
    const found = 'Windows line ends (CR LF)';
    return { ...invalid, found, accepted: 'Unix line ends (LF)', fix: 'save the script with Unix line ends' };
  }
  const [other] = /[^\n\t\x20-\x7e]/u.exec(text) ?? [];
  if (other !== undefined) {
    const line = text.slice(0, text.indexOf(other)).split('\n').length;
    const found = foundValue(other, ` in line ${line}`);
    return {
      ...invalid,
      found,
      accepted: 'ASCII characters',
      fix: "replace it, or write it as an escape such as $'\\u00e9'",
    };
  }
  if (text.split('\n').some((line) => line.startsWith(`--${USER_DATA_BOUNDARY}`))) {
    const found = `a line that starts with --${USER_DATA_BOUNDARY}`;
    return { ...invalid, found, accepted: 'lines without the separator of the parts', fix: 'remove the line' };
  }
  return undefined;
}

/** The first line, which decides what the text is. */
function startFix(text: string): string {
  if (/^\s+#/.test(text)) return 'remove the white space before the first #: cloud-init reads the first two characters';
  if (/^[\w-]+:(\s|$)/.test(text)) return 'add #cloud-config as the first line';
  if (/^[\w./-]+\.(sh|ya?ml|txt)$/.test(text.trim())) return 'write the text of the file itself';
  return 'add #!/bin/bash as the first line';
}
