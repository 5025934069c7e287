import { openRunFolder } from './temporary-folder';

/** Before the workers start, which inherit the environment. */
export default function setUp(): void {
  openRunFolder();
}
