export { type Expectation, type PlannedOperation } from './decision';
export { isReached } from './expectation';
export {
  type AclStep,
  type Confirmation,
  type Loss,
  type OperationStep,
  type Plan,
  type RecordsLost,
  type Step,
  type StepTopic,
  type TopicNote,
  type WaitStep,
  type Warning,
} from './plan';
export { plan } from './planner';
export { type Refusal, REFUSAL_CODES, type RefusalCode, type TopicRefusal } from './refusal';
export { type TerraformOutlook, terraformOutlook, type TerraformRemark } from './terraform-outlook';
export { type Direction, type Permissions, type Procedure, targetOf, type Wish } from './wish';
