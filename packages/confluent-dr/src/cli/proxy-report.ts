import { outputsOfFolder } from '../deployment/folder-outputs';
import { UnusableDeployment } from '../deployment/unusable';
import { type DeploymentOptions } from './options';

/** What the proxy said when it converged last, by the output of a deployment's folder; empty where that has none. */
export async function proxyReport({ from = '.', stack }: DeploymentOptions, signal: AbortSignal): Promise<string> {
  try {
    const { text } = await outputsOfFolder(from, { env: process.env, stack, signal });
    const outputs = JSON.parse(text) as Record<string, { readonly value?: unknown } | undefined>;
    const value = outputs.proxy_report?.value;
    return typeof value === 'string' ? value : '';
  } catch (error) {
    if (error instanceof UnusableDeployment) {
      return '';
    }
    throw error;
  }
}
