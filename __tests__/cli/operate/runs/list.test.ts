import { Deployment } from '../../../../cli/operate/deployment';
import { list } from '../../../../cli/operate/runs/list';
import { deployed } from '../info/deployment';

it('a stack without jobs has no runs to list, and none to start', async () => {
  jest.spyOn(Deployment, 'open').mockResolvedValue(deployed({ resources: {} }));
  await expect(list(undefined, { status: [], limit: '20', json: false })).rejects.toThrow(
    'Stack shop has no batch job.',
  );
});
