import { errorMessage } from '../../../modules/problems/error-message';
import { UsageError } from '../../command/usage-error';
import type { AwsState } from '../../model/console';
import { isBadCredentials } from '../../operate/aws/fault';
import { Deployment, type DeploymentOptions } from '../../operate/deployment';
import { type LoadedStack, WrongEnvironment } from './wrong-environment';

/** Tries of a request. A page shows a problem instead of waiting, and asks again later. */
const MAX_ATTEMPTS = 3;

/** The account and region that a person has confirmed. */
export interface Confirmed {
  readonly account: string;
  readonly region: string;
}

/** The connection to the account and region that the stack is in. Opened when it is first needed. */
export class AwsConnection {
  private opening?: Promise<Deployment>;
  private current?: Deployment;
  private problem?: string;

  /**
   * @param loaded the last valid config
   * @param tell is called when the state changes
   */
  constructor(
    private readonly place: DeploymentOptions,
    private readonly loaded: () => LoadedStack | undefined,
    private readonly tell: () => void,
  ) {}

  get state(): AwsState {
    const region = this.current?.region ?? this.place.region ?? this.loaded()?.config.region;
    if (this.problem !== undefined) return { kind: 'problem', message: this.problem, region };
    if (this.current === undefined) return { kind: 'opening', region };
    return { kind: 'on', account: this.current.account, region: this.current.region };
  }

  /**
   * The deployment of the last valid config.
   *
   * @throws UsageError, CommandFailure what keeps the console from it. The state has the same text until {@link retry}
   */
  deployment(): Promise<Deployment> {
    if (this.current !== undefined) return Promise.resolve(this.current);
    this.opening ??= this.open().finally(() => {
      this.opening = undefined;
    });
    return this.opening;
  }

  /** Forgets a problem, and finds the credentials again. */
  async retry(): Promise<AwsState> {
    this.problem = undefined;
    this.drop();
    this.tell();
    await this.deployment().catch(() => {});
    return this.state;
  }

  /**
   * The deployment to change something in. The credentials are found again, since they can be those of another account by now.
   *
   * @throws WrongPlace if the account or the region is not the one that a person has confirmed
   */
  async confirmed({ account, region }: Confirmed): Promise<Deployment> {
    const fresh = await this.fresh();
    const isShown = fresh.account === this.current?.account && fresh.region === this.current.region;
    if (isShown) fresh.clients.close();
    else this.use(fresh);
    const deployment = isShown ? (this.current as Deployment) : fresh;
    if (deployment.account === account && deployment.region === region) return deployment;
    throw new WrongEnvironment(
      `Nothing was changed: you confirmed account ${account} in ${region}, and the console is now connected to account ` +
        `${deployment.account} in ${deployment.region}. Look at the page again.`,
    );
  }

  /** Looks for the stack of the new config, in the same account. */
  configChanged(): void {
    const [loaded, { current }] = [this.loaded(), this];
    if (loaded === undefined) return;
    const region = this.place.region ?? loaded.config.region;
    if (current === undefined || region !== current.region) {
      void this.retry();
      return;
    }
    const { account, clients } = current;
    this.current = new Deployment(loaded.file, loaded.config, current.region, account, clients);
  }

  /** Notices by the error of a request that the credentials no longer work. */
  noticed(error: unknown): void {
    if (!isBadCredentials(error)) return;
    this.drop();
    this.problem = errorMessage(error);
    this.tell();
  }

  close(): void {
    this.drop();
  }

  private async open(): Promise<Deployment> {
    try {
      const deployment = await this.fresh();
      this.use(deployment);
      return deployment;
    } catch (error) {
      this.problem = errorMessage(error);
      this.tell();
      throw error;
    }
  }

  private use(deployment: Deployment): void {
    this.drop();
    this.problem = undefined;
    this.current = deployment;
    this.tell();
  }

  private drop(): void {
    this.current?.clients.close();
    this.current = undefined;
  }

  private async fresh(): Promise<Deployment> {
    const loaded = this.loaded();
    if (loaded === undefined) {
      throw new UsageError('The config has problems. Correct them to see what is deployed.');
    }
    return Deployment.of(loaded, { ...this.place, maxAttempts: MAX_ATTEMPTS });
  }
}
