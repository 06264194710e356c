import { createHash } from 'node:crypto';
import { VirtualMachineRunCommand } from '@cdktf/provider-azurerm/lib/virtual-machine-run-command';
import {
  Fn,
  type ITerraformDependable,
  type TerraformProvider,
  type TerraformResourceLifecycle,
  Token,
  Tokenization,
} from 'cdktf';
import { Construct } from 'constructs';
import { longLiteralText, resolvedByToken } from '../synthesis/literal-text';
import { lifecycleOfTags } from './tags';
import { planErrors, withoutNumberTokens } from './rendering/plan-rules';
import { type ProxyPlan } from './rendering/proxy-plan';
import { fenceVariable, renderConvergeScript, wishVariable } from './rendering/render';

interface ConvergenceProps {
  readonly plan: ProxyPlan;
  /** What is wished for each instance, in words of the script, by the instance's name. */
  readonly wishes: ReadonlyMap<string, string>;
  /** Whether an instance is fenced, in words of the script, by the name of each that may be. */
  readonly fences: ReadonlyMap<string, string>;
  /** What the plan must refuse. */
  readonly preconditions: TerraformResourceLifecycle['precondition'];
  readonly virtualMachineId: string;
  readonly location: string;
  readonly tags?: { readonly [key: string]: string };
  readonly followTags: boolean;
  readonly provider?: TerraformProvider;
  /** What must stand before the VM can be reached by its own traffic. */
  readonly after: ITerraformDependable[];
}

/**
 * The one resource that an outage changes: a managed run command that makes the VM what the plan says.
 *
 * What is wished stands in parameters of its own, which reach the script as variables of its environment: a plan shows
 * the word that changes and not the script, which does not. The name holds a hash of both, so that every change replaces
 * the command. An update in place would not do: Azure keeps no failure flag for it, and a failed one leaves an empty plan
 * behind. Replaced, a failed run is a failed create: the next plan shows it as tainted and every apply repeats it until it
 * succeeds.
 */
export class Convergence extends Construct {
  /** What the script printed last, in one line: what it changed, and the proxy's state as JSON. */
  public readonly report: string;
  /** The command itself. */
  public readonly command: VirtualMachineRunCommand;

  constructor(scope: Construct, id: string, props: ConvergenceProps) {
    super(scope, id);
    // A plan that cannot be rendered is told at synth, with all else that is wrong; nothing is deployed then.
    const script = planErrors(props.plan).length > 0 ? '' : renderConvergeScript(props.plan);
    const parameter = [
      ...[...props.wishes].map(([instance, value]) => ({ name: wishVariable(instance), value })),
      ...[...props.fences].map(([instance, value]) => ({ name: fenceVariable(instance), value })),
    ];
    this.command = new VirtualMachineRunCommand(this, 'Resource', {
      name: `confluent-dr-proxy-${fingerprint(script, props)}`,
      location: props.location,
      virtualMachineId: props.virtualMachineId,
      source: { script: resolvedByToken(longLiteralText(script)) },
      parameter,
      timeouts: { create: '30m' },
      tags: props.tags,
      lifecycle: this.lifecycleOf(props),
      provider: props.provider,
      dependsOn: props.after,
    });
    // In one line, for the plan of an outage shows it, and is to fit one screen.
    const report = Fn.trimspace(Fn.replace(this.command.instanceView.get(0).output, '\n', ' '));
    this.report = Token.asString(Fn.try([report, '']));
  }

  private lifecycleOf({ followTags, preconditions = [] }: ConvergenceProps): TerraformResourceLifecycle | undefined {
    return preconditions.length === 0
      ? lifecycleOfTags(followTags)
      : { ...lifecycleOfTags(followTags), precondition: preconditions };
  }
}

/** Twelve hexadecimal digits that change with the script, with what Terraform will put into it, and with the wishes. */
function fingerprint(script: string, { plan, wishes, fences }: ConvergenceProps): string {
  const settings: unknown[] = Object.values(plan.capacity ?? {});
  const texts: unknown[] = Tokenization.reverseString(script).tokens;
  const wished = [...wishes.values(), ...fences.values()];
  const unknown = [...texts, ...settings, ...wished]
    .filter((value) => Token.isUnresolved(value))
    .map((value) => Token.asString(value));
  // cdktf numbers its tokens anew in each run.
  const known = withoutNumberTokens(JSON.stringify([script, ...wished])).replace(/\$\{TfToken\[[^\]]*\]\}/g, '?');
  const hash = createHash('sha256').update(known).digest('hex');
  return unknown.length === 0 ? hash.slice(0, 12) : Fn.substr(Fn.sha256(Fn.jsonencode([hash, ...unknown])), 0, 12);
}
