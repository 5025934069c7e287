import { describeProjects } from './corpus';

describeProjects('python');
