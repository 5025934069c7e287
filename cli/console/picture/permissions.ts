import { templateDocument } from '../../../modules/terraform/template';
import type { Permission, Permissions } from '../../model/stack';
import { type Names, typeNoun } from './names';
import { reference } from './readable';
import type { StackResources, SynthesizedResource } from './stack-resources';
import type { PolicyStatement, StatementText } from './statement-text';

/** Whose a role is, by the path of its construct within a resource of the config or a part that jobs share. */
const ROLES: readonly [path: RegExp, who: string][] = [
  [/(^|\/)JobRole(\/|$)/, 'The container'],
  [/(^|\/)ExecutionRole(\/|$)/, 'AWS, to start the container'],
  [/(^|\/)StateMachine\/Role(\/|$)/, 'The state machine'],
  [/(^|\/)Trigger\/Role(\/|$)/, 'The trigger function'],
  [/(^|\/)LogForwarding\/DeliveryRole(\/|$)/, 'The log delivery'],
  [/(^|\/)LogForwarding\/SubscriptionRole(\/|$)/, 'CloudWatch Logs, to forward the log'],
  [/(^|\/)InstanceRole(\/|$)/, 'The instances'],
  [/(^|\/)BuildRole(\/|$)/, 'The image build'],
  [/images\/.*Function\/Role(\/|$)/, 'The function that starts image builds'],
  [/QueueWatch\/RuleRole(\/|$)/, 'EventBridge, to start the queue watch'],
  [/QueueWatch\/Role(\/|$)/, 'The queue watch'],
  [/run-places\/RuleRole(\/|$)/, 'EventBridge, to start the place keeper'],
  [/run-places\/Role(\/|$)/, 'The place keeper'],
  [/notifications\/RuleRole(\/|$)/, 'EventBridge, to start the notifier'],
  [/notifications\/Role(\/|$)/, 'The notifier'],
  [/(^|\/)Function\/Role(\/|$)/, 'The function'],
];

const USERS = 'Who may use ';
const ROLE_TAKERS = 'Who may take the role: ';

const INLINE = 'aws_iam_role_policy';
const ATTACHMENT = 'aws_iam_role_policy_attachment';

/** Resources with a policy: those that are nothing else, and queues that bring theirs. */
const WITH_POLICY = /policy|^aws_sqs_queue$/;

/** What the roles and policies among resources allow, as sentences: one group for each role, and one for each resource's own policy. */
export class PermissionTexts {
  constructor(
    private readonly names: Names,
    private readonly resources: StackResources,
    private readonly statements: StatementText,
  ) {}

  of(items: readonly SynthesizedResource[]): Permissions[] {
    const groups = new Map<string, Permission[]>();
    for (const item of items) {
      for (const [who, permission] of this.told(item)) groups.set(who, [...(groups.get(who) ?? []), permission]);
    }
    return [...groups].map(([who, sentences]) => ({ who, sentences })).sort((a, b) => place(a.who) - place(b.who));
  }

  private told(item: SynthesizedResource): (readonly [who: string, Permission])[] {
    const { type, block } = item;
    if (type === 'aws_iam_role') {
      return [
        ...this.sentences(block.assume_role_policy).map((text) => [`${ROLE_TAKERS}${this.role(item)}`, text] as const),
        ...this.inline(item).map((text) => [this.role(item), text] as const),
      ];
    }
    if (type === INLINE)
      return this.sentences(block.policy).map((text) => [this.roleOf(block.role, item), text] as const);
    if (type === ATTACHMENT) return this.attached(item).map((text) => [this.roleOf(block.role, item), text] as const);
    if (type === 'aws_lambda_permission') return [[`${USERS}${this.targetName(item)}`, this.invocation(item)] as const];
    // A managed policy is told where it is attached.
    if (type === 'aws_iam_policy' || typeof block.policy !== 'string' || !WITH_POLICY.test(type)) return [];
    return this.sentences(block.policy).map((text) => [`${USERS}${this.targetName(item)}`, text] as const);
  }

  private inline({ block }: SynthesizedResource): Permission[] {
    const given = block.inline_policy;
    const policies = given === undefined ? [] : Array.isArray(given) ? given : [given];
    return policies.flatMap((item) => this.sentences((item as { readonly policy?: unknown }).policy));
  }

  private attached({ block }: SynthesizedResource): Permission[] {
    const arn = String(block.policy_arn);
    const managed = reference(arn);
    const policy = managed === undefined ? undefined : this.resources.get(managed.address);
    if (policy?.type === 'aws_iam_policy') return this.sentences(policy.block.policy);
    const name = /policy\/(.+)$/.exec(arn)?.[1] ?? 'that Terraform finds at deployment';
    return [{ text: `May do what the managed policy ${name} allows.`, actions: [] }];
  }

  private invocation({ block }: SynthesizedResource): Permission {
    const arn = block.source_arn;
    const [text = { text: '', actions: [] }] = this.statements.sentences({
      Effect: 'Allow',
      Principal: { Service: block.principal },
      Action: block.action,
      Resource: `\${${functionAddress(block)}.arn}`,
      ...(arn !== undefined && { Condition: { ArnLike: { 'aws:SourceArn': arn } } }),
    });
    return text;
  }

  private targetName(item: SynthesizedResource): string {
    const keys = ['queue_url', 'bucket', 'arn', 'resource_arn', 'function_name', 'repository', 'event_bus_name'];
    const own = this.names.of(item.address);
    if (item.type === 'aws_sqs_queue' && own !== undefined) return own;
    for (const key of keys) {
      const found = reference(String(item.block[key] ?? ''));
      const name = found === undefined ? undefined : this.names.of(found.address);
      if (name !== undefined) return name;
    }
    return `what the ${typeNoun(item.type)} is for`;
  }

  private roleOf(role: unknown, item: SynthesizedResource): string {
    const found = reference(String(role));
    const owner = found === undefined ? undefined : this.resources.get(found.address);
    return this.role(owner ?? item);
  }

  private role({ path, block }: SynthesizedResource): string {
    const known = ROLES.find(([pattern]) => pattern.test(path));
    return known?.[1] ?? `Role ${String(block.name ?? path)}`;
  }

  private sentences(policy: unknown): Permission[] {
    const statements = statementsOf(policy);
    if (statements !== undefined) return statements.flatMap((statement) => this.statements.sentences(statement));
    return [{ text: 'May do what a policy allows that only Terraform knows.', actions: [] }];
  }
}

/** First what the roles may do, the container's first, then who may use a resource, then who may take a role. */
function place(who: string): number {
  if (who.startsWith(ROLE_TAKERS)) return ROLES.length + 2;
  if (who.startsWith(USERS)) return ROLES.length + 1;
  const index = ROLES.findIndex(([, known]) => known === who);
  return index < 0 ? ROLES.length : index;
}

/** The statements of a policy document. Undefined if it is an expression, or no policy. */
export function statementsOf(policy: unknown): PolicyStatement[] | undefined {
  const document = templateDocument(policy);
  if (typeof document !== 'object' || document === null) return undefined;
  const { Statement = [] } = document as { readonly Statement?: PolicyStatement | PolicyStatement[] };
  return [Statement].flat();
}

function functionAddress({ function_name }: SynthesizedResource['block']): string {
  return reference(String(function_name))?.address ?? '';
}
