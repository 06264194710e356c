/** Where Azure's public cloud is. Source: Azure's list of regions in its guide to reliability, and `az account list-locations`. */
export const LOCATIONS: ReadonlySet<string> = new Set(
  `australiacentral australiacentral2 australiaeast australiasoutheast austriaeast belgiumcentral brazilsouth
  brazilsoutheast canadacentral canadaeast centralindia centralus chilecentral denmarkeast eastasia eastus eastus2
  francecentral francesouth germanynorth germanywestcentral indiasouthcentral indonesiacentral israelcentral italynorth
  japaneast japanwest jioindiacentral jioindiawest koreacentral koreasouth malaysiawest mexicocentral newzealandnorth
  northcentralus northeurope norwayeast norwaywest polandcentral qatarcentral southafricanorth southafricawest
  southcentralus southeastasia southindia spaincentral swedencentral swedensouth switzerlandnorth switzerlandwest
  uaecentral uaenorth uksouth ukwest westcentralus westeurope westindia westus westus2 westus3`.split(/\s+/),
);
