/** What a license server does for one key system. It gets requests whose address was already understood. */
export interface LicenseSystem {
  /** The last part of its address, `/license/<name>`. */
  readonly name: string;
  /** Answers a license request, or throws the problem to answer with. */
  issue(request: Request): Promise<Response>;
}
