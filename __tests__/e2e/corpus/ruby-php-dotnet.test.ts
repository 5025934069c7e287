import { describeProjects } from './corpus';

describeProjects('ruby', 'php', 'dotnet');
