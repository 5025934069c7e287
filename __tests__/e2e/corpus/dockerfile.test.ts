import { describeProjects } from './corpus';

describeProjects('dockerfile', 'pack');
