import { closeRunFolder } from './temporary-folder';

export default function tearDown(): void {
  closeRunFolder();
}
