import { InstallModule } from '../install/install.module.js';
import { PeopleModule } from '../people/people.module.js';

export const features = [InstallModule, PeopleModule];
