export { type Expectation, type PlannedOperation } from './decision';
export { isReached } from './expectation';
export {
  type AclStep,
  type Confirmation,
  type Hindrance,
  type Loss,
  type Note,
  type OperationStep,
  type Plan,
  type Proposal,
  type RecordsLost,
  type Step,
  type StepTopic,
  type TopicNote,
  type UnderWay,
  type WaitStep,
  type Warning,
} from './plan';
export { plan } from './planner';
export { type Refusal, type RefusalCode, type TopicRefusal } from './refusal';
export {
  TERRAFORM_CODES,
  type TerraformCode,
  type TerraformOutlook,
  terraformOutlook,
  type TerraformRemark,
} from './terraform-outlook';
export {
  type Consent,
  type Direction,
  type FailoverRequest,
  type MissingAcl,
  type Permissions,
  type Procedure,
  targetOf,
} from './failover-request';
