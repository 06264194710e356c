/** An API key and its secret: Terraform expressions as a rule, so that no secret stands in the synthesized files. */
export interface ApiCredentials {
  readonly key: string;
  readonly secret: string;
}
