import { type Deployment } from '../../src/deployment/deployment';

type Place = Pick<Deployment, 'members' | 'workplace'>;

const member = { restEndpoint: 'https://pkc-1.example:443' } as Deployment['members']['primary'];

/** A deployment on Confluent Cloud, for which commands are printed. */
export const PLACE: Place = { members: { primary: member, secondary: member } };
