import type { ListedPolicy } from './policies';

const INTRODUCTION = `# Permissions

This page lists every policy that a stack can contain: who may do what, on which resources, and on which condition. It lists the policies of two
stacks. In \`connections\`, a job connects to one resource of each type: its role shows what \`connectTo\` allows. In \`machinery\`, a job
has each event source, image type and log setting. Your stack has only the policies that its config needs. \`\${...}\` is a value that Terraform
fills in.

A test compares this page with the policies that are synthesized. After a change of a policy, run \`npm run permissions\` and review the difference.
\`npm run permissions:mutate\` removes and widens every action in the source, one at a time, and checks that the test notices.
`;

/** The page that lists policies, by the stack that they are in. */
export function permissionsPage(stacks: ReadonlyMap<string, readonly ListedPolicy[]>): string {
  const sections = [...stacks].map(([name, policies]) => [`## ${name}`, ...policies.map(section)].join('\n\n'));
  return `${[INTRODUCTION, ...sections].join('\n')}\n\nSee also: [Module: access](../configure/access-and-secrets.md).\n`;
}

function section({ place, statements }: ListedPolicy): string {
  const entries = statements.map(({ name, effect, who, actions, resources, conditions }) => {
    const rows = [
      ['who', who],
      ['actions', actions],
      ['resources', resources],
      ['if', conditions],
    ] as const;
    const parts = rows.flatMap(([title, texts]) =>
      texts.length === 0 ? [] : [`  ${title}: ${texts.map((text) => `\`${text}\``).join(', ')}`],
    );
    return [`- **${effect}**${name === '' ? '' : ` ${name}`}`, ...parts].join('\\\n');
  });
  return [`### ${place}`, entries.join('\n')].join('\n\n');
}
