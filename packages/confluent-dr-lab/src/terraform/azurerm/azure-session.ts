import { type Azure } from '../../azure/azure';
import { type Pace } from '../pace';

/** What a configured provider works with. */
export interface AzureSession {
  readonly azure: Azure;
  readonly subscription: string;
  readonly pace: Pace;
}
