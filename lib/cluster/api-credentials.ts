/** An API key and its secret: Terraform expressions as a rule, so that no secret stands in the synthesized files. */
export interface ApiCredentials {
  /** The key's id, as clients give it for a user name. */
  readonly key: string;
  /** Its secret. */
  readonly secret: string;
}
