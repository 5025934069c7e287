import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { useConsole } from '../shell/console-state';

/** The only `h1` of a screen, what explains it, and what can be done. The tab's title holds `title`. */
export function PageHead(props: {
  /** Also the title of the tab, unless `tabTitle` says another. */
  readonly title: string;
  readonly tabTitle?: string;
  /** Before the title. */
  readonly icon?: ComponentChildren;
  readonly why?: ComponentChildren;
  readonly actions?: ComponentChildren;
  readonly crumbs?: ComponentChildren;
}) {
  const stackName = useConsole()?.stackName;
  const tab = props.tabTitle ?? props.title;
  useEffect(() => {
    document.title = !stackName || stackName === tab ? tab : `${tab}, ${stackName}`;
  }, [tab, stackName]);
  return (
    <>
      {props.crumbs && (
        <nav class="crumb" aria-label="Path">
          {props.crumbs}
        </nav>
      )}
      <div class="head">
        <div>
          <h1>
            {props.icon}
            {props.title}
          </h1>
          {props.why && <p class="why">{props.why}</p>}
        </div>
        {props.actions && <div class="acts">{props.actions}</div>}
      </div>
    </>
  );
}
