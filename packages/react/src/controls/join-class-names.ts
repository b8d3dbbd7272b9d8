/** The kit's own class, and the page's behind it. */
export function joinClassNames(own: string, given: string | undefined): string {
  return given === undefined ? own : `${own} ${given}`;
}
