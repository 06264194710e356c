import { AzureError } from '../../azure/azure-error';
import { ProviderError } from '../protocol/diagnostics';

const REASONS: Readonly<Record<number, string>> = { 400: 'Bad Request', 404: 'Not Found', 409: 'Conflict' };

/** What the provider makes of Azure's refusal; other errors stay as they are. */
export function refusal(step: string, error: unknown): unknown {
  if (!(error instanceof AzureError)) {
    return error;
  }
  const { status, code, message } = error;
  return new ProviderError(
    `${step}: unexpected status ${status} (${status} ${REASONS[status] ?? 'Unknown'}) with error: ${code}: ${message}`,
  );
}

export function alreadyExists(type: string, id: string): ProviderError {
  return new ProviderError(
    `A resource with the ID "${id}" already exists - to be managed via Terraform this resource needs to be imported ` +
      `into the State. Please see the resource documentation for "${type}" for more information.`,
  );
}
