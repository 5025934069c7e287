import type { Route } from './route';

/** Finds routes. Some are loaded only when a request is for none of the others. */
export class RouteTable {
  private readonly routes = new Map<string, Route>();
  private isWhole = false;

  constructor(
    first: readonly Route[],
    private readonly later: () => readonly Route[] = () => [],
  ) {
    this.add(first);
  }

  find(method: string, path: string): Route | undefined {
    const name = `${method} ${path}`;
    if (!this.routes.has(name) && !this.isWhole) {
      this.isWhole = true;
      this.add(this.later());
    }
    return this.routes.get(name);
  }

  private add(routes: readonly Route[]): void {
    for (const route of routes) this.routes.set(`${route.method} ${route.path}`, route);
  }
}
