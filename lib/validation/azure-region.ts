import { Fn, type IResolvable, type TerraformResourceLifecycle, Token } from 'cdktf';
import { type IConstruct } from 'constructs';
import { literalList } from '../synthesis/literal-text';
import { didYouMean } from './nearest-name';
import { describeProblem, isUnresolved, type Problems } from './problems';
import { variableName } from './variable-name';

/**
 * Azure's public regions, as `az account list-locations` names them. Source: Azure's list of regions in its guide to
 * reliability, "Programmatic name", with those that only the command names (Jio India, South Sweden, West India).
 */
const REGIONS = `australiacentral australiacentral2 australiaeast australiasoutheast austriaeast belgiumcentral
  brazilsouth brazilsoutheast canadacentral canadaeast centralindia centralus chilecentral denmarkeast eastasia eastus
  eastus2 francecentral francesouth germanynorth germanywestcentral indiasouthcentral indonesiacentral israelcentral
  italynorth japaneast japanwest jioindiacentral jioindiawest koreacentral koreasouth malaysiawest mexicocentral newzealandnorth
  northcentralus northeurope norwayeast norwaywest polandcentral qatarcentral southafricanorth southafricawest
  southcentralus southeastasia southindia spaincentral swedencentral swedensouth switzerlandnorth switzerlandwest
  uaecentral uaenorth uksouth ukwest westcentralus westeurope westindia westus westus2 westus3`.split(/\s+/);

/** The context value that names regions which Azure has and this table lacks: a list of texts. */
export const MORE_REGIONS = 'confluent_dr_more_regions';

const ALLOWED = 'a region of Azure such as westeurope';
const ADVICE =
  'Copy the name from `az account list-locations`. One that is newer than this release is let through where the list ' +
  `${MORE_REGIONS} in the context names it.`;

/** Confluent's spelling of a region: `West Europe` is `westeurope` there, while azurerm takes both. */
export function regionName(region: string): string {
  if (typeof region !== 'string') {
    return region; // told at synth
  }
  return Token.isUnresolved(region) ? Fn.lower(Fn.replace(region, ' ', '')) : plain(region);
}

/** Says where a region is none. */
export function checkRegion(problems: Problems, scope: IConstruct, property: string, region: unknown): void {
  const more: unknown = scope.node.tryGetContext(MORE_REGIONS);
  problems.require(more === undefined || (Array.isArray(more) && more.every((name) => typeof name === 'string')), {
    property: `context ${MORE_REGIONS}`,
    received: more,
    allowed: 'a list of texts',
    advice: `Write it as in CDKTF_CONTEXT_JSON='{"${MORE_REGIONS}":["westeurope2"]}', or leave it out.`,
  });
  const regions = regionsFor(scope);
  if (typeof region === 'string' && (isUnresolved(region) || regions.includes(plain(region)))) {
    return;
  }
  problems.require(false, {
    property,
    received: Array.isArray(region) ? 'a list' : region,
    allowed: ALLOWED,
    advice: didYouMean(region, regions) + ADVICE,
  });
}

/** What the plan must refuse of a region that only Terraform knows. */
export function regionPrecondition(
  scope: IConstruct,
  property: string,
  region: string,
): TerraformResourceLifecycle['precondition'] {
  if (!isUnresolved(region)) {
    return undefined;
  }
  return [
    {
      condition: Fn.contains(literalList(regionsFor(scope)), regionName(region)) as IResolvable,
      errorMessage: describeProblem({
        property: variableName(scope, region, property),
        received: region,
        allowed: ALLOWED,
        advice: ADVICE,
      }),
    },
  ];
}

/** The `validation` block of a Terraform variable that is a region. */
export function regionRule(scope: IConstruct, variable: string, { orEmpty = false } = {}) {
  const known = `contains(${JSON.stringify(regionsFor(scope))}, lower(replace(var.${variable}, " ", "")))`;
  return {
    condition: `\${${known}${orEmpty ? ` || var.${variable} == ""` : ''}}`,
    errorMessage: describeProblem({
      property: variable,
      received: `\${var.${variable}}`,
      allowed: ALLOWED,
      advice: ADVICE,
    }),
  };
}

function regionsFor(scope: IConstruct): string[] {
  const more: unknown = scope.node.tryGetContext(MORE_REGIONS);
  return [...REGIONS, ...(Array.isArray(more) ? more.filter((name) => typeof name === 'string').map(plain) : [])];
}

function plain(region: string): string {
  return region.replace(/ /g, '').toLowerCase();
}
