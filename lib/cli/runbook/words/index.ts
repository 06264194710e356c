export { missingAclInWords, missingAclsInWords } from './acls';
export { type Advice, grouped, topicsInWords, type TopicsAdvice } from './advice';
export { CONSENT, optionOf, optionsFor, YES_COVERS } from './consent';
export { obstacleInWords } from './obstacles';
export { ASKED, questionInWords } from './questions';
export { REFUSAL_CODES, refusalInWords, refusalsInWords } from './refusals';
export { hindranceInWords, noteInWords, proposalInWords, stepInWords, underWayInWords, warningInWords } from './steps';
