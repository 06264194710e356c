export {
  commandFor,
  type CommandPlace,
  inCloudOf,
  isLab,
  isProxyInLab,
  terraformFor,
  type Workplace,
} from './command-for';
export { type DeployedCloud, type DeployedMember, type DeployedRegistry, type Deployment } from './deployment';
export { type DeploymentSources, readSources } from './read-sources';
export { type KnownValues, type Origin, type OriginatedValue, type SettingValues } from './originated-value';
export { checkedValues, describedValues, listOf, resolveDeployment, type ValueOf } from './resolve';
export { isSecret, SETTING_NAMES, type SettingName, variableOf } from './settings';
export { UnusableDeployment } from './unusable';
export { bootstrapHost } from './value-rules';
