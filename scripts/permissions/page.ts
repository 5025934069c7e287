import type { ListedPolicy, ListedStatement } from './policies';

/** A page of policies. */
interface Part {
  /** Path of the page in the project's folder. */
  readonly path: string;
  readonly title: string;
  readonly intro: string;
  /** Matches the addresses of its policies. */
  readonly places: RegExp;
}

const FOLDER = 'docs/reference/permissions';

/** Each policy is on the first page that matches its address. */
const PARTS: readonly Part[] = [
  {
    path: `${FOLDER}/notifications.md`,
    title: 'Policies of notifications',
    intro: 'You can look up what the parts that tell about runs can do.',
    places: /batch-platform_notifications_.* policy$/,
  },
  {
    path: `${FOLDER}/narrowed-roles.md`,
    title: 'Policies of narrowed connections',
    intro: 'You can look up what a job can do whose `connectTo` has `access` or `prefix`.',
    places: /^aws_iam_role_policy\.(reader|writer|user)_JobRole/,
  },
  {
    path: `${FOLDER}/job-roles.md`,
    title: 'Policies of job roles',
    intro: 'You can look up what the containers of a job can do, and what AWS can do to start them.',
    places: /^aws_iam_role_policy\.\w+_(JobRole|ExecutionRole|ConnectionStrings_Function)/,
  },
  {
    path: `${FOLDER}/build-roles.md`,
    title: 'Policies of instances, image builds and log forwarding',
    intro: 'You can look up what instances, what builds images, and what forwards logs, can do.',
    places: /^aws_iam_role_policy\.(batch-platform_(images|capacity_InstanceRole)_|\w+_LogForwarding_)/,
  },
  {
    path: `${FOLDER}/run-roles.md`,
    title: 'Policies of state machines and functions',
    intro: 'You can look up what the parts between an event and a job can do.',
    places: /^aws_iam_role_policy\./,
  },
  {
    path: `${FOLDER}/trust-policies.md`,
    title: 'Trust policies',
    intro: 'You can look up which service can assume each role.',
    places: / assume_role_policy$/,
  },
  {
    path: `${FOLDER}/file-policies.md`,
    title: 'Policies of buckets and file systems',
    intro: 'You can look up who can use a bucket or a file system.',
    places: /^aws_(s3_bucket|efs_file_system)_policy\./,
  },
  {
    path: `${FOLDER}/resource-policies.md`,
    title: 'Policies of resources',
    intro: 'You can look up who can use a queue, topic, table or function.',
    places: /^/,
  },
];

const EXPLANATION =
  '`npm run permissions` writes this page. [How to read the lists](../permissions.md#how-to-read-the-lists) explains its entries.';

/** Readable names for values that occur in many policies. */
const NAMES: readonly (readonly [expression: RegExp, name: string])[] = [
  [/\$\{data\.aws_partition\.\w[\w-]*\.partition\}/g, '<partition>'],
  [/\$\{data\.aws_region\.\w[\w-]*\.id\}/g, '<region>'],
  [/\$\{data\.aws_caller_identity\.\w[\w-]*\.account_id\}/g, '<account>'],
];

/** The pages that list policies, by their paths in the project's folder. */
export function permissionsPages(stacks: ReadonlyMap<string, readonly ListedPolicy[]>): Map<string, string> {
  const policies = [...stacks].flatMap(([stack, list]) => list.map((policy) => ({ stack, policy })));
  return new Map(
    PARTS.map((part) => {
      const own = policies.filter(({ policy }) => PARTS.find(({ places }) => places.test(policy.place)) === part);
      return [part.path, page(part, own)];
    }),
  );
}

interface PlacedPolicy {
  readonly stack: string;
  readonly policy: ListedPolicy;
}

function page({ title, intro }: Part, policies: readonly PlacedPolicy[]): string {
  const places = new Map<string, string[]>();
  for (const { stack, policy } of policies) {
    const text = statements(policy);
    places.set(text, [...(places.get(text) ?? []), `\`${policy.place}\` (${stack})`]);
  }
  const sections = [...places].map(([text, [first = '', ...others]]) => {
    const more = others.length === 0 ? [] : [`The same: ${others.join(', ')}.`];
    return [`## ${first.replaceAll('`', '')}`, text, ...more].join('\n\n');
  });
  return `${[`# ${title}`, intro, EXPLANATION, ...sections].join('\n\n')}\n\nSee also: [Permissions](../permissions.md)\n`;
}

/** The policy to which each image adds statements, in the order of the digests of their files: of each file of this repository. */
const BY_DIGEST = /_BuildRole_Grants policy$/;

/** Statements in an order that follows from what they say. The numbers of those with the same name follow from the order, so they go. */
function inOrder(list: readonly ListedStatement[]): ListedStatement[] {
  return list
    .map((each) => ({ ...each, name: each.name.replace(/\d+$/, ''), resources: [...each.resources].sort() }))
    .sort((a, b) => (entry(a) < entry(b) ? -1 : 1));
}

/** The statements of a policy, with `<job>` for the name of its job. */
function statements({ place, statements: list }: ListedPolicy): string {
  const [, job = ''] = /^\w+\.([a-zA-Z]+)_(?:JobRole|ExecutionRole|StateMachine|Trigger)_?/.exec(place) ?? [];
  const text = (BY_DIGEST.test(place) ? inOrder(list) : list).map(entry).join('\n');
  return job === '' ? text : text.replaceAll(new RegExp(`([./])${job}(?=[_/])`, 'g'), '$1<job>');
}

function entry({ name, effect, who, actions, resources, conditions }: ListedStatement): string {
  const rows = [
    ['who', who],
    ['actions', actions],
    ['resources', resources],
    ['if', conditions],
  ] as const;
  const parts = rows.flatMap(([title, texts]) =>
    texts.length === 0 ? [] : [`  ${title}: ${texts.map((text) => `\`${readable(text)}\``).join(', ')}`],
  );
  return [`- **${effect}**${name === '' ? '' : ` ${name}`}`, ...parts].join('\\\n');
}

function readable(text: string): string {
  return NAMES.reduce((shorter, [expression, name]) => shorter.replace(expression, name), text);
}
