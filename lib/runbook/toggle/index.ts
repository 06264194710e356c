export { type Proof, type ProofFinding, proofOf } from './proof';
export { prove, type Proving } from './prove';
export { runToggle, type ToggleRun } from './run-toggle';
export { TerraformWords } from './terraform-words';
export {
  commandLine,
  type Toggle,
  TOGGLE_TOOLS,
  type ToggleCommand,
  toggleCommand,
  type ToggleTool,
  toolOfFolder,
} from './toggle-command';
